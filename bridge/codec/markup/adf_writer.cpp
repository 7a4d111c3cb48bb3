// Atlassian Document Format, version 1, as Jira's API accepts it: an empty text, a heading in a
// list or a table in a quotation are refused, so that what may not stand somewhere is said in
// words.
#include <utility>

#include "bridge/codec/markup/dialects.h"
#include "bridge/codec/markup/sayable.h"
#include "bridge/codec/markup/words.h"

namespace saksbro::codec {
namespace {

Json adf_node(const char* type, Json content) {
  return Json{{"type", type}, {"content", std::move(content)}};
}

class AdfWords {
 public:
  Json written(const Words& words) && {
    all(words, Json::array());
    return std::move(nodes_);
  }

 private:
  void all(const Words& words, const Json& marks) {
    for (const Inline& one : words) add(one, marks);
  }

  void add(const Inline& one, const Json& marks) {
    switch (one.kind) {
      case InlineKind::text:
        return text(one.text, marks);
      case InlineKind::emphasis:
        return all(one.parts, with(marks, {{"type", "em"}}));
      case InlineKind::strong:
        return all(one.parts, with(marks, {{"type", "strong"}}));
      case InlineKind::struck:
        return all(one.parts, with(marks, {{"type", "strike"}}));
      case InlineKind::code:
        return text(one.text, code_marks(marks));
      case InlineKind::link:
        return link(one, marks);
      case InlineKind::line_break:
        nodes_.push_back({{"type", "hardBreak"}});
        return;
      default:  // sayable() has left no others
        return;
    }
  }

  static Json with(Json marks, Json mark) {
    marks.push_back(std::move(mark));
    return marks;
  }

  // Code can be a link, and nothing else.
  static Json code_marks(const Json& marks) {
    Json kept = Json::array();
    for (const Json& mark : marks) {
      if (mark["type"] == "link") kept.push_back(mark);
    }
    return with(std::move(kept), {{"type", "code"}});
  }

  void text(std::string_view said, const Json& marks) {
    if (said.empty()) return;
    const bool line_start = nodes_.empty() || nodes_.back()["type"] == "hardBreak";
    std::string whole(line_start ? quiet(said) : "");
    whole += said;
    Json node{{"type", "text"}, {"text", std::move(whole)}};
    if (!marks.empty()) node["marks"] = marks;
    nodes_.push_back(std::move(node));
  }

  void link(const Inline& one, const Json& marks) {
    all(one.parts, with(marks, {{"type", "link"}, {"attrs", {{"href", one.target}}}}));
  }

  Json nodes_ = Json::array();
};

Json adf_words(const Words& words) { return AdfWords().written(words); }

enum class Within { document, item, quote };

void add_adf(Json& out, const Block& block, Within within, const std::string& before);

Json adf_content(const std::vector<Block>& blocks, Within within) {
  Json out = Json::array();
  for (const Block& block : blocks) add_adf(out, block, within, "");
  return out;
}

// `before`: "> " for each quotation that this one is in, as they cannot be in each other.
void add_adf_paragraph(Json& out, const Words& words, const std::string& before) {
  Json nodes = adf_words(words);
  if (!before.empty()) nodes.insert(nodes.begin(), Json{{"type", "text"}, {"text", before}});
  out.push_back(adf_node("paragraph", std::move(nodes)));
}

void add_adf_list(Json& out, const Block& list) {
  Json items = Json::array();
  for (const Block& item : list.blocks)
    items.push_back(adf_node("listItem", adf_content(item.blocks, Within::item)));
  Json node = adf_node(list.marked ? "orderedList" : "bulletList", std::move(items));
  if (list.marked) node["attrs"] = {{"order", list.level}};
  out.push_back(std::move(node));
}

void add_adf_table(Json& out, const Block& table, Within within, const std::string& before) {
  Json rows = Json::array();
  for (const Block& row : table.blocks) {
    Json cells = Json::array();
    Words line;
    for (const Block& cell : row.blocks) {
      Json inner = Json::array();
      add_adf_paragraph(inner, cell.words, "");
      cells.push_back(adf_node(row.marked ? "tableHeader" : "tableCell", std::move(inner)));
      if (!line.empty()) line.push_back({InlineKind::text, " | ", {}, {}});
      line.insert(line.end(), cell.words.begin(), cell.words.end());
    }
    if (within != Within::document) add_adf_paragraph(out, line, before);
    rows.push_back(adf_node("tableRow", std::move(cells)));
  }
  if (within == Within::document) out.push_back(adf_node("table", std::move(rows)));
}

void add_adf_quote(Json& out, const Block& quote, Within within, const std::string& before) {
  if (within == Within::document)
    return out.push_back(adf_node("blockquote", adf_content(quote.blocks, Within::quote)));
  for (const Block& block : quote.blocks) add_adf(out, block, within, before + "> ");
}

void add_adf_code(Json& out, const Block& block) {
  Json node = adf_node("codeBlock", Json::array({{{"type", "text"}, {"text", block.text}}}));
  if (!block.language.empty()) node["attrs"] = {{"language", block.language}};
  out.push_back(std::move(node));
}

void add_adf(Json& out, const Block& block, Within within, const std::string& before) {
  const bool free = within == Within::document;
  switch (block.shape) {
    case Shape::heading: {
      if (!free) return add_adf_paragraph(out, {{InlineKind::strong, {}, {}, block.words}}, before);
      Json node = adf_node("heading", adf_words(block.words));
      node["attrs"] = {{"level", block.level}};
      return out.push_back(std::move(node));
    }
    case Shape::list:
      return add_adf_list(out, block);
    case Shape::quote:
      return add_adf_quote(out, block, within, before);
    case Shape::code:
      return add_adf_code(out, block);
    case Shape::table:
      return add_adf_table(out, block, within, before);
    case Shape::rule:
      if (free) return out.push_back({{"type", "rule"}});
      return add_adf_paragraph(out, {{InlineKind::text, "---", {}, {}}}, before);
    default:
      return add_adf_paragraph(out, block.words, before);
  }
}

}  // namespace

Json adf_of(const Document& document) {
  // A medium is a file that Jira has already: none is shown.
  Json adf = adf_node("doc", adf_content(sayable(document, shows_no_picture), Within::document));
  adf["version"] = 1;
  return adf;
}

}  // namespace saksbro::codec
