#include "tests/fuzz/parts.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace saksbro::fuzz {
namespace {

constexpr std::string_view kBorder = "\n%%\n";

// How many bytes the sequence has that begins with this one; 0: none does.
std::size_t length_of_sequence(unsigned char first) {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first < 0xE0) return 2;
  if (first >= 0xE0 && first < 0xF0) return 3;
  return first >= 0xF0 && first < 0xF5 ? 4 : 0;
}

}  // namespace

Parts::Parts(const std::uint8_t* bytes, std::size_t size)
    : rest_(reinterpret_cast<const char*>(bytes), size) {}

std::string_view Parts::next() {
  const auto border = rest_.find(kBorder);
  const std::string_view part = rest_.substr(0, border);
  over_ = border == std::string_view::npos;
  rest_ = over_ ? std::string_view{} : rest_.substr(border + kBorder.size());
  return part;
}

std::string_view cut_off(std::string_view& text, char mark) {
  const auto end = text.find(mark);
  const std::string_view first = text.substr(0, end);
  text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
  return first;
}

std::size_t number_in(std::string_view text, std::size_t most) {
  std::size_t number = 0;
  for (const char c : text.substr(0, 9)) {
    if (c < '0' || c > '9') break;
    number = number * 10 + static_cast<std::size_t>(c - '0');
  }
  return number % (most + 1);
}

void require(bool holds, const std::string& rule) {
  if (holds) return;
  std::fprintf(stderr, "BROKEN RULE: %s\n", rule.c_str());
  std::abort();
}

bool is_plain_text(std::string_view text) {
  while (!text.empty()) {
    const auto first = static_cast<unsigned char>(text.front());
    if ((first < 0x20 && first != '\n' && first != '\t') || first == 0x7F) return false;
    const std::size_t length = length_of_sequence(first);
    if (length == 0 || text.size() < length) return false;
    const auto follows = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; };
    if (!std::all_of(text.begin() + 1, text.begin() + static_cast<std::ptrdiff_t>(length), follows))
      return false;
    text.remove_prefix(length);
  }
  return true;
}

}  // namespace saksbro::fuzz
