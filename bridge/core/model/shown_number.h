// The number that people know a ticket by. Internal to core.
#pragma once

#include <optional>
#include <string>

#include "bridge/core/model/case.h"
#include "bridge/core/model/mapping.h"

namespace saksbro::core {

// What people know the case's ticket there by; empty: the party has not told its number yet. None:
// the case has no ticket there.
[[nodiscard]] std::optional<std::string> shown_number(const Mapping& mapping, const Case& state,
                                                      const SystemName& at);

}  // namespace saksbro::core
