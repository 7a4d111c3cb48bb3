// Markdown as GitHub and GitLab mean it. What is read goes through cmark-gfm.
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "bridge/codec/fit.h"
#include "bridge/codec/markup/dialects.h"
#include "bridge/codec/markup/document_builder.h"
#include "bridge/codec/markup/html_events.h"
#include "bridge/codec/markup/words.h"

namespace saksbro::codec {
namespace {

using Node = std::unique_ptr<cmark_node, void (*)(cmark_node*)>;
using Walk = std::unique_ptr<cmark_iter, void (*)(cmark_iter*)>;

constexpr std::array kExtensions{"table", "strikethrough", "autolink", "tasklist"};

Node parsed(std::string_view text) {
  static const bool registered = [] {
    cmark_gfm_core_extensions_ensure_registered();
    return true;
  }();
  static_cast<void>(registered);
  const std::unique_ptr<cmark_parser, void (*)(cmark_parser*)> parser(
      cmark_parser_new(CMARK_OPT_DEFAULT), cmark_parser_free);
  for (const char* name : kExtensions)
    cmark_parser_attach_syntax_extension(parser.get(), cmark_find_syntax_extension(name));
  cmark_parser_feed(parser.get(), text.data(), text.size());
  return {cmark_parser_finish(parser.get()), cmark_node_free};
}

std::string_view literal_of(cmark_node* node) {
  const char* text = cmark_node_get_literal(node);
  return text == nullptr ? std::string_view{} : text;
}

std::string target_of(cmark_node* node) {
  const char* url = cmark_node_get_url(node);
  return url == nullptr ? "" : url;
}

class MarkdownReader {
 public:
  Document read(std::string_view text) {
    const Node root = parsed(text);
    const Walk walk(cmark_iter_new(root.get()), cmark_iter_free);
    for (auto event = cmark_iter_next(walk.get()); event != CMARK_EVENT_DONE;
         event = cmark_iter_next(walk.get())) {
      cmark_node* node = cmark_iter_get_node(walk.get());
      if (event == CMARK_EVENT_ENTER)
        enter(node);
      else
        leave(node);
    }
    return std::move(builder_).take();
  }

 private:
  void enter(cmark_node* node) {
    const std::string_view type = cmark_node_get_type_string(node);
    if (type == "softbreak" || type == "linebreak")
      return builder_.add(Inline{InlineKind::line_break, {}, {}, {}});
    if (type == "code" && image_ == nullptr)
      return builder_.add(Inline{InlineKind::code, without_joiners(literal_of(node)), {}, {}});
    if (type == "text" || type == "code") return words(literal_of(node));
    if (type == "html_inline") return inline_html(literal_of(node));
    if (type == "html_block") return html_block(literal_of(node));
    if (type == "code_block") return code_block(node);
    if (type == "thematic_break") return builder_.add(Block{Shape::rule, 0, false, {}, {}, {}, {}});
    if (begin_phrase(node, type)) return;
    begin_block(node, type);
  }

  // What an image shows is words only.
  bool begin_phrase(cmark_node* node, std::string_view type) {
    if (image_ != nullptr) return true;
    if (type == "emph")
      builder_.phrase(Inline{InlineKind::emphasis, {}, {}, {}});
    else if (type == "strong")
      builder_.phrase(Inline{InlineKind::strong, {}, {}, {}});
    else if (type == "strikethrough")
      builder_.phrase(Inline{InlineKind::struck, {}, {}, {}});
    else if (type == "link")
      builder_.phrase(Inline{InlineKind::link, {}, target_of(node), {}});
    else if (type == "image")
      image_ = node, shown_.clear();
    else
      return false;
    return true;
  }

  void begin_block(cmark_node* node, std::string_view type) {
    Block block;
    if (type == "heading") {
      block.shape = Shape::heading;
      block.level = cmark_node_get_heading_level(node);
    } else if (type == "list") {
      block.shape = Shape::list;
      block.marked = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
      block.level = cmark_node_get_list_start(node);
    } else if (type == "table_row" || type == "table_header") {
      block.shape = Shape::row;
      block.marked = cmark_gfm_extensions_get_table_row_is_header(node) != 0;
    } else {
      block.shape = shape_of(type);
    }
    if (type == "document") return;
    builder_.begin(std::move(block));
    if (type == "tasklist")
      owed_ = cmark_gfm_extensions_get_tasklist_item_checked(node) ? "[x] " : "[ ] ";
  }

  static Shape shape_of(std::string_view type) {
    if (type == "block_quote") return Shape::quote;
    if (type == "item" || type == "tasklist") return Shape::item;
    if (type == "table") return Shape::table;
    if (type == "table_cell") return Shape::cell;
    return Shape::paragraph;
  }

  void leave(cmark_node* node) {
    const std::string_view type = cmark_node_get_type_string(node);
    if (type == "document") return;
    if (node == image_) return end_image();
    if (image_ != nullptr) return;
    const bool phrase =
        type == "emph" || type == "strong" || type == "strikethrough" || type == "link";
    if (phrase)
      builder_.end_phrase();
    else
      builder_.end();
  }

  void end_image() {
    builder_.add(Inline{InlineKind::image, shown_, target_of(image_), {}});
    image_ = nullptr;
  }

  void words(std::string_view text) {
    if (image_ != nullptr) {
      shown_ += without_joiners(text);
      return;
    }
    builder_.text(std::exchange(owed_, {}));
    builder_.text(without_joiners(text));
  }

  // Tags say how a text is shown; "<navn>" is none, and somebody's word.
  void inline_html(std::string_view tag) {
    if (tag.starts_with("<br"))
      builder_.add(Inline{InlineKind::line_break, {}, {}, {}});
    else if (is_strange_tag(tag))
      words(tag);
  }

  void html_block(std::string_view html) {
    for (Block& block : document_from_html(html)) builder_.add(std::move(block));
  }

  void code_block(cmark_node* node) {
    const char* fence_words = cmark_node_get_fence_info(node);
    const std::string_view told = fence_words == nullptr ? "" : fence_words;
    Block block{Shape::code, 0, false, {}, {}, {}, {}};
    block.text = without_joiners(literal_of(node));
    block.language = told.substr(0, told.find_first_of(" {"));
    builder_.add(std::move(block));
  }

  DocumentBuilder builder_;
  cmark_node* image_ = nullptr;
  std::string shown_;
  std::string owed_;  // stands before the next word
};

// For each '[', '<' and '@' of a paragraph cmark 0.29.0.gfm.6 may look through the rest of it, for
// each cell through the row, and for each line between a table's head and its rows through what is
// above: a text of nothing else would take the square of its length.
constexpr std::ptrdiff_t kSignsMost = 1'000;  // of one kind in a paragraph
constexpr std::ptrdiff_t kCellsMost = 500;
constexpr int kHeadLinesMost = 100;

bool takes_too_long(std::string_view text) {
  std::ptrdiff_t brackets = 0;
  std::ptrdiff_t tags = 0;
  std::ptrdiff_t mails = 0;
  int heads = 0;
  for (const std::string_view line : lines_of(text)) {
    if (line.find_first_not_of(" \t>") == line.npos) brackets = tags = mails = heads = 0;
    brackets += std::count(line.begin(), line.end(), '[');
    tags += std::count(line.begin(), line.end(), '<');
    mails += std::count(line.begin(), line.end(), '@');
    if (line.find_first_not_of(" \t>|:-") == line.npos) ++heads;
    const bool cells = std::count(line.begin(), line.end(), '|') > kCellsMost;
    const bool signs = brackets > kSignsMost || tags > kSignsMost || mails > kSignsMost;
    if (cells || signs || heads > kHeadLinesMost) return true;
  }
  return false;
}

}  // namespace

Document document_from_markdown(std::string_view text) {
  const std::string clean = with_unix_ends(clean_text(text));
  return takes_too_long(clean) ? document_from_plain(clean) : MarkdownReader().read(clean);
}

}  // namespace saksbro::codec
