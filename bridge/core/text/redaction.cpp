#include "bridge/core/text/redaction.h"

#include <array>
#include <cstddef>
#include <optional>

#include "bridge/contract/ascii.h"

namespace saksbro::core {
namespace {

constexpr std::size_t kDigits = 11;
constexpr const char* kMask = "***********";
// A number is never broken into more than this many separators in a row: ". " or "\r\n".
constexpr std::size_t kSeparatorsMost = 2;

using Number = std::array<int, kDigits>;

// The length of a separator at `at`; 0 when there is none. A no-break space is two bytes of UTF-8.
std::size_t separator_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  const char letter = text[at];
  if (letter == ' ' || letter == '.' || letter == '-' || letter == '\n' || letter == '\r' ||
      letter == '\t') {
    return 1;
  }
  return text.substr(at, 2) == "\xC2\xA0" ? 2 : 0;
}

struct Found {
  Number number;
  std::size_t end;
};

// Eleven digits from `at` on, separators between them allowed, no twelfth digit after them.
std::optional<Found> digits_at(std::string_view text, std::size_t at) {
  Found found{{}, at};
  std::size_t count = 0;
  std::size_t separators = 0;
  while (count < kDigits) {
    if (found.end < text.size() && is_digit(text[found.end])) {
      found.number.at(count++) = text[found.end++] - '0';
      separators = 0;
      continue;
    }
    const std::size_t skip = separator_at(text, found.end);
    if (skip == 0 || ++separators > kSeparatorsMost) return std::nullopt;
    found.end += skip;
  }
  if (found.end < text.size() && is_digit(text[found.end])) return std::nullopt;
  return found;
}

// Day + 40: D-number. Month + 40: H-number, + 65 and + 80: synthetic.
bool date_is_possible(const Number& n) {
  int day = n[0] * 10 + n[1];
  int month = n[2] * 10 + n[3];
  if (day > 40) day -= 40;
  for (const int shift : {80, 65, 40}) {
    if (month > shift) {
      month -= shift;
      break;
    }
  }
  static constexpr std::array<int, 13> kDays{0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month >= 1 && month <= 12 && day >= 1 && day <= kDays.at(static_cast<std::size_t>(month));
}

template <std::size_t N>
int remainder_of(const Number& n, const std::array<int, N>& weights) {
  int sum = 0;
  for (std::size_t i = 0; i < N; ++i) sum += weights.at(i) * n.at(i);
  return sum % 11;
}

bool check_digits_fit(const Number& n) {
  // Each row of weights ends with 1 for the check digit itself.
  static constexpr std::array<int, 10> kFirst{3, 7, 6, 1, 8, 9, 4, 5, 2, 1};
  static constexpr std::array<int, 11> kSecond{5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1};
  // 0 today; from 1 January 2032 the first check digit may leave 0 to 3 (Skatteetaten).
  return remainder_of(n, kFirst) <= 3 && remainder_of(n, kSecond) == 0;
}

}  // namespace

Redacted redact(std::string_view text) {
  Redacted redacted;
  std::size_t at = 0;
  while (at < text.size()) {
    const bool begins = is_digit(text[at]) && (at == 0 || !is_digit(text[at - 1]));
    const auto found = begins ? digits_at(text, at) : std::nullopt;
    if (found && date_is_possible(found->number) && check_digits_fit(found->number)) {
      redacted.text += kMask;
      ++redacted.count;
      at = found->end;
    } else {
      redacted.text += text[at++];
    }
  }
  return redacted;
}

}  // namespace saksbro::core
