// Documents for tests: how one is shown in a line, and many that are made of each dialect's signs.
#pragma once

#include <cstdint>
#include <functional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "bridge/codec/markup/dialects.h"

namespace saksbro::codec::documents {

// "h2{En} ul{li{p{to} ol{li{p{tre}}}}} q{p{em{fire} / link{her -> https://x.no}}}"
[[nodiscard]] std::string shown(const Document& document);

// The first word of `before` that does not stand in `after`, in this order.
[[nodiscard]] std::string lost(const Document& before, const Document& after);

struct Dialect {
  std::string name;  // "Markdown"
  std::function<Document(const std::string&)> read;
  std::function<std::string(const Document&)> write;
};
[[nodiscard]] const std::vector<Dialect>& dialects();

// Documents as readers give them, of words that are signs of every dialect.
class Dice {
 public:
  explicit Dice(std::uint32_t seed) : random_(seed) {}
  Document document(bool tame);  // tame: words of letters, each phrase with blanks around it

 private:
  std::size_t below(std::size_t most) { return random_() % most; }
  std::string word();
  Words words(std::size_t depth);
  Inline phrase(std::size_t depth);
  Block block(std::size_t depth);
  Block list(std::size_t depth);
  Block table();

  std::mt19937 random_;
  bool tame_ = false;
};

[[nodiscard]] inline Inline says(std::string text) {
  return {InlineKind::text, std::move(text), {}, {}};
}
[[nodiscard]] inline Block paragraph(Words words) {
  Block block;
  block.words = std::move(words);
  return block;
}

}  // namespace saksbro::codec::documents
