// Deadlines that have come go into the inbox like everything else.
#pragma once

#include "bridge/run/observe/clock.h"
#include "bridge/store/store.h"

namespace saksbro::run {

// Says how many came due.
[[nodiscard]] Result<int> fire_due_timers(store::Store& store, const Clock& clock);

}  // namespace saksbro::run
