#include "bridge/contract/own_words.h"

#include <algorithm>
#include <array>

#include "bridge/contract/quotation_heads.h"

namespace saksbro {
namespace {

std::vector<std::string_view> lines_in(std::string_view text) {
  std::vector<std::string_view> lines;
  while (true) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
    if (end == text.npos) return lines;
    text.remove_prefix(end + 1);
  }
}

std::string trimmed(const std::string& line) {
  const auto first = line.find_first_not_of(" \t");
  if (first == line.npos) return {};
  return line.substr(first, line.find_last_not_of(" \t") - first + 1);
}

// "```", "```log", "~~~~": how long it is, and 0 for no such line.
std::size_t fence_length(std::string_view line) {
  if (!line.starts_with("```") && !line.starts_with("~~~")) return 0;
  const std::size_t length = std::min(line.find_first_not_of(line.front()), line.size());
  return line.find('`', length) == line.npos ? length : 0;  // else: code within one line
}

bool is_rule(std::string_view line) {
  return line.size() >= 10 && line.find_first_not_of("_-") == line.npos;
}

// Goes through the lines once. A quotation without marks goes on to the end of the text; one with
// ">" ends with its last line.
class Reading {
 public:
  explicit Reading(std::string_view text) : lines_(lines_in(text)) {
    for (const std::string_view line : lines_) plain_.push_back(trimmed(with_plain_blanks(line)));
    voices_.resize(lines_.size(), Voice::own);
    find_quoted_below();
  }

  std::vector<SpokenLine> lines() {
    for (std::size_t at = 0; at < lines_.size();) at += read(at);
    std::vector<SpokenLine> spoken;
    for (std::size_t at = 0; at < lines_.size(); ++at) spoken.push_back({lines_[at], voices_[at]});
    return spoken;
  }

 private:
  [[nodiscard]] bool quoted(std::size_t at) const { return plain_[at].starts_with('>'); }

  // Of each line: is the next one below that is not blank a quoted one?
  void find_quoted_below() {
    quoted_below_.resize(lines_.size(), false);
    for (std::size_t at = lines_.size(); at-- > 1;) {
      quoted_below_[at - 1] = plain_[at].empty() ? quoted_below_[at] : quoted(at);
    }
  }

  // How many lines have got their voice.
  std::size_t read(std::size_t at) {
    if (const std::size_t fence = fence_length(plain_[at]); fence > 0) return code(at, fence);
    if (quoted(at)) return say(at, 1, Voice::quotation);
    if (begins_a_forwarded_mail(plain_[at]) || mail_head_at(plain_, at)) return rest(at);
    if (const std::size_t count = attribution_at(plain_, at); count > 0) {
      if (!quoted_below_[at + count - 1]) return rest(at);
      return say(at, count, Voice::quotation);
    }
    if (quoted_below_[at] && names_a_writer(plain_[at])) return say(at, 1, Voice::quotation);
    if (plain_[at] == "--") own_ = Voice::signature;
    return say(at, 1, own_);
  }

  std::size_t code(std::size_t at, std::size_t fence) {
    std::size_t end = at + 1;
    while (end < lines_.size() && !closes(plain_[end], plain_[at].front(), fence)) ++end;
    return say(at, std::min(end + 1, lines_.size()) - at, own_ == Voice::own ? Voice::code : own_);
  }

  static bool closes(const std::string& line, char mark, std::size_t fence) {
    return line.size() >= fence && line.find_first_not_of(mark) == line.npos;
  }

  std::size_t rest(std::size_t at) { return say(at, lines_.size() - at, Voice::quotation); }

  std::size_t say(std::size_t at, std::size_t count, Voice voice) {
    for (std::size_t i = at; i < at + count; ++i) voices_[i] = voice;
    return count;
  }

  std::vector<std::string_view> lines_;
  PlainLines plain_;
  std::vector<Voice> voices_;
  std::vector<bool> quoted_below_;
  Voice own_ = Voice::own;
};

bool is_blank(const SpokenLine& line) { return trimmed(with_plain_blanks(line.text)).empty(); }

bool is_writers(const SpokenLine& line) {
  return line.voice == Voice::own || line.voice == Voice::code;
}

using Iterator = std::vector<SpokenLine>::const_iterator;

std::string joined_lines(Iterator first, Iterator last, bool only_the_writers) {
  std::string text;
  for (bool begun = false; first != last; ++first) {
    if (only_the_writers && !is_writers(*first)) continue;
    if (begun) text += '\n';
    text += first->text;
    begun = true;
  }
  return text;
}

std::string between_blank_lines(const std::string& text) {
  const auto first = text.find_first_not_of(" \t\n");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\n") - first + 1);
}

}  // namespace

std::string with_plain_blanks(std::string_view text) {
  static constexpr std::array<std::string_view, 4> kUnseen{"\u200B", "\u2060", "\uFEFF", "\u00AD"};
  static constexpr std::array<std::string_view, 5> kSpaces{"\u00A0", "\u1680", "\u202F", "\u205F",
                                                           "\u3000"};
  std::string plain;
  plain.reserve(text.size());
  while (!text.empty()) {
    const auto next = [&](std::string_view sign) { return text.starts_with(sign); };
    // U+2000 to U+200A.
    const auto third = static_cast<unsigned char>(text.size() > 2 ? text[2] : 0);
    const bool wide = next("\xE2\x80") && third >= 0x80 && third <= 0x8A;
    const bool ascii = (text.front() & '\x80') == 0;
    if (!ascii && (wide || std::any_of(kSpaces.begin(), kSpaces.end(), next))) {
      plain += ' ';
      text.remove_prefix(text.front() == '\xC2' ? 2 : 3);
    } else if (!ascii && std::any_of(kUnseen.begin(), kUnseen.end(), next)) {
      text.remove_prefix(text.front() == '\xC2' ? 2 : 3);
    } else {
      plain += text.front();
      text.remove_prefix(1);
    }
  }
  return plain;
}

std::vector<SpokenLine> spoken_lines(std::string_view text) { return Reading(text).lines(); }

std::string own_words(std::string_view text) {
  const auto lines = spoken_lines(text);
  return between_blank_lines(joined_lines(lines.begin(), lines.end(), true));
}

std::string around_own_words(std::string_view text) {
  const auto lines = spoken_lines(text);
  const auto says = [](const SpokenLine& line) { return is_writers(line) && !is_blank(line); };
  const auto first = std::find_if(lines.begin(), lines.end(), says);
  const auto last = std::find_if(lines.rbegin(), lines.rend(), says).base();
  return first == lines.end() ? "" : between_blank_lines(joined_lines(first, last, false));
}

std::string without_quoted_tail(std::string_view text) {
  const auto lines = spoken_lines(text);
  auto end = lines.end();
  while (end != lines.begin() &&
         (std::prev(end)->voice == Voice::quotation || is_blank(*std::prev(end)))) {
    --end;
  }
  // The line that some programs draw above the quoted mail.
  while (end != lines.begin() && end != lines.end() &&
         (is_blank(*std::prev(end)) || is_rule(std::prev(end)->text))) {
    --end;
  }
  const bool nothing_left = end == lines.begin();
  std::string own = joined_lines(lines.begin(), nothing_left ? lines.end() : end, false);
  const auto last = own.find_last_not_of(" \n\t\r");
  own.erase(last == std::string::npos ? 0 : last + 1);
  return own;
}

}  // namespace saksbro
