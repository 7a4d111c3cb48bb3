// The system's tz database, read once at load: core gets a zone's offsets as a table.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bridge/core/time/calendar.h"

namespace saksbro::load {

// "Europe/Oslo" and all others; none when the machine has no tz database (Debian: tzdata).
[[nodiscard]] std::vector<std::string> zone_names();

// The offset at the beginning of 2000, and each change of it until the end of 2060. None: there is
// no such zone.
[[nodiscard]] std::optional<std::vector<core::ZoneOffset>> zone_offsets(const std::string& name);

}  // namespace saksbro::load
