#include "bridge/core/time/calendar.h"

#include <algorithm>

#include "bridge/core/time/holidays.h"

namespace saksbro::core {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::month_day;
using std::chrono::year_month_day;

constexpr Instant kEarliest{std::chrono::sys_days{std::chrono::year{1900} / 1 / 1}};
constexpr Instant kLatest{std::chrono::sys_days{std::chrono::year{2200} / 1 / 1}};
constexpr DayHours kAllDay{minutes(0), hours(24)};

Instant within_reach(Instant instant) { return std::clamp(instant, kEarliest, kLatest); }

// The entry that holds at `instant`; never called on an empty table.
std::vector<ZoneOffset>::const_iterator entry_at(const std::vector<ZoneOffset>& offsets,
                                                 Instant instant) {
  const auto next =
      std::upper_bound(offsets.begin(), offsets.end(), instant,
                       [](Instant one, const ZoneOffset& entry) { return one < entry.from; });
  return next == offsets.begin() ? next : std::prev(next);
}

std::optional<DayHours> week_hours(const Calendar& calendar, LocalDay day) {
  if (!calendar.week) return kAllDay;
  return (*calendar.week).at(std::chrono::weekday(day).iso_encoding() - 1);
}

struct Shift {
  Instant opens{};
  Instant closes{};
};

// The working time of a day in real time; both zero on a day without any.
Shift shift_on(const Calendar& calendar, LocalDay day) {
  const auto open = hours_on(calendar, day);
  if (!open) return {};
  return {instant_of(calendar, day + open->opens), instant_of(calendar, day + open->closes)};
}

std::string two_digits(unsigned number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

}  // namespace

LocalTime local_time(const Calendar& calendar, Instant instant) {
  const Instant near = within_reach(instant);
  const minutes ahead =
      calendar.offsets.empty() ? minutes(0) : entry_at(calendar.offsets, near)->ahead;
  return LocalTime(near.time_since_epoch() + ahead);
}

Instant instant_of(const Calendar& calendar, LocalTime local) {
  const Instant as_utc = within_reach(Instant(local.time_since_epoch()));
  if (calendar.offsets.empty()) return as_utc;
  // No zone is a day or more away from UTC: the answer lies in this entry or in one soon after.
  auto entry = entry_at(calendar.offsets, as_utc - days(1));
  Instant found = as_utc - entry->ahead;
  for (auto next = std::next(entry); next != calendar.offsets.end() && found >= next->from;
       ++next) {
    found = std::max(next->from, as_utc - next->ahead);
  }
  return found;
}

std::optional<DayHours> hours_on(const Calendar& calendar, LocalDay day) {
  const year_month_day date(day);
  const auto dated = calendar.dates.find(date);
  if (dated != calendar.dates.end()) return dated->second;
  if (calendar.holidays == Holidays::norway && is_norwegian_holiday(date)) return std::nullopt;
  const auto ordinary = week_hours(calendar, day);
  const auto yearly = calendar.yearly.find(date.month() / date.day());
  return ordinary && yearly != calendar.yearly.end() ? yearly->second : ordinary;
}

bool is_working_day(const Calendar& calendar, LocalDay day) {
  return hours_on(calendar, day).has_value();
}

milliseconds working_time_between(const Calendar& calendar, Instant from, Instant to) {
  from = within_reach(from);
  to = within_reach(to);
  milliseconds sum{0};
  // A day more at each end: a clock that is put back over midnight shows a date twice.
  const LocalDay last = floor<days>(local_time(calendar, to)) + days(1);
  for (LocalDay day = floor<days>(local_time(calendar, from)) - days(1); day <= last;
       day += days(1)) {
    const Shift shift = shift_on(calendar, day);
    const auto part = std::min(shift.closes, to) - std::max(shift.opens, from);
    sum += std::max(part, milliseconds(0));
  }
  return sum;
}

Instant after_working_time(const Calendar& calendar, Instant from, milliseconds amount) {
  from = within_reach(from);
  if (amount <= milliseconds(0)) return from;
  const LocalDay last = floor<days>(local_time(calendar, kLatest));
  for (LocalDay day = floor<days>(local_time(calendar, from)) - days(1); day <= last;
       day += days(1)) {
    const Shift shift = shift_on(calendar, day);
    const Instant begin = std::max(shift.opens, from);
    if (shift.closes <= begin) continue;
    if (shift.closes - begin >= amount) return begin + amount;
    amount -= shift.closes - begin;
  }
  return kLatest;
}

std::string written(const Calendar& calendar, Instant instant, Language language) {
  static constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const LocalTime local = local_time(calendar, instant);
  const year_month_day date(floor<days>(local));
  const std::chrono::hh_mm_ss clock(local - floor<days>(local));
  const auto month = static_cast<unsigned>(date.month());
  const std::string day = two_digits(static_cast<unsigned>(date.day()));
  const std::string year = std::to_string(static_cast<int>(date.year()));
  const std::string hour = two_digits(static_cast<unsigned>(clock.hours().count()));
  const std::string minute = two_digits(static_cast<unsigned>(clock.minutes().count()));
  if (language == Language::nb)
    return day + "." + two_digits(month) + "." + year + " kl. " + hour + "." + minute;
  return std::to_string(static_cast<unsigned>(date.day())) + " " + kMonths.at(month - 1) + " " +
         year + " " + hour + ":" + minute;
}

}  // namespace saksbro::core
