#include <algorithm>
#include <array>
#include <cctype>

#include "bridge/codec/mime.h"

namespace saksbro::codec {
namespace {

using Lines = std::vector<std::string_view>;

// Mail programs fold "On <date>, <name> <address> wrote:" into so many lines.
constexpr std::size_t kAttributionLines = 3;
// Between "Fra:" and "Sendt:" there may be "Til:" and "Kopi:".
constexpr std::size_t kHeaderLines = 5;

std::string_view trimmed(std::string_view line) {
  const auto first = line.find_first_not_of(" \t\r");
  if (first == line.npos) return {};
  return line.substr(first, line.find_last_not_of(" \t\r") - first + 1);
}

bool blank(std::string_view line) { return trimmed(line).empty(); }

bool quoted(std::string_view line) { return trimmed(line).starts_with('>'); }

Lines lines_of(std::string_view text) {
  Lines lines;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

bool has_digit(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; });
}

// "On Wed, 25 Nov 2026 Kari wrote:", "Den ons. 25. nov. 2026 kl. 10:00 skrev Kari <k@x.no>:",
// "25. nov. 2026 kl. 10:00 skrev Kari:". Every one names a day.
bool is_attribution(std::string_view text) {
  if (!text.ends_with(':') || !has_digit(text)) return false;
  const bool english = text.starts_with("On ") && text.ends_with(" wrote:");
  const bool begins = text.starts_with("Den ") || has_digit(text.substr(0, 2));
  return english || (begins && text.find(" skrev ") != text.npos) ||
         (begins && text.ends_with(" skrev:"));
}

// How many lines from `at` on are an attribution: 0 when none are.
std::size_t attribution_at(const Lines& lines, std::size_t at) {
  std::string joined;
  for (std::size_t count = 1; count <= kAttributionLines && at + count <= lines.size(); ++count) {
    const std::string_view line = trimmed(lines[at + count - 1]);
    if (line.empty()) return 0;
    if (!joined.empty()) joined += ' ';
    joined += line;
    if (is_attribution(joined)) return count;
  }
  return 0;
}

bool begins_with_one_of(std::string_view line, const std::array<std::string_view, 4>& words) {
  // Outlook's HTML makes them bold, and its text then has stars.
  while (line.starts_with('*')) line.remove_prefix(1);
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return line.starts_with(word); });
}

// The head of the mail that is answered, as Outlook puts it.
bool head_at(const Lines& lines, std::size_t at) {
  static constexpr std::array<std::string_view, 4> kFrom{"Fra:", "From:", "Fra :", "Frå:"};
  static constexpr std::array<std::string_view, 4> kSent{"Sendt:", "Sent:", "Dato:", "Date:"};
  const std::string_view line = trimmed(lines[at]);
  if (line.starts_with("-----Original") || line.starts_with("----- Original") ||
      line.starts_with("-----Opprinnelig") || line.starts_with("----- Opprinnelig"))
    return true;
  if (!begins_with_one_of(line, kFrom)) return false;
  const std::size_t end = std::min(at + kHeaderLines, lines.size());
  return std::any_of(lines.begin() + static_cast<std::ptrdiff_t>(at) + 1,
                     lines.begin() + static_cast<std::ptrdiff_t>(end), [&](std::string_view other) {
                       return begins_with_one_of(trimmed(other), kSent);
                     });
}

bool is_rule(std::string_view line) {
  const std::string_view text = trimmed(line);
  return text.size() >= 10 && text.find_first_not_of("_-") == text.npos;
}

// Nothing of the sender's own between quoted lines: an answer above, the answered mail below.
bool only_a_tail(const Lines& lines, std::size_t from) {
  const auto begin = lines.begin() + static_cast<std::ptrdiff_t>(from);
  const bool marked = std::any_of(begin, lines.end(), quoted);
  return !marked || std::all_of(begin, lines.end(),
                                [](std::string_view line) { return blank(line) || quoted(line); });
}

std::size_t own_lines(const Lines& lines) {
  for (std::size_t at = 0; at < lines.size(); ++at) {
    if (head_at(lines, at)) return at;
    const std::size_t count = attribution_at(lines, at);
    if (count != 0 && only_a_tail(lines, at + count)) return at;
  }
  std::size_t end = lines.size();
  while (end > 0 && (blank(lines[end - 1]) || quoted(lines[end - 1]))) --end;
  return end;
}

}  // namespace

std::string without_quoted_tail(std::string_view text) {
  const Lines lines = lines_of(text);
  std::size_t end = own_lines(lines);
  while (end > 0 && (blank(lines[end - 1]) || is_rule(lines[end - 1]))) --end;
  std::string own;
  for (std::size_t at = 0; at < (end == 0 ? lines.size() : end); ++at) {
    if (at > 0) own += '\n';
    own += lines[at];
  }
  const auto last = own.find_last_not_of(" \n\t\r");
  own.erase(last == std::string::npos ? 0 : last + 1);
  return own;
}

}  // namespace saksbro::codec
