#include "tests/codec/documents.h"

#include <array>

namespace saksbro::codec::documents {
namespace {

std::string shown_words(const Words& words);

std::string shown_phrase(const Inline& one) {
  switch (one.kind) {
    case InlineKind::text:
      return one.text;
    case InlineKind::emphasis:
      return "em{" + shown_words(one.parts) + "}";
    case InlineKind::strong:
      return "strong{" + shown_words(one.parts) + "}";
    case InlineKind::struck:
      return "del{" + shown_words(one.parts) + "}";
    case InlineKind::code:
      return "code{" + one.text + "}";
    case InlineKind::link:
      return "link{" + shown_words(one.parts) + " -> " + one.target + "}";
    case InlineKind::image:
      return "img{" + one.text + " -> " + one.target + "}";
    case InlineKind::mention:
      return "@{" + one.text + (one.target.empty() ? "" : " -> " + one.target) + "}";
    case InlineKind::line_break:
      break;
  }
  return " / ";
}

std::string shown_words(const Words& words) {
  std::string out;
  for (const Inline& one : words) out += shown_phrase(one);
  return out;
}

std::string shown_name(const Block& block) {
  switch (block.shape) {
    case Shape::paragraph:
      return "p";
    case Shape::heading:
      return "h" + std::to_string(block.level);
    case Shape::list:
      return block.marked ? "ol" + (block.level == 1 ? "" : std::to_string(block.level)) : "ul";
    case Shape::item:
      return "li";
    case Shape::quote:
      return "q";
    case Shape::code:
      return "pre" + (block.language.empty() ? "" : "(" + block.language + ")");
    case Shape::table:
      return "table";
    case Shape::row:
      return block.marked ? "head" : "row";
    case Shape::cell:
      return "td";
    case Shape::rule:
      break;
  }
  return "rule";
}

const std::array<std::string, 64> kWords{
    "a",       "Sak",     "øl",       "1",       "12",          ".",        ",",         "-",
    "#12",     "@kari",   "!3",       "~label",  "&4",          "%5",       "$6",        "/close",
    "/sak ta", "*",       "**b**",    "_i_",     "`c`",         "~~d~~",    "<b>",       "</b>",
    "&lt;",    "&amp;",   "[x](y)",   "![x](y)", "[[Side]]",    "{{toc}}",  "{code}",    "{quote}",
    "[~kari]", "!x.png!", "h2. ",     "bq. ",    "|a|",         "||",       "\\",        "\\*",
    "1.",      "1)",      "+",        "# ",      "---",         "===",      "> x",       ">",
    "```",     "~~~",     "\"l\":/x", "@c@",     "x@y.no",      "www.x.no", "xhttp://a", "{*}",
    "r12",     "ABC-12",  "(x)",      "^",       "{color:red}", "<!--",     ":-)",       "\"",
};
const std::array<std::string, 8> kTame{"en", "to", "tre", "fire", "Åse", "møte", "saken", "Sju"};

void words_of(const Words& words, std::vector<std::string>& out) {
  for (const Inline& one : words) {
    if (!one.text.empty()) out.push_back(one.text);
    words_of(one.parts, out);
  }
}

std::vector<std::string> words_of(const Document& document) {
  std::vector<std::string> out;
  for (const Block& block : document) {
    if (!block.text.empty()) out.push_back(block.text);
    words_of(block.words, out);
    for (std::string& inner : words_of(block.blocks)) out.push_back(std::move(inner));
  }
  return out;
}

std::string without_blanks(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != ' ' && c != '\n') out += c;
  }
  return out;
}

}  // namespace

std::string shown(const Document& document) {
  std::string out;
  for (const Block& block : document) {
    if (!out.empty()) out += ' ';
    out += shown_name(block);
    if (block.shape == Shape::rule) continue;
    out += "{" + block.text + shown_words(block.words) + shown(block.blocks) + "}";
  }
  return out;
}

std::string lost(const Document& before, const Document& after) {
  const std::string said = without_blanks(spoken_text(after));
  std::size_t at = 0;
  for (const std::string& word : words_of(before)) {
    const std::string wanted = without_blanks(word);
    at = said.find(wanted, at);
    if (at == said.npos) return wanted;
    at += wanted.size();
  }
  return "";
}

const std::vector<Dialect>& dialects() {
  static const std::vector<Dialect> kAll{
      {"Plain", document_from_plain, plain_text},
      {"Markdown", document_from_markdown, markdown_text},
      {"Textile", document_from_textile, textile_text},
      {"RedmineMarkdown", document_from_markdown, redmine_markdown_text},
      {"HTML", document_from_html, html_of},
      {"ADF",
       [](const std::string& text) {
         const auto adf = parse_json(text, "adf");
         return adf ? document_from_adf(*adf) : Document{};
       },
       [](const Document& document) { return write_json(adf_of(document)); }},
      {"Wiki", document_from_wiki, wiki_text},
  };
  return kAll;
}

Document Dice::document(bool tame) {
  tame_ = tame;
  Document document;
  for (std::size_t left = 1 + below(4); left > 0; --left) {
    Block next = block(0);
    // Two lists side by side are one in most dialects.
    const bool same = !document.empty() && document.back().shape == next.shape;
    if (!same || next.shape == Shape::paragraph) document.push_back(std::move(next));
  }
  return normalised(std::move(document));
}

std::string Dice::word() {
  return tame_ ? kTame[below(kTame.size())] : kWords[below(kWords.size())];
}

Words Dice::words(std::size_t depth) {
  Words out;
  for (std::size_t left = 1 + below(5); left > 0; --left) {
    // In Textile no phrase begins behind the signs of two others.
    const bool third = tame_ && depth > 1 && out.empty();
    if (below(4) == 0 && depth < 3 && !third)
      out.push_back(phrase(depth));
    else
      out.push_back(says(word()));
    if (tame_ || below(2) == 0) out.push_back(says(" "));
    if (below(12) == 0 && depth == 0) out.push_back({InlineKind::line_break, {}, {}, {}});
  }
  return out;
}

Inline Dice::phrase(std::size_t depth) {
  // In ADF, code has no other signs.
  switch (below(!tame_ ? 7 : depth == 0 ? 5 : 3)) {
    case 0:
      return {InlineKind::emphasis, {}, {}, words(depth + 1)};
    case 1:
      return {InlineKind::strong, {}, {}, words(depth + 1)};
    case 2:
      return {InlineKind::struck, {}, {}, words(depth + 1)};
    case 3:
      return {InlineKind::code, word(), {}, {}};
    case 4:
      return {InlineKind::link, {}, "https://x.no/a?b=1", {says(word())}};
    case 5:
      return {InlineKind::image, word(), below(2) == 0 ? "skjerm.png" : "https://x.no/b.png", {}};
    default:
      return {InlineKind::mention, "Kari Moe", "kari", {}};
  }
}

Block Dice::block(std::size_t depth) {
  Block block = paragraph(words(0));
  if (depth > 2) return block;
  switch (below(9)) {
    case 0:
      block.shape = Shape::heading;
      block.level = 1 + static_cast<int>(below(6));
      std::erase_if(block.words,
                    [](const Inline& one) { return one.kind == InlineKind::line_break; });
      return block;
    case 1:
    case 2:
      return list(depth);
    case 3:
      block = {Shape::quote, 0, false, {}, {}, {}, {}};
      block.blocks.push_back(tame_ ? paragraph(words(0)) : this->block(depth + 1));
      if (below(2) == 0) block.blocks.push_back(paragraph(words(0)));
      return block;
    case 4:
      block = {Shape::code, 0, false, word() + "\n  " + word(), below(2) == 0 ? "ruby" : "",
               {},          {}};
      return block;
    case 5:
      return table();
    case 6:
      return {Shape::rule, 0, false, {}, {}, {}, {}};
    default:
      return block;
  }
}

Block Dice::list(std::size_t depth) {
  Block list{Shape::list, 0, below(2) == 0, {}, {}, {}, {}};
  list.level = 1;
  for (std::size_t left = 1 + below(3); left > 0; --left) {
    Block item{Shape::item, 0, false, {}, {}, {}, {}};
    item.blocks.push_back(paragraph(words(0)));
    if (below(3) == 0) item.blocks.push_back(tame_ ? this->list(depth + 2) : block(depth + 1));
    if (depth > 2) item.blocks.resize(1);
    list.blocks.push_back(std::move(item));
  }
  return list;
}

Block Dice::table() {
  Block table{Shape::table, 0, false, {}, {}, {}, {}};
  const std::size_t columns = 2 + below(2);
  for (std::size_t rows = 1 + below(3); rows > 0; --rows) {
    Block row{Shape::row, 0, table.blocks.empty(), {}, {}, {}, {}};
    for (std::size_t i = 0; i < columns; ++i) {
      Block cell = paragraph(words(1));
      cell.shape = Shape::cell;
      row.blocks.push_back(std::move(cell));
    }
    table.blocks.push_back(std::move(row));
  }
  return table;
}

}  // namespace saksbro::codec::documents
