#include "bridge/codec/cut.h"

#include <algorithm>
#include <array>

namespace saksbro::codec {
namespace {

constexpr std::string_view kEllipsis = "…";
constexpr char32_t kJoiner = 0x200D;

struct Range {
  char32_t first;
  char32_t last;
};
// What belongs to the character before it. Enough for what people write in trackers; the whole
// table of the Unicode standard would be a library.
constexpr std::array<Range, 9> kExtend{{{0x0300, 0x036F},
                                        {0x1AB0, 0x1AFF},
                                        {0x1DC0, 0x1DFF},
                                        {0x200D, 0x200D},
                                        {0x20D0, 0x20FF},
                                        {0xFE00, 0xFE0F},
                                        {0xFE20, 0xFE2F},
                                        {0x1F3FB, 0x1F3FF},
                                        {0xE0020, 0xE01EF}}};

bool extends(char32_t code) {
  return std::any_of(kExtend.begin(), kExtend.end(),
                     [&](const Range& one) { return code >= one.first && code <= one.last; });
}

bool is_flag_letter(char32_t code) { return code >= 0x1F1E6 && code <= 0x1F1FF; }

std::size_t length_at(std::string_view text, std::size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  const std::size_t length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
  return std::min(length, text.size() - at);
}

char32_t code_at(std::string_view text, std::size_t at, std::size_t length) {
  const auto first = static_cast<unsigned char>(text[at]);
  if (length == 1) return first;
  char32_t code = first & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i)
    code = (code << 6U) | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
  return code;
}

}  // namespace

std::string cut(std::string_view text, std::size_t most, Length counted) {
  const std::size_t room = counted == Length::bytes ? kEllipsis.size() : 1;
  std::size_t size = 0;  // of what is before `at`
  std::size_t keep = 0;  // the last place between two characters that leaves room
  char32_t before = 0;
  bool odd_flag = false;  // one letter of a flag stands open
  std::size_t length = 0;
  for (std::size_t at = 0; at < text.size(); at += length) {
    length = length_at(text, at);
    const char32_t code = code_at(text, at, length);
    const bool joined = extends(code) || before == kJoiner || (is_flag_letter(code) && odd_flag);
    if (!joined && size + room <= most) keep = at;
    odd_flag = is_flag_letter(code) && !odd_flag;
    before = code;
    size += counted == Length::bytes ? length : 1;
    if (size > most) return std::string(text.substr(0, keep)).append(kEllipsis);
  }
  return std::string(text);
}

}  // namespace saksbro::codec
