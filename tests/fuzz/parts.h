// The ground under every fuzz target: an input in parts, and what must hold.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace saksbro::fuzz {

// An input as people can read and write it: parts, with a line "%%" between them. It owns nothing.
class Parts {
 public:
  Parts(const std::uint8_t* bytes, std::size_t size);

  [[nodiscard]] bool empty() const { return over_; }
  [[nodiscard]] std::string_view next();  // empty when none is left

 private:
  std::string_view rest_;
  bool over_ = false;
};

// Splits "first rest" at the first `mark`; all of `text` is the first when there is none.
[[nodiscard]] std::string_view cut_off(std::string_view& text, char mark);

// A number from 0 to `most`, by the digits that the text begins with.
[[nodiscard]] std::size_t number_in(std::string_view text, std::size_t most);

// Ends the run, with the rule that is broken, when it does not hold.
void require(bool holds, const std::string& rule);

// UTF-8 without a control character but tab and line end: what may be stored and shown.
[[nodiscard]] bool is_plain_text(std::string_view text);

}  // namespace saksbro::fuzz
