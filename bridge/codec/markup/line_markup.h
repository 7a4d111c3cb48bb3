// What Jira's wiki markup and Textile have in common: blocks that a line's first signs tell, and
// phrases between two equal signs. Internal to codec.
#pragma once

#include <cstddef>
#include <functional>
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
  // A phrase begins behind a blank or a sign and before a word, and ends the other way round.
  [[nodiscard]] virtual bool may_begin(std::string_view text, std::size_t at,
                                       std::size_t width) const;
  [[nodiscard]] virtual bool may_end(std::string_view text, std::size_t at,
                                     std::size_t width) const;
  // "**words**" is a phrase as "*words*" is.
  [[nodiscard]] virtual bool doubles_signs() const { return false; }
};

[[nodiscard]] Met meant(std::size_t length, InlineKind kind, std::string_view text,
                        std::string_view target = {});

// "&#42;", "&amp;": its character.
[[nodiscard]] Met entity_at(std::string_view rest);
[[nodiscard]] std::string with_entities_read(std::string_view text);

// What stands between the sign at `at` and the next `close`, on the same line; nothing if it is
// empty or long.
[[nodiscard]] std::string_view framed_at(std::string_view text, std::size_t at, char close);

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

// The blocks that lines make, one after another: words of a paragraph or an item, rows of a table.
class LineBlocks {
 public:
  explicit LineBlocks(const LineDialect& dialect) : dialect_(dialect) {}

  void line(std::string_view words);  // one more of the paragraph or item
  void item(std::string_view signs, std::string_view words);
  void row(const std::vector<std::string_view>& cells, bool head);
  void leaf(Shape shape, int level, std::string_view words);  // a whole one: a heading
  void add(Block block);                                      // a whole one: code, a rule
  void begin(Block block);                                    // a quotation; what is open ends
  void end();
  void end_all();  // a blank line
  [[nodiscard]] bool within() const { return !words_.empty() || levels_.open() || in_table_; }
  [[nodiscard]] Document take() &&;

 private:
  void flush();
  void end_table();

  const LineDialect& dialect_;
  DocumentBuilder builder_;
  ListLevels levels_{builder_};
  std::string words_;
  bool in_table_ = false;
};

// Lists as lines: "* one", "*# two". The lists at an item's end stay lists, unless their numbers
// begin elsewhere; what else it has is said in its line. `line` writes words that break no line.
using LineWriter = std::function<std::string(const Words& words)>;
[[nodiscard]] bool stays_list(const Block& block);
[[nodiscard]] std::string list_lines(const Block& list, const LineWriter& line);

// Any block as words, for where a dialect has lines only: "> " before what is quoted, "* " and "1.
// " before items, code line by line.
[[nodiscard]] Words as_lines(const Block& block);

// "|a|b|": what is between bars that stand in no link and are not escaped.
[[nodiscard]] std::vector<std::string_view> cells_of(std::string_view line);

}  // namespace saksbro::codec
