// A text with its structure, as people mean it and whatever they wrote it in. Plain values: the
// readers of dialects.h make them, its writers say them again.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace saksbro::codec {

// A reader keeps deeper ones not apart: what stands there belongs to the one around it.
inline constexpr std::size_t kBlockDepthMost = 24;
inline constexpr std::size_t kPhraseDepthMost = 12;

enum class InlineKind { text, emphasis, strong, struck, code, link, image, mention, line_break };

struct Inline {
  InlineKind kind = InlineKind::text;
  std::string text;    // of text and code; what an image shows; a person's name, without the "@"
  std::string target;  // the address of a link or an image; a person's account
  std::vector<Inline> parts;  // of emphasis, strong, struck and link

  friend bool operator==(const Inline&, const Inline&) = default;
};
using Words = std::vector<Inline>;

enum class Shape { paragraph, heading, list, item, quote, code, table, row, cell, rule };

struct Block {
  Shape shape = Shape::paragraph;
  int level = 0;         // of a heading, 1 to 6; of a numbered list, the first number
  bool marked = false;   // a list: its items have numbers; a row: it is the table's head
  std::string text;      // of code, with LF between its lines and none at its end
  std::string language;  // of code
  Words words;           // of a paragraph, a heading and a cell
  std::vector<Block>
      blocks;  // of a list: items; an item, a quote: any; a table: rows; a row: cells

  friend bool operator==(const Block&, const Block&) = default;
};
using Document = std::vector<Block>;

// In the one form that all readers give: texts side by side are one; a run of blanks is one blank,
// and none stands at either end of a line or of a phrase (U+00A0 is a sign like others); nothing is
// empty; no phrase is within its own kind, and no link in a link.
[[nodiscard]] Document normalised(Document document);

// All words and code in their order, nothing else, a blank between blocks.
[[nodiscard]] std::string spoken_text(const Document& document);
[[nodiscard]] std::string spoken_text(const Words& words);

}  // namespace saksbro::codec
