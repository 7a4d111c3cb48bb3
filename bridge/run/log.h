// The log: one JSON line an event, with case and delivery ids. No secret, no personal data, and
// nothing from outside unescaped: a forged line break would forge a line (FAULTS 4.4).
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace saksbro::run::log {

using Field = std::pair<std::string_view, std::string>;

// Call once, before threads start. Level: debug, info, warn, error. Lines go to the standard
// output.
void start(const std::string& level);

// `event` is a name, "delivery.stored"; the values are escaped and cut at 2 kB.
void debug(std::string_view event, std::initializer_list<Field> fields);
void info(std::string_view event, std::initializer_list<Field> fields);
void warn(std::string_view event, std::initializer_list<Field> fields);
void error(std::string_view event, std::initializer_list<Field> fields);

// For what anybody may cause from outside: equal lines within a minute are one line, with "times".
void warn_once_a_minute(std::string_view event, std::initializer_list<Field> fields);
// Writes what was held back, when its minute is over; called once a second.
void tell_repeats();

// Lines that could not be written: the disk behind the log is full, or its reader is gone.
[[nodiscard]] std::uint64_t dropped_lines();

// The line's fields as JSON, without time and level; for tests.
[[nodiscard]] std::string line(std::string_view event, std::initializer_list<Field> fields);

}  // namespace saksbro::run::log
