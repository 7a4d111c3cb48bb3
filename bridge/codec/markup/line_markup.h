// What Jira's wiki markup and Textile have in common: blocks that a line's first signs tell, and
// phrases between two equal signs. Internal to codec.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bridge/codec/markup/document_builder.h"

namespace saksbro::codec {

struct PhraseSign {
  char sign;
  InlineKind phrase;
};

// What stands at a place, and how long it is there.
struct Met {
  std::size_t length = 0;     // 0: nothing
  std::optional<Inline> one;  // nothing: it is left out
};

// The signs of a dialect.
class LineDialect {
 public:
  LineDialect() = default;
  LineDialect(const LineDialect&) = delete;
  LineDialect& operator=(const LineDialect&) = delete;
  virtual ~LineDialect() = default;

  [[nodiscard]] virtual const std::vector<PhraseSign>& signs() const = 0;
  // An escaped sign, code, a link, an image, a person at `at`; words of a link are given as its
  // `text` and read by themselves.
  [[nodiscard]] virtual Met met(std::string_view text, std::size_t at) const = 0;
};

// What no phrase begins behind, or ends before.
[[nodiscard]] bool is_letter_byte(char c);

// Reads the words of a paragraph, a heading or a cell; line ends are line breaks. Takes time by the
// length and the number of signs that a dialect has.
void read_words(std::string_view text, const LineDialect& dialect, DocumentBuilder& builder);

// "## words": a list within lists is told by its signs. 0 for a line that is no item.
[[nodiscard]] std::size_t item_signs(std::string_view line, std::string_view bullets);

// Begins and ends lists, as the signs of one item after another ask for.
class ListLevels {
 public:
  explicit ListLevels(DocumentBuilder& builder) : builder_(builder) {}
  void item(std::string_view signs);  // begins one
  void end();
  [[nodiscard]] bool open() const { return !levels_.empty(); }

 private:
  void leave();

  DocumentBuilder& builder_;
  std::string levels_;
};

// Any block as words, for where a dialect has lines only: "> " before what is quoted, "* " and "1.
// " before items, code line by line.
[[nodiscard]] Words as_lines(const Block& block);

// "|a|b|": what is between bars that stand in no link and are not escaped.
[[nodiscard]] std::vector<std::string_view> cells_of(std::string_view line);

}  // namespace saksbro::codec
