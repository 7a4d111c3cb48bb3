// Who may read what we write. Internal to core.
#pragma once

#include "bridge/core/model/mapping.h"

namespace saksbro::core {

// An answer is for whoever may read the question; at another party's system it stays internal.
[[nodiscard]] Visibility answered_for(const SystemMapping& system, Visibility asked);

}  // namespace saksbro::core
