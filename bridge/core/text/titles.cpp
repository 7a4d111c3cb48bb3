#include "bridge/core/text/titles.h"

#include "bridge/contract/own_words.h"
#include "bridge/core/text/text.h"

namespace saksbro::core {
namespace {

constexpr std::size_t kTitleMost = 80;  // bytes, of words that nobody wrote as a title

bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

// Cut between words, or where there are none between characters.
std::string shortened(std::string_view line) {
  if (line.size() <= kTitleMost) return std::string(line);
  std::size_t end = line.rfind(' ', kTitleMost);
  if (end == line.npos || end < kTitleMost / 2) {
    end = kTitleMost;
    while (end > 0 && !begins_character(line[end])) --end;
  }
  return std::string(trimmed(line.substr(0, end))) + "…";
}

// The first line that says something; the names of attachments do not.
std::string first_words(const std::string& text) {
  for (const SpokenLine& line : spoken_lines(text)) {
    const std::string plain = with_plain_blanks(line.text);
    std::string_view words = trimmed(plain);
    while (words.starts_with('>')) words = trimmed(words.substr(1));
    if (!words.empty() && !words.starts_with("📎") && !words.starts_with("```"))
      return shortened(words);
  }
  return "";
}

}  // namespace

bool is_blank(std::string_view text) { return trimmed(with_plain_blanks(text)).empty(); }

std::string title_or_first_words(const GivenTitle& given) {
  if (!is_blank(given.title)) return given.title;
  std::string words = first_words(own_words(given.text));
  return words.empty() ? first_words(given.text) : words;
}

}  // namespace saksbro::core
