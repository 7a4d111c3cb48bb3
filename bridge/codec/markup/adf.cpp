// Atlassian Document Format, version 1.
#include <array>
#include <optional>
#include <utility>

#include "bridge/codec/markup/dialects.h"
#include "bridge/codec/markup/document_builder.h"
#include "bridge/codec/markup/words.h"
#include "bridge/codec/rfc3339.h"

namespace saksbro::codec {
namespace {

constexpr std::size_t kNodesDeepMost = 60;

class AdfReader {
 public:
  Document read(const Json& adf) {
    node(adf, 0);
    return std::move(builder_).take();
  }

 private:
  void all(const Json& node, std::size_t depth) {
    const Json& content = at_path(node, "content");
    if (!content.is_array() || depth > kNodesDeepMost) return;
    for (const Json& inner : content) this->node(inner, depth + 1);
  }

  void node(const Json& node, std::size_t depth) {
    const std::string type = text_or(node, "type", "");
    if (type == "text") return text(node);
    if (type == "hardBreak") return builder_.add(Inline{InlineKind::line_break, {}, {}, {}});
    keep({});
    if (type == "rule") return builder_.add(Block{Shape::rule, 0, false, {}, {}, {}, {}});
    if (type == "codeBlock") return code(node);
    if (type == "media" || type == "mediaInline") return media(node);
    if (type == "inlineCard" || type == "blockCard" || type == "embedCard") return card(node);
    if (type == "mention") return mention(node);
    if (block(node, type)) {
      all(node, depth);
      keep({});
      builder_.end();
      return;
    }
    other(node, type);
    all(node, depth);
  }

  // Begins it.
  bool block(const Json& node, const std::string& type) {
    static const std::array<std::pair<std::string_view, Shape>, 13> kShapes{
        {{"paragraph", Shape::paragraph},
         {"heading", Shape::heading},
         {"bulletList", Shape::list},
         {"orderedList", Shape::list},
         {"taskList", Shape::list},
         {"decisionList", Shape::list},
         {"listItem", Shape::item},
         {"taskItem", Shape::item},
         {"decisionItem", Shape::item},
         {"blockquote", Shape::quote},
         {"table", Shape::table},
         {"tableRow", Shape::row},
         {"tableCell", Shape::cell}}};
    Block block;
    bool known = type == "tableHeader";
    if (known) block.shape = Shape::cell;
    for (const auto& [name, shape] : kShapes) {
      if (name != type) continue;
      block.shape = shape;
      known = true;
    }
    if (!known) return false;
    if (block.shape == Shape::heading) block.level = number(node, "attrs.level", 1);
    block.marked = type == "orderedList" || (type == "tableRow" && is_head(node));
    if (block.marked && block.shape == Shape::list) block.level = number(node, "attrs.order", 1);
    builder_.begin(std::move(block));
    if (type == "taskItem")
      builder_.text(text_or(node, "attrs.state", "") == "DONE" ? "[x] " : "[ ] ");
    return true;
  }

  static int number(const Json& node, std::string_view path, int otherwise) {
    const auto given = integer_at(node, path);
    return given && *given >= 0 && *given < 1'000'000 ? static_cast<int>(*given) : otherwise;
  }

  static bool is_head(const Json& row) {
    const Json& cells = at_path(row, "content");
    if (!cells.is_array() || cells.empty()) return false;
    for (const Json& cell : cells) {
      if (text_or(cell, "type", "") != "tableHeader") return false;
    }
    return true;
  }

  void text(const Json& node) {
    const std::string said = without_joiners(text_or(node, "text", ""));
    const Json& marks = at_path(node, "marks");
    std::vector<Inline> meant;
    bool code = false;
    if (marks.is_array()) {
      for (const Json& mark : marks) {
        code = code || text_or(mark, "type", "") == "code";
        if (const auto one = phrase(mark)) meant.push_back(*one);
      }
    }
    keep(meant);
    if (code) {
      builder_.add(Inline{InlineKind::code, said, {}, {}});
    } else {
      builder_.text(said);
    }
  }

  // Of the phrases that are open those that go on, and then the others.
  void keep(const std::vector<Inline>& meant) {
    std::size_t same = 0;
    while (same < meant.size() && same < open_.size() && meant[same] == open_[same]) ++same;
    for (; open_.size() > same; open_.pop_back()) builder_.end_phrase();
    for (std::size_t i = same; i < meant.size(); ++i) {
      builder_.phrase(meant[i]);
      open_.push_back(meant[i]);
    }
  }

  static std::optional<Inline> phrase(const Json& mark) {
    const std::string type = text_or(mark, "type", "");
    if (type == "em") return Inline{InlineKind::emphasis, {}, {}, {}};
    if (type == "strong") return Inline{InlineKind::strong, {}, {}, {}};
    if (type == "strike") return Inline{InlineKind::struck, {}, {}, {}};
    if (type == "link") return Inline{InlineKind::link, {}, text_or(mark, "attrs.href", ""), {}};
    return std::nullopt;
  }

  void code(const Json& node) {
    Block block{Shape::code, 0, false, {}, {}, {}, {}};
    block.language = text_or(node, "attrs.language", "");
    const Json& content = at_path(node, "content");
    if (content.is_array()) {
      for (const Json& part : content) block.text += without_joiners(text_or(part, "text", ""));
    }
    builder_.add(std::move(block));
  }

  // Media have no address outside Jira: they are named.
  void media(const Json& node) {
    std::string shown = text_or(node, "attrs.alt", text_or(node, "attrs.__fileName", ""));
    const std::string target = text_or(node, "attrs.url", "");
    if (shown.empty() && target.empty()) shown = text_or(node, "attrs.id", "");
    builder_.add(Inline{InlineKind::image, without_joiners(shown), target, {}});
  }

  void card(const Json& node) {
    const std::string target = text_or(node, "attrs.url", text_or(node, "attrs.data.url", ""));
    builder_.phrase(Inline{InlineKind::link, {}, target, {}});
    builder_.text(target);
    builder_.end_phrase();
  }

  void mention(const Json& node) {
    std::string name = without_joiners(text_or(node, "attrs.text", ""));
    if (name.starts_with('@')) name.erase(0, 1);
    builder_.add(Inline{InlineKind::mention, name, text_or(node, "attrs.id", ""), {}});
  }

  // What a node that is no block, or is not known, says besides what it contains.
  void other(const Json& node, const std::string& type) {
    if (type == "expand" || type == "nestedExpand") {
      builder_.paragraph_ends();
      builder_.text(without_joiners(text_or(node, "attrs.title", "")));
      return builder_.paragraph_ends();
    }
    const std::string short_name = text_or(node, "attrs.shortName", "");
    std::string said = text_or(node, "attrs.text", text_or(node, "text", short_name));
    if (type == "date") {
      if (const auto time = integer_at(node, "attrs.timestamp"))
        said = write_rfc3339_seconds(Instant(std::chrono::milliseconds(*time))).substr(0, 10);
    }
    builder_.text(without_joiners(said));
  }

  DocumentBuilder builder_;
  std::vector<Inline> open_;
};

}  // namespace

Document document_from_adf(const Json& adf) {
  if (adf.is_string()) return document_from_plain(adf.get<std::string>());
  return AdfReader().read(adf);
}

}  // namespace saksbro::codec
