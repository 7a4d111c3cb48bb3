// <pre> in Redmine's texts: found before all else, for no sign in it acts. Internal to codec.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bridge/codec/markup/document.h"

namespace saksbro::codec {

// A text in which each <pre>...</pre> has a line of its own that stands for it, and each comment
// is gone. A quotation's ">" before it stays before it.
class WithoutPreformatted {
 public:
  explicit WithoutPreformatted(std::string_view text);

  [[nodiscard]] const std::string& text() const { return text_; }
  // The code that such a line stands for.
  [[nodiscard]] std::optional<Block> block_at(std::string_view line) const;

 private:
  void add(std::string_view code);

  std::string text_;
  std::vector<Block> blocks_;
};

}  // namespace saksbro::codec
