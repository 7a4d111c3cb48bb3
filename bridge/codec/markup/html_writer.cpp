// HTML for a body: of a mail, of a ticket in RT.
#include "bridge/codec/markup/dialects.h"
#include "bridge/codec/markup/html.h"
#include "bridge/codec/markup/sayable.h"
#include "bridge/codec/markup/words.h"

namespace saksbro::codec {
namespace {

std::string element(std::string_view name, const std::string& content) {
  std::string out = "<";
  return out.append(name).append(">").append(content).append("</").append(name).append(">");
}

class HtmlWords {
 public:
  std::string written(const Words& words) && {
    all(words);
    return std::move(out_);
  }

 private:
  void all(const Words& words) {
    for (const Inline& one : words) add(one);
  }

  void add(const Inline& one) {
    switch (one.kind) {
      case InlineKind::text:
        return text(one.text);
      case InlineKind::emphasis:
        return phrase("em", one);
      case InlineKind::strong:
        return phrase("strong", one);
      case InlineKind::struck:
        return phrase("del", one);
      case InlineKind::code:
        line_start_ = false;
        out_ += element("code", escape_html(one.text));
        return;
      case InlineKind::link:
        return link(one);
      case InlineKind::image:
        return image(one);
      case InlineKind::line_break:
        out_ += "<br>";
        line_start_ = true;
        return;
      case InlineKind::mention:  // sayable() has left none
        break;
    }
  }

  void text(std::string_view text) {
    if (line_start_) out_ += quiet(text);
    line_start_ = line_start_ && text.empty();
    out_ += escape_html(text);
  }

  void phrase(std::string_view name, const Inline& one) {
    out_.append("<").append(name).append(">");
    all(one.parts);
    out_.append("</").append(name).append(">");
  }

  void link(const Inline& one) {
    out_ += "<a href=\"" + escape_html(one.target) + "\">";
    all(one.parts);
    out_ += "</a>";
  }

  void image(const Inline& one) {
    line_start_ = false;
    out_ += "<img src=\"" + escape_html(one.target) + "\" alt=\"" + escape_html(one.text) + "\">";
  }

  std::string out_;
  bool line_start_ = true;
};

std::string html_words(const Words& words) { return HtmlWords().written(words); }

std::string html_blocks(const std::vector<Block>& blocks);

std::string html_item(const Block& item) {
  std::string out = "<li>";
  for (const Block& block : item.blocks) {
    const bool bare = &block == &item.blocks.front() && block.shape == Shape::paragraph;
    out += bare ? html_words(block.words) : html_blocks({block});
  }
  return out + "</li>\n";
}

std::string html_list(const Block& list) {
  const bool plain_start = !list.marked || list.level == 1;
  std::string out = list.marked ? "<ol" : "<ul";
  if (!plain_start) out += " start=\"" + std::to_string(list.level) + "\"";
  out += ">\n";
  for (const Block& item : list.blocks) out += html_item(item);
  return out + (list.marked ? "</ol>\n" : "</ul>\n");
}

std::string html_table(const Block& table) {
  std::string out = "<table border=\"1\">\n";
  for (const Block& row : table.blocks) {
    out += "<tr>";
    for (const Block& cell : row.blocks)
      out += element(row.marked ? "th" : "td", html_words(cell.words));
    out += "</tr>\n";
  }
  return out + "</table>\n";
}

std::string html_code(const Block& block) {
  const std::string language =
      block.language.empty() ? "" : " class=\"language-" + escape_html(block.language) + "\"";
  return "<pre><code" + language + ">" + escape_html(block.text) + "\n</code></pre>\n";
}

std::string html_block(const Block& block) {
  switch (block.shape) {
    case Shape::heading:
      return element("h" + std::to_string(block.level), html_words(block.words)) + "\n";
    case Shape::list:
      return html_list(block);
    case Shape::quote:
      return "<blockquote>\n" + html_blocks(block.blocks) + "</blockquote>\n";
    case Shape::code:
      return html_code(block);
    case Shape::table:
      return html_table(block);
    case Shape::rule:
      return "<hr>\n";
    default:
      return element("p", html_words(block.words)) + "\n";
  }
}

std::string html_blocks(const std::vector<Block>& blocks) {
  std::string out;
  for (const Block& block : blocks) out += html_block(block);
  return out;
}

}  // namespace

std::string html_of(const Document& document) {
  // What comes with the same mail.
  const auto comes_along = [](std::string_view target) { return target.starts_with("cid:"); };
  return html_blocks(sayable(document, comes_along));
}

}  // namespace saksbro::codec
