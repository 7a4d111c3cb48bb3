// What is written about time: the calendar of the configuration, and spans anywhere.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "bridge/contract/error.h"
#include "bridge/contract/settings.h"
#include "bridge/core/time/calendar.h"
#include "bridge/core/time/span.h"

namespace saksbro::load {

// `calendar:` of config/saksbro.yaml. With errors, what could be read.
[[nodiscard]] core::Calendar read_calendar(const Setting& map, Errors& errors);

// "4h", "8 working hours", "3 working days"; none, and an error that shows the forms.
[[nodiscard]] std::optional<core::Span> read_span(const Setting& setting, Errors& errors);

// "2026-01-31"; none: no such day.
[[nodiscard]] std::optional<std::chrono::local_days> parse_day(std::string_view text);

}  // namespace saksbro::load
