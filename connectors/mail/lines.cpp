#include "connectors/mail/lines.h"

#include "bridge/contract/own_words.h"

namespace saksbro::mail {
namespace {

constexpr int kLinesMost = 30;
constexpr std::size_t kNameMost = 40;
constexpr std::size_t kValueMost = 200;

using Lines = std::map<std::string, std::string>;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n*";  // "*Alvorlighet:* kritisk": bold in plain text
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

// ASCII, and the Latin-1 letters of UTF-8 (ÆØÅ).
std::string lower_norwegian(std::string_view text) {
  std::string low(text);
  for (std::size_t i = 0; i < low.size(); ++i) {
    if (low[i] >= 'A' && low[i] <= 'Z') low[i] = static_cast<char>(low[i] - 'A' + 'a');
    if (low[i] != '\xC3' || i + 1 >= low.size()) continue;
    const auto next = static_cast<unsigned char>(low[++i]);
    if (next >= 0x80 && next <= 0x9E && next != 0x97) low[i] = static_cast<char>(next + 0x20);
  }
  return low;
}

// A name has no sign of a sentence, and an address ("https://...") is no line of this kind.
// False: it is none.
bool take(std::string_view line, Lines& lines) {
  const std::size_t colon = line.find(':');
  if (colon == line.npos) return false;
  const std::string_view name = trimmed(line.substr(0, colon));
  const std::string_view value = trimmed(line.substr(colon + 1));
  const bool is_name = !name.empty() && name.size() <= kNameMost &&
                       name.find_first_of("/\\<>[](){}@\"?!,;") == name.npos;
  if (!is_name || value.empty() || value.size() > kValueMost || value.starts_with("//"))
    return false;
  lines.emplace("line." + lower_norwegian(name), std::string(value));
  return true;
}

// The block that the text begins with: below it stands what people say, and a sentence with a colon
// is no line.
void take_first_block(std::string_view text, Lines& lines) {
  int count = 0;
  for (const SpokenLine& line : spoken_lines(text)) {
    if (trimmed(line.text).empty() && count == 0) continue;
    if (line.voice != Voice::own || ++count > kLinesMost) return;
    if (!take(with_plain_blanks(line.text), lines)) return;
  }
}

}  // namespace

std::map<std::string, std::string> told_lines(std::string_view subject, std::string_view text) {
  Lines lines;
  for (std::size_t open = subject.find('['); open != subject.npos;
       open = subject.find('[', open + 1)) {
    const std::size_t close = subject.find(']', open);
    if (close == subject.npos) break;
    take(subject.substr(open + 1, close - open - 1), lines);
  }
  take_first_block(text, lines);
  return lines;
}

}  // namespace saksbro::mail
