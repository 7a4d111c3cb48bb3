// Norwegian time for tests, made by the rule of the EU and not by the system's tz database: summer
// time from the last Sunday of March to the last of October, both at 01:00 UTC.
#pragma once

#include <string>

#include "bridge/core/time/calendar.h"

namespace saksbro::core {

[[nodiscard]] Calendar oslo_clock();   // all time works
[[nodiscard]] Calendar oslo_office();  // mon-fri 08:00-15:45, Norwegian holidays, own days

[[nodiscard]] Instant utc(const std::string& rfc3339);      // "2026-11-25T08:30:00Z", "...+01:00"
[[nodiscard]] LocalTime on_wall(const std::string& local);  // "2026-11-25 08:30"
[[nodiscard]] std::string shown(LocalTime local);           // the same
[[nodiscard]] std::string shown(Instant instant);           // "2026-11-25T08:30:00Z"

// A table row's sentence as the name of a test: "2nd of May" -> "2nd_of_May".
[[nodiscard]] std::string test_name(std::string sentence);

}  // namespace saksbro::core
