#include "bridge/search/letters.h"

#include <algorithm>
#include <array>

namespace saksbro::search {
namespace {

// U+00C0 to U+00FF, in lower case. '*' is no letter.
constexpr std::u32string_view kLatin1 =
    U"aaaaæåæceeeeiiii"
    U"dnooooø*øuuuuyts"
    U"aaaaæåæceeeeiiii"
    U"dnooooø*øuuuuyty";

// U+0100 to U+017F. Sámi letters (č đ ŋ š ŧ ž) are written as people type them without the keys.
constexpr std::u32string_view kLatinA =
    U"aaaaaaccccccccdd"
    U"ddeeeeeeeeeegggg"
    U"gggghhhhiiiiiiii"
    U"iiiijjkkklllllll"
    U"lllnnnnnnnnnoooo"
    U"ooøørrrrrrssssss"
    U"ssttttttuuuuuuuu"
    U"uuuuwwyyyzzzzzzs";

struct Block {
  char32_t first;
  char32_t last;
};
// Beyond Latin: what is no letter. All else makes words, as it is written.
constexpr std::array<Block, 6> kNoLetters{{{0x2000, 0x2BFF},
                                           {0x3000, 0x303F},
                                           {0xD800, 0xF8FF},
                                           {0xFE00, 0xFE6F},
                                           {0xFF00, 0xFF0F},
                                           {0xFFF0, 0xFFFF}}};

void append(std::string& out, char32_t code) {
  const auto put = [&](char32_t byte) { out += static_cast<char>(byte); };
  if (code < 0x80) return put(code);
  if (code < 0x800) {
    put(0xC0 | (code >> 6U));
  } else {
    if (code < 0x10000) {
      put(0xE0 | (code >> 12U));
    } else {
      put(0xF0 | (code >> 18U));
      put(0x80 | ((code >> 12U) & 0x3FU));
    }
    put(0x80 | ((code >> 6U) & 0x3FU));
  }
  put(0x80 | (code & 0x3FU));
}

char32_t lower_beyond_latin(char32_t code) {
  if (code >= 0x0391 && code <= 0x03A9) return code + 32;  // Greek
  if (code >= 0x0410 && code <= 0x042F) return code + 32;  // Cyrillic
  if (code >= 0x0400 && code <= 0x040F) return code + 80;
  return code;
}

std::string folded_ascii(char32_t code) {
  if (code >= U'A' && code <= U'Z') return {static_cast<char>(code + 32)};
  const bool stays = (code >= U'a' && code <= U'z') || (code >= U'0' && code <= U'9');
  return stays ? std::string{static_cast<char>(code)} : "";
}

std::size_t length_by(unsigned char first) {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first < 0xE0) return 2;
  if (first >= 0xE0 && first < 0xF0) return 3;
  return first >= 0xF0 && first < 0xF5 ? 4 : 0;
}

void replace_last(std::string& word, std::size_t bytes, const char* by) {
  word.replace(word.size() - bytes, bytes, by);
}

}  // namespace

Character first_character(std::string_view text) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  const std::size_t size = length_by(byte(0));
  if (size == 1) return {byte(0), 1};
  if (size == 0 || size > text.size()) return {};
  char32_t code = byte(0) & (0x7FU >> size);
  for (std::size_t at = 1; at < size; ++at) {
    if ((byte(at) & 0xC0U) != 0x80U) return {};
    code = (code << 6U) | (byte(at) & 0x3FU);
  }
  return {code, size};
}

std::string folded(char32_t code) {
  if (code < 0x80) return folded_ascii(code);
  std::string out;
  if (code < 0xC0) return out;  // signs, and the no-break space
  if (code < 0x100) {
    const char32_t letter = kLatin1[code - 0xC0];
    if (letter != U'*') append(out, letter);
    return out;
  }
  if (code < 0x180) {
    append(out, kLatinA[code - 0x100]);
    return out;
  }
  const bool none = std::any_of(kNoLetters.begin(), kNoLetters.end(), [&](const Block& block) {
    return code >= block.first && code <= block.last;
  });
  if (!none && code < 0x1F000) append(out, lower_beyond_latin(code));  // beyond: pictures
  return out;
}

bool is_accent(char32_t code) { return code >= 0x0300 && code <= 0x036F; }

void put_accent(std::string& word, char32_t accent) {
  constexpr char32_t kRing = 0x030A;
  constexpr char32_t kTwoDots = 0x0308;
  if (accent == kRing && word.ends_with("a")) replace_last(word, 1, "å");
  if (accent == kTwoDots && word.ends_with("a")) replace_last(word, 1, "æ");
  if (accent == kTwoDots && word.ends_with("o")) replace_last(word, 1, "ø");
}

}  // namespace saksbro::search
