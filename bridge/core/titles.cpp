#include "bridge/core/titles.h"

#include <array>

namespace saksbro::core {
namespace {

constexpr std::size_t kTitleMost = 80;
// No-break space, zero-width space and joiners, ideographic space, byte order mark.
constexpr std::array<std::string_view, 7> kInvisible{"\xC2\xA0",     "\xE2\x80\x8B", "\xE2\x80\x8C",
                                                     "\xE2\x80\x8D", "\xE2\x80\xAF", "\xE3\x80\x80",
                                                     "\xEF\xBB\xBF"};

std::size_t blank_at(std::string_view text) {
  if (text.empty()) return 0;
  if (std::string_view(" \t\r\n\f\v").find(text.front()) != std::string_view::npos) return 1;
  for (const std::string_view one : kInvisible) {
    if (text.starts_with(one)) return one.size();
  }
  return 0;
}

std::string_view without_blanks_before(std::string_view text) {
  while (const std::size_t blank = blank_at(text)) text.remove_prefix(blank);
  return text;
}

// "Faktura 4711 lar seg ikke godkjenne ..." : whole words of the first line that says something.
std::string first_words(std::string_view text) {
  text = without_blanks_before(text);
  std::string_view line = text.substr(0, text.find_first_of("\r\n"));
  while (!line.empty() && (line.back() == ' ' || line.back() == '\t')) line.remove_suffix(1);
  if (line.size() <= kTitleMost) return std::string(line);
  std::size_t end = line.rfind(' ', kTitleMost);
  if (end == line.npos || end == 0) {
    end = kTitleMost;
    // Not within a character: its bytes after the first are 10xxxxxx.
    while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U) --end;
  }
  return std::string(line.substr(0, end)) + " ...";
}

}  // namespace

bool is_blank(std::string_view text) { return without_blanks_before(text).empty(); }

std::string title_or_made_up(const Unfolding& u, const GivenTitle& given,
                             const SystemName& reader) {
  if (!is_blank(given.title)) return given.title;
  if (!is_blank(given.text)) return first_words(given.text);
  return u.text(u.mapping().texts.untitled, reader, {{"reporter", given.reporter}});
}

}  // namespace saksbro::core
