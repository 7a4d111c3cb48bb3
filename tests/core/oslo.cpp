#include "tests/core/oslo.h"

#include <cctype>
#include <stdexcept>

#include "bridge/codec/rfc3339.h"

namespace saksbro::core {

using std::chrono::hours;
using std::chrono::last;
using std::chrono::minutes;
using std::chrono::Sunday;

Calendar oslo_clock() {
  Calendar calendar;
  calendar.zone = "Europe/Oslo";
  calendar.offsets.push_back(
      {Instant(std::chrono::sys_days{std::chrono::year{2000} / 1 / 1}), minutes(60)});
  for (int number = 2000; number <= 2060; ++number) {
    const std::chrono::year year{number};
    const std::chrono::sys_days spring{year / 3 / Sunday[last]};
    const std::chrono::sys_days autumn{year / 10 / Sunday[last]};
    calendar.offsets.push_back({spring + hours(1), minutes(120)});
    calendar.offsets.push_back({autumn + hours(1), minutes(60)});
  }
  return calendar;
}

Calendar oslo_office() {
  using std::chrono::month_day;
  Calendar calendar = oslo_clock();
  const DayHours office{hours(8), hours(15) + minutes(45)};
  calendar.week = {office, office, office, office, office, std::nullopt, std::nullopt};
  calendar.holidays = Holidays::norway;
  calendar.yearly[std::chrono::December / 24] = std::nullopt;
  calendar.yearly[std::chrono::December / 31] = DayHours{hours(8), hours(12)};
  calendar.dates[std::chrono::year{2026} / 5 / 15] = std::nullopt;
  calendar.dates[std::chrono::year{2026} / 11 / 28] = DayHours{hours(10), hours(14)};
  return calendar;
}

Instant utc(const std::string& rfc3339) {
  const auto instant = codec::parse_rfc3339(rfc3339);
  if (!instant) throw std::invalid_argument(rfc3339);
  return *instant;
}

LocalTime on_wall(const std::string& local) {
  return LocalTime(utc(local + ":00Z").time_since_epoch());
}

std::string shown(LocalTime local) {
  return codec::write_rfc3339_seconds(Instant(local.time_since_epoch()))
      .replace(10, 1, " ")
      .substr(0, 16);
}

std::string shown(Instant instant) { return codec::write_rfc3339_seconds(instant); }

std::string test_name(std::string sentence) {
  for (char& letter : sentence) {
    if (std::isalnum(static_cast<unsigned char>(letter)) == 0) letter = '_';
  }
  return sentence;
}

}  // namespace saksbro::core
