// Work that a worker holds without a sign of life goes back to the queue. The worker's own late
// outcome is refused by the fence.
#pragma once

#include <chrono>

#include "bridge/contract/error.h"
#include "bridge/run/observe/clock.h"
#include "bridge/run/observe/metrics.h"
#include "bridge/store/store.h"

namespace saksbro::run {

// With a lease of 45 s (store/lane.h), what is stuck is free again within a minute.
inline constexpr std::chrono::milliseconds kRescueEvery{5'000};

// One round; says how many commands were taken back.
[[nodiscard]] Result<int> rescue_stuck(store::Store& store, const Clock& clock, Metrics& metrics);

}  // namespace saksbro::run
