// When people work: the clock of a zone, working hours, public holidays and own days. A value that
// load fills once; everything here is pure, total, and safe from any thread.
//
// An empty Calendar is UTC with all time working, so that a mapping without a calendar works.
// Working time is time that really passes: a night shift over the change to summer time is an hour
// shorter. Times before 1900 and after 2200 count as the nearest time between.
#pragma once

#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "bridge/contract/time.h"
#include "bridge/core/text/language.h"

namespace saksbro::core {

// What a clock on the wall shows; no Instant until a Calendar says where the wall is.
using LocalTime = std::chrono::local_time<std::chrono::milliseconds>;
using LocalDay = std::chrono::local_days;

struct ZoneOffset {
  Instant from{};                // until the next one
  std::chrono::minutes ahead{};  // of UTC: 60 in the Norwegian winter
  friend bool operator==(const ZoneOffset&, const ZoneOffset&) = default;
};

struct DayHours {  // since midnight on the local clock; `closes` is at most 24:00
  std::chrono::minutes opens{};
  std::chrono::minutes closes{};
  friend bool operator==(const DayHours&, const DayHours&) = default;
};

enum class Holidays { none, norway };

struct Calendar {
  using Week = std::array<std::optional<DayHours>, 7>;  // Monday first; none: closed

  std::string zone = "UTC";
  std::vector<ZoneOffset> offsets;  // by time; the first holds before it, too. Empty: UTC
  std::optional<Week> week;         // none: every hour of every day
  Holidays holidays = Holidays::none;
  // Days that differ; none: closed. Hours that come each year open no weekend and no holiday; a
  // date stands above everything else.
  std::map<std::chrono::month_day, std::optional<DayHours>> yearly;
  std::map<std::chrono::year_month_day, std::optional<DayHours>> dates;

  friend bool operator==(const Calendar&, const Calendar&) = default;
};

[[nodiscard]] LocalTime local_time(const Calendar& calendar, Instant instant);

// The first instant at which the clock shows `local` or later. So 02:30 that does not exist (the
// clock jumps from 02:00 to 03:00) is 03:00 summer time, and of 02:30 that comes twice it is the
// first, in summer time. Later on the clock is never earlier in time.
[[nodiscard]] Instant instant_of(const Calendar& calendar, LocalTime local);

// None: no working day.
[[nodiscard]] std::optional<DayHours> hours_on(const Calendar& calendar, LocalDay day);
[[nodiscard]] bool is_working_day(const Calendar& calendar, LocalDay day);

// Zero when `to` is not after `from`.
[[nodiscard]] std::chrono::milliseconds working_time_between(const Calendar& calendar, Instant from,
                                                             Instant to);

// The first instant by which `amount` of working time has passed: at the end of a working day
// rather than at the beginning of the next. `from` itself when `amount` is not positive. Where so
// much working time never comes: the year 2200.
[[nodiscard]] Instant after_working_time(const Calendar& calendar, Instant from,
                                         std::chrono::milliseconds amount);

// For people: nb "25.11.2026 kl. 09.30", en "25 Nov 2026 09:30".
[[nodiscard]] std::string written(const Calendar& calendar, Instant instant, Language language);

}  // namespace saksbro::core
