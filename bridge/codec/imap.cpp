#include "bridge/codec/imap.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

namespace saksbro::codec {
namespace {

constexpr std::array<std::string_view, 12> kImapMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

template <class Number>
std::optional<Number> number_from(std::string_view text) {
  Number number{};
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// "25-Nov-2026 10:05:07 +0100"; the day may be " 5".
std::optional<Instant> time_from(std::string_view text) {
  if (text.size() != 26) return std::nullopt;
  if (text[0] == ' ') text.remove_prefix(1);
  const auto dash = text.find('-');
  const auto day = number_from<unsigned>(text.substr(0, dash));
  if (!day || dash == text.npos || text.size() != dash + 24) return std::nullopt;
  text.remove_prefix(dash + 1);
  const auto month = std::find(kImapMonths.begin(), kImapMonths.end(), text.substr(0, 3));
  const auto year = number_from<int>(text.substr(4, 4));
  const auto hour = number_from<int>(text.substr(9, 2));
  const auto minute = number_from<int>(text.substr(12, 2));
  const auto second = number_from<int>(text.substr(15, 2));
  const auto zone_hour = number_from<int>(text.substr(19, 2));
  const auto zone_minute = number_from<int>(text.substr(21, 2));
  if (month == kImapMonths.end() || !year || !hour || !minute || !second || !zone_hour ||
      !zone_minute)
    return std::nullopt;
  const std::chrono::year_month_day date(
      std::chrono::year(*year),
      std::chrono::month(static_cast<unsigned>(month - kImapMonths.begin()) + 1),
      std::chrono::day(*day));
  if (!date.ok()) return std::nullopt;
  const std::chrono::minutes zone(*zone_hour * 60 + *zone_minute);
  return std::chrono::sys_days(date) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
         std::chrono::seconds(*second) - (text[18] == '-' ? -zone : zone);
}

// Reads what stands in the parentheses of one FETCH.
class FetchScanner {
 public:
  explicit FetchScanner(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool at(char c) const { return rest_.starts_with(c); }
  void skip_blanks() { rest_.remove_prefix(std::min(rest_.find_first_not_of(' '), rest_.size())); }

  // "UID", "BODY[HEADER.FIELDS (FROM)]<0>"
  std::string_view name() {
    std::size_t end = 0;
    int brackets = 0;
    while (end < rest_.size() && rest_[end] != '\r' &&
           (brackets > 0 || (rest_[end] != ' ' && rest_[end] != ')'))) {
      if (rest_[end] == '[') ++brackets;
      if (rest_[end] == ']') --brackets;
      ++end;
    }
    return take(end);
  }

  std::optional<std::string> value() {
    if (at('"')) return quoted();
    if (at('{')) return literal();
    if (at('(')) return list();
    const std::string_view word = take(std::min(rest_.find_first_of(" )\r"), rest_.size()));
    if (word.empty()) return std::nullopt;
    return std::string(word == "NIL" ? "" : word);
  }

  [[nodiscard]] std::string_view rest() const { return rest_; }

 private:
  std::string_view take(std::size_t count) {
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(taken.size());
    return taken;
  }

  std::optional<std::string> quoted() {
    std::string text;
    for (std::size_t i = 1; i < rest_.size(); ++i) {
      if (rest_[i] == '"') {
        take(i + 1);
        return text;
      }
      if (rest_[i] == '\\' && i + 1 < rest_.size()) ++i;
      text += rest_[i];
    }
    return std::nullopt;
  }

  std::optional<std::string> literal() {
    const auto close = rest_.find("}\r\n");
    const auto size =
        close == rest_.npos ? std::nullopt : number_from<std::size_t>(rest_.substr(1, close - 1));
    if (!size || *size > rest_.size() - close - 3) return std::nullopt;
    take(close + 3);
    return std::string(take(*size));
  }

  // Of flags and the like: nothing that anybody asked for.
  std::optional<std::string> list() {
    const auto close = rest_.find(')');
    if (close == rest_.npos) return std::nullopt;
    take(close + 1);
    return "";
  }

  std::string_view rest_;
};

// Moves past one FETCH's parentheses; nothing when they are not what they should be.
std::optional<ImapFetched> fetched(FetchScanner& scanner) {
  ImapFetched one;
  for (;;) {
    scanner.skip_blanks();
    if (scanner.at(')')) return one;
    const std::string name(scanner.name());
    scanner.skip_blanks();
    auto value = scanner.value();
    if (name.empty() || !value) return std::nullopt;
    if (name == "UID") one.uid = number_from<std::uint32_t>(*value).value_or(0);
    if (name == "RFC822.SIZE") one.size = number_from<std::uint64_t>(*value);
    if (name == "INTERNALDATE") one.received = time_from(*value);
    if (name.starts_with("BODY[")) one.body = std::move(*value);
  }
}

std::string_view line_of(std::string_view text) { return text.substr(0, text.find("\r\n")); }

void next_line(std::string_view& text) {
  const auto end = text.find("\r\n");
  text.remove_prefix(end == text.npos ? text.size() : end + 2);
}

}  // namespace

std::vector<ImapFetched> read_fetched(std::string_view lines) {
  std::vector<ImapFetched> all;
  while (!lines.empty()) {
    const std::string_view line = line_of(lines);
    const auto open = line.find(" FETCH (");
    if (line.starts_with("* ") && open != line.npos) {
      FetchScanner scanner(lines.substr(open + 8));
      auto one = fetched(scanner);
      if (one && one->uid != 0) all.push_back(std::move(*one));
      lines = scanner.rest();
    }
    next_line(lines);
  }
  return all;
}

std::vector<std::uint32_t> read_search(std::string_view lines) {
  std::vector<std::uint32_t> numbers;
  for (; !lines.empty(); next_line(lines)) {
    std::string_view line = line_of(lines);
    if (!line.starts_with("* SEARCH")) continue;
    line.remove_prefix(8);
    while (!line.empty()) {
      const auto end = std::min(line.find(' '), line.size());
      if (const auto number = number_from<std::uint32_t>(line.substr(0, end)))
        numbers.push_back(*number);
      line.remove_prefix(std::min(end + 1, line.size()));
    }
  }
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  return numbers;
}

std::string imap_date(Instant instant) {
  const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(instant));
  return std::to_string(static_cast<unsigned>(date.day())) + "-" +
         std::string(kImapMonths.at(static_cast<unsigned>(date.month()) - 1)) + "-" +
         std::to_string(static_cast<int>(date.year()));
}

}  // namespace saksbro::codec
