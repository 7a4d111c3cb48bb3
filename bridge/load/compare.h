// `compare: 03:00` of a system. Internal to load.
#pragma once

#include <chrono>
#include <optional>

#include "bridge/contract/settings.h"

namespace saksbro::load {

// None: `never`. 03:00 when nothing is said.
[[nodiscard]] std::optional<std::chrono::minutes> read_compare(SettingsReader& reader,
                                                               const Setting& system);

}  // namespace saksbro::load
