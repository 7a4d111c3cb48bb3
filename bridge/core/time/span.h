// A length of time as a mapping gives it: plain, or counted in the working time of the mapping's
// calendar. Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "bridge/contract/time.h"
#include "bridge/core/text/language.h"
#include "bridge/core/time/calendar.h"

namespace saksbro::core {

struct Span {
  enum class Kind { plain, working_time, working_days } kind = Kind::plain;
  std::chrono::milliseconds length{};  // plain, working_time
  int days = 0;                        // working_days

  friend bool operator==(const Span&, const Span&) = default;
};

// The end of a span that begins at `from`. A working day is as much working time as an ordinary day
// of the calendar has: "1 working day" from Friday 10:00 ends on Monday 10:00.
[[nodiscard]] Instant later(const Calendar& calendar, Instant from, const Span& span);

// The working time of the calendar's ordinary day: what most days of the week that have any have;
// of two lengths that are as frequent, the longer. All time working: 24 hours.
[[nodiscard]] std::chrono::milliseconds ordinary_day(const Calendar& calendar);

// "15m", "4h", "2d", and "8 working hours", "3 working days", "45 working minutes"; none otherwise.
[[nodiscard]] std::optional<Span> parse_span(std::string_view text);

// For people: "8 working hours", "8 arbeidstimer"; "2 days", "2 døgn"; "15 minutes", "15 minutter".
// In the largest unit that leaves no rest.
[[nodiscard]] std::string written(const Span& span, Language language);

}  // namespace saksbro::core
