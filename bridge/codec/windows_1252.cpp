#include "bridge/codec/windows_1252.h"

#include <array>

#include "bridge/codec/utf8.h"

namespace saksbro::codec {
namespace {

// 0x80 to 0x9F; the others are Latin-1's. Where the code page has no character, WHATWG has the
// control character of the same number.
constexpr std::array<std::string_view, 32> kHigh{
    "€", "\u0081", "‚",      "ƒ", "„",      "…",      "†", "‡",      "ˆ", "‰", "Š",
    "‹", "Œ",      "\u008D", "Ž", "\u008F", "\u0090", "‘", "’",      "“", "”", "•",
    "–", "—",      "˜",      "™", "š",      "›",      "œ", "\u009D", "ž", "Ÿ"};

}  // namespace

std::string windows_1252_character(char byte) {
  const auto code = static_cast<unsigned char>(byte);
  if (code < 0x80) return {byte};
  if (code < 0xA0) return std::string(kHigh.at(code - 0x80U));
  return {static_cast<char>(0xC0U | (code >> 6U)), static_cast<char>(0x80U | (code & 0x3FU))};
}

std::string repair_windows_1252(std::string_view text) {
  std::string repaired;
  repaired.reserve(text.size() + 16);
  while (!text.empty()) {
    const auto wrong = first_invalid_utf8(text);
    repaired += text.substr(0, wrong.value_or(text.size()));
    if (!wrong) break;
    repaired += windows_1252_character(text[*wrong]);
    text.remove_prefix(*wrong + 1);
  }
  return repaired;
}

std::string utf8_from_windows_1252(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size() + bytes.size() / 8);
  for (const char byte : bytes) text += windows_1252_character(byte);
  return text;
}

}  // namespace saksbro::codec
