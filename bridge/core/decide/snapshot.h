// A ticket as it is now, compared with what was last seen of it. Internal to core.
#pragma once

#include "bridge/core/decision/decision_builder.h"

namespace saksbro::core {

// Trackers count whole seconds: what was read in the same second as the change may miss a second
// one.
inline constexpr std::chrono::seconds kStampGrain{2};

// Lets the process hear what is new. `author`: who did what the history does not tell of; at a
// ticket's birth that is who registered it.
void apply_snapshot(DecisionBuilder& builder, const Ticket& ticket, const Person& author = {});

// The words of what was held back while newer things were seen: nothing else of it counts.
void apply_late_snapshot(DecisionBuilder& builder, const Ticket& ticket);

}  // namespace saksbro::core
