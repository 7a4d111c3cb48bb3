// What can be known of a mapping before it runs: that no activity is out of reach or a dead end,
// that every question can be answered, and that whatever is waited for can be said, and is heard.
// Pure.
#pragma once

#include "bridge/contract/error.h"
#include "bridge/core/model/mapping.h"

namespace saksbro::core {

// Everything that is wrong, each with its line of the mapping. Empty: the processes are sound.
[[nodiscard]] Errors prove(const Mapping& mapping);

}  // namespace saksbro::core
