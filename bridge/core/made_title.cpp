#include "bridge/core/made_title.h"

#include "bridge/contract/own_words.h"
#include "bridge/core/text.h"

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

// Where people will work on the case; its ticket may not be there yet.
SystemName desk_of(const Unfolding& u) {
  for (const auto& [name, system] : u.mapping().systems) {
    if (system.follows_status) return name;
  }
  return u.at();
}

}  // namespace

std::string title_for(const Unfolding& u, const Ticket& ticket) {
  if (!trimmed(with_plain_blanks(ticket.title)).empty()) return ticket.title;
  std::string words = first_words(own_words(ticket.text));
  if (words.empty()) words = first_words(ticket.text);
  if (!words.empty()) return words;
  const std::string& author = ticket.author.name.empty() ? ticket.author.id : ticket.author.name;
  return u.text(u.mapping().texts.untitled, desk_of(u),
                {{"author", author.empty() ? ticket.number : author}});
}

}  // namespace saksbro::core
