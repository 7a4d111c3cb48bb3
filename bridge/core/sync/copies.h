// A ticket that bears the numbers of another one's case: a copy, as trackers make them. It starts
// nothing, and whoever made it is asked on it. Internal to core.
#pragma once

#include <string>

#include "bridge/core/model/decision.h"

namespace saksbro::core {

// `original`: the case; `number`: its own ticket there, where that is known.
[[nodiscard]] Decision on_copy(const Mapping& mapping, const SystemName& at, const Ticket& ticket,
                               const std::string& original, const std::string& number);

}  // namespace saksbro::core
