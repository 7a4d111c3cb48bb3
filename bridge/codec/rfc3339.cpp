#include "bridge/codec/rfc3339.h"

#include <algorithm>
#include <array>

#include "bridge/contract/ascii.h"

namespace saksbro::codec {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

// Takes a text apart from its front. After the first thing that is not there, nothing is.
class TimeScanner {
 public:
  explicit TimeScanner(std::string_view text) : rest_(text) {}

  int digits(std::size_t count, int most) {
    int number = 0;
    for (std::size_t i = 0; i < count; ++i) number = number * 10 + digit();
    if (number > most) good_ = false;
    return number;
  }

  bool take_if(std::string_view any_of) {
    if (!good_ || rest_.empty() || any_of.find(rest_.front()) == std::string_view::npos)
      return false;
    rest_.remove_prefix(1);
    return true;
  }

  void take(std::string_view any_of) { good_ = take_if(any_of); }

  std::string_view word(std::size_t length) {
    const std::string_view taken = rest_.substr(0, length);
    if (taken.size() < length) good_ = false;
    rest_.remove_prefix(taken.size());
    return taken;
  }

  bool at_digit() const { return !rest_.empty() && is_digit(rest_.front()); }
  bool at_end() const { return rest_.empty(); }
  bool good() const { return good_; }
  void spoil() { good_ = false; }

 private:
  int digit() {
    if (!good_ || !at_digit()) {
      good_ = false;
      return 0;
    }
    const int value = rest_.front() - '0';
    rest_.remove_prefix(1);
    return value;
  }

  std::string_view rest_;
  bool good_ = true;
};

Instant day_of(TimeScanner& scan, int year, int month, int day) {
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) scan.spoil();
  return date.ok() ? Instant(std::chrono::sys_days(date)) : Instant{};
}

// A leap second (60) is read as the first second of the next minute.
milliseconds clock_of(TimeScanner& scan) {
  const int hour = scan.digits(2, 23);
  scan.take(":");
  const int minute = scan.digits(2, 59);
  scan.take(":");
  return hours(hour) + minutes(minute) + seconds(scan.digits(2, 60));
}

// Digits beyond the milliseconds are cut off.
milliseconds fraction_of(TimeScanner& scan) {
  if (!scan.take_if(".")) return milliseconds(0);
  int unit = 100;
  int count = scan.digits(1, 9) * unit;
  while (scan.good() && scan.at_digit()) {
    unit /= 10;
    count += scan.digits(1, 9) * unit;
  }
  return milliseconds(count);
}

minutes offset_of(TimeScanner& scan) {
  if (scan.take_if("Zz")) return minutes(0);
  const bool behind = scan.take_if("-");
  if (!behind) scan.take("+");
  minutes offset = hours(scan.digits(2, 23));
  const bool colon = scan.take_if(":");
  if (colon || scan.at_digit()) offset += minutes(scan.digits(2, 59));
  return behind ? -offset : offset;
}

std::string padded(int number, std::size_t width) {
  const std::string digits = std::to_string(number);
  return std::string(width - std::min(width, digits.size()), '0') + digits;
}

std::string written(Instant instant, bool with_fraction) {
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(instant - day);
  std::string text = padded(static_cast<int>(date.year()), 4) + '-' +
                     padded(static_cast<int>(static_cast<unsigned>(date.month())), 2) + '-' +
                     padded(static_cast<int>(static_cast<unsigned>(date.day())), 2) + 'T' +
                     padded(static_cast<int>(clock.hours().count()), 2) + ':' +
                     padded(static_cast<int>(clock.minutes().count()), 2) + ':' +
                     padded(static_cast<int>(clock.seconds().count()), 2);
  if (with_fraction) text += '.' + padded(static_cast<int>(clock.subseconds().count()), 3);
  return text + 'Z';
}

constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 7> kWeekdays{"Mon", "Tue", "Wed", "Thu",
                                                    "Fri", "Sat", "Sun"};

int month_of(TimeScanner& scan) {
  const auto* found = std::find(kMonths.begin(), kMonths.end(), scan.word(3));
  if (found == kMonths.end()) scan.spoil();
  return static_cast<int>(found - kMonths.begin()) + 1;
}

}  // namespace

std::optional<Instant> parse_rfc3339(std::string_view text) {
  TimeScanner scan(text);
  const int year = scan.digits(4, 9999);
  scan.take("-");
  const int month = scan.digits(2, 12);
  scan.take("-");
  const Instant day = day_of(scan, year, month, scan.digits(2, 31));
  scan.take("Tt ");
  const milliseconds clock = clock_of(scan);
  const milliseconds fraction = fraction_of(scan);
  const minutes offset = offset_of(scan);
  if (!scan.good() || !scan.at_end()) return std::nullopt;
  return day + clock + fraction - offset;
}

std::string write_rfc3339(Instant instant) { return written(instant, true); }

std::string write_rfc3339_seconds(Instant instant) { return written(instant, false); }

// The form that servers must send. The two obsolete forms are read as no date: whoever asks has
// something to fall back on.
std::optional<Instant> parse_http_date(std::string_view text) {
  TimeScanner scan(text);
  if (std::find(kWeekdays.begin(), kWeekdays.end(), scan.word(3)) == kWeekdays.end()) scan.spoil();
  scan.take(",");
  scan.take(" ");
  const int day = scan.digits(2, 31);
  scan.take(" ");
  const int month = month_of(scan);
  scan.take(" ");
  const Instant date = day_of(scan, scan.digits(4, 9999), month, day);
  scan.take(" ");
  const milliseconds clock = clock_of(scan);
  if (scan.word(4) != " GMT" || !scan.good() || !scan.at_end()) return std::nullopt;
  return date + clock;
}

}  // namespace saksbro::codec
