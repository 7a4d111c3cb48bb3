// The log: one JSON line an event, with case and delivery ids. No secret, no personal data, and
// nothing from outside unescaped: a forged line break would forge a line (docs/libraries.md 7).
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace saksbro::run::log {

// A text, a whole number or a yes and no: each as JSON has it, so that who reads the log can count
// and compare.
class Value {
 public:
  // NOLINTBEGIN(google-explicit-constructor): a field is given as it is.
  Value(std::string text) : value_(std::move(text)) {}
  Value(const char* text) : value_(std::string(text)) {}
  Value(std::same_as<bool> auto flag) : value_(flag) {}
  template <std::integral Number>
  requires(!std::same_as<Number, bool>) Value(Number number)
      : value_(static_cast<std::int64_t>(number)) {}
  // NOLINTEND(google-explicit-constructor)

  [[nodiscard]] const std::string* text() const { return std::get_if<std::string>(&value_); }
  [[nodiscard]] std::string json() const;  // escaped, and cut at 2 kB
  friend auto operator<=>(const Value&, const Value&) = default;

 private:
  std::variant<std::string, std::int64_t, bool> value_;
};

using Field = std::pair<std::string_view, Value>;

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
