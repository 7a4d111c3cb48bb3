// Puts a document together from what a reader meets: blocks and phrases that begin and end, in any
// order. Internal to codec.
#pragma once

#include <string_view>
#include <vector>

#include "bridge/codec/markup/document.h"

namespace saksbro::codec {

// Words outside a paragraph begin one; a phrase that is open when a paragraph ends goes on in the
// next. What is too deep, and blocks within the cell of a table, become lines of what is around.
class DocumentBuilder {
 public:
  DocumentBuilder();

  void begin(Block block);
  void end();             // of the block that began last
  void mark();            // the block that began last is `marked`
  void add(Block block);  // a whole one: code, a rule

  void phrase(Inline one);
  void end_phrase();  // of the phrase that began last
  void text(std::string_view text);
  void add(Inline one);  // a whole one: code, an image, a mention, a line break

  void paragraph_ends();  // what comes is another paragraph
  [[nodiscard]] bool in_words() const { return in_leaf_; }
  [[nodiscard]] Document take() &&;  // normalised

 private:
  enum class Begun { block, leaf, line };

  void begin_leaf(Block block);
  void end_leaf();
  void open_phrases();
  void fold_phrase();
  [[nodiscard]] bool in_cell() const { return in_leaf_ && leaf_.shape == Shape::cell; }
  Words& here();

  std::vector<Block> blocks_;  // those that are open; the first is the document
  std::vector<Begun> begun_;   // what each end() ends
  Block leaf_;                 // the paragraph, heading or cell that is open
  bool in_leaf_ = false;
  std::vector<Inline> phrases_;  // those that are meant
  std::vector<Inline> open_;     // those that the leaf has begun: a beginning of phrases_
  std::size_t phrases_too_deep_ = 0;
};

}  // namespace saksbro::codec
