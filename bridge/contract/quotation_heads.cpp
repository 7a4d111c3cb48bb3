#include "bridge/contract/quotation_heads.h"

#include <algorithm>
#include <array>

#include "bridge/contract/ascii.h"

namespace saksbro {
namespace {

constexpr std::size_t kAttributionLines = 3;
// Between "Fra:" and "Sendt:" there may be "Til:" and "Kopi:".
constexpr std::size_t kHeadLines = 5;
// An attribution is a short sentence; a longer line is somebody's text.
constexpr std::size_t kAttributionMost = 400;

bool is_letter(char c) { return (lower(c) >= 'a' && lower(c) <= 'z') || (c & '\x80') != 0; }

// `beginning` is in lower case.
bool begins_with(std::string_view text, std::string_view beginning) {
  return text.size() >= beginning.size() &&
         std::equal(beginning.begin(), beginning.end(), text.begin(),
                    [](char one, char other) { return one == lower(other); });
}

template <std::size_t N>
bool begins_with_one_of(std::string_view text, const std::array<std::string_view, N>& all) {
  return std::any_of(all.begin(), all.end(),
                     [&](std::string_view one) { return begins_with(text, one); });
}

bool has_word(std::string_view text, std::string_view word) {
  for (auto at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
    const char before = at == 0 ? ' ' : text[at - 1];
    const char after = at + word.size() == text.size() ? ' ' : text[at + word.size()];
    if (!is_letter(before) && !is_letter(after)) return true;
  }
  return false;
}

bool says_written(std::string_view text) {
  static constexpr std::array<std::string_view, 6> kVerbs{"skrev",   "wrote",    "schrieb",
                                                          "a écrit", "escribió", "skreiv"};
  return std::any_of(kVerbs.begin(), kVerbs.end(),
                     [&](std::string_view verb) { return has_word(text, verb); });
}

// "søn.", "sø.", "Sun," - what a date may begin with.
bool begins_with_a_weekday(std::string_view text) {
  static constexpr std::array<std::string_view, 21> kDays{
      "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag",
      "man",    "tir",     "ons",    "tor",     "fre",    "lør",    "søn",
      "sun",    "mon",     "tue",    "wed",     "thu",    "fri",    "sat"};
  static constexpr std::array<std::string_view, 7> kShort{"ma.", "ti.", "on.", "to.",
                                                          "fr.", "lø.", "sø."};
  if (begins_with_one_of(text, kShort)) return true;
  return std::any_of(kDays.begin(), kDays.end(), [&](std::string_view day) {
    return begins_with(text, day) && (text.size() == day.size() || !is_letter(text[day.size()]));
  });
}

bool has_digit(std::string_view text) { return std::any_of(text.begin(), text.end(), is_digit); }

// "On Wed, 25 Nov 2026 ...", "Den ons. 25. nov. ...", "25. nov. 2026 kl. 10:00 ...", "sø. 29.
// nov.".
bool begins_with_a_day(std::string_view text) {
  for (const std::string_view opening : {"on ", "den ", "am ", "le ", "el "}) {
    if (!begins_with(text, opening)) continue;
    const std::string_view rest = text.substr(opening.size());
    return has_digit(rest) || begins_with_a_weekday(rest);
  }
  return !text.empty() && (is_digit(text.front()) || begins_with_a_weekday(text)) &&
         has_digit(text);
}

bool is_attribution(std::string_view text) {
  return text.size() <= kAttributionMost && text.ends_with(':') && begins_with_a_day(text) &&
         says_written(text);
}

// Outlook's HTML makes the names of a head bold, and its text then has stars.
std::string_view without_stars(std::string_view line) {
  while (line.starts_with('*')) line.remove_prefix(1);
  return line;
}

// "-----Original Message-----", "---------- Forwarded message ---------", "Videresendt melding".
bool is_rule_with(std::string_view line, const std::array<std::string_view, 4>& words) {
  if (!line.starts_with("--") && !line.starts_with("__")) return false;
  line.remove_prefix(std::min(line.find_first_not_of("-_ "), line.size()));
  return begins_with_one_of(line, words);
}

}  // namespace

std::size_t attribution_at(const PlainLines& lines, std::size_t at) {
  if (!begins_with_a_day(lines[at])) return 0;
  std::string joined;
  for (std::size_t count = 1; count <= kAttributionLines && at + count <= lines.size(); ++count) {
    const std::string& line = lines[at + count - 1];
    if (line.empty() || line.starts_with('>') || line.size() > kAttributionMost) return 0;
    if (!joined.empty()) joined += ' ';
    joined += line;
    if (is_attribution(joined)) return count;
  }
  return 0;
}

bool names_a_writer(std::string_view line) {
  return line.size() <= kAttributionMost && line.ends_with(':') && says_written(line);
}

bool begins_a_forwarded_mail(std::string_view line) {
  static constexpr std::array<std::string_view, 4> kForwarded{
      "forwarded message", "videresendt melding", "videresendt", "forwarded by"};
  static constexpr std::array<std::string_view, 4> kApple{
      "begin forwarded message:", "start på videresendt melding:", "videresendt melding:",
      "forwarded message:"};
  return is_rule_with(line, kForwarded) || begins_with_one_of(line, kApple);
}

bool mail_head_at(const PlainLines& lines, std::size_t at) {
  static constexpr std::array<std::string_view, 4> kOriginal{"original", "opprinnelig", "opphavleg",
                                                             "oprindelig"};
  static constexpr std::array<std::string_view, 7> kFrom{
      "fra:", "fra :", "frå:", "from:", "från:", "von:", "de :"};
  static constexpr std::array<std::string_view, 9> kSent{
      "sendt:", "sent:", "dato:", "date:", "skickat:", "datum:", "send:", "gesendet:", "envoyé :"};
  if (is_rule_with(lines[at], kOriginal)) return true;
  if (!begins_with_one_of(without_stars(lines[at]), kFrom)) return false;
  const std::size_t end = std::min(at + kHeadLines, lines.size());
  for (std::size_t next = at + 1; next < end; ++next) {
    if (begins_with_one_of(without_stars(lines[next]), kSent)) return true;
  }
  return false;
}

}  // namespace saksbro
