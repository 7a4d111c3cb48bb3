// A status that a person set before it counted is heard once it does. Internal to core.
#pragma once

#include "bridge/core/decision/decision_builder.h"

namespace saksbro::core {

// Hears what was kept, once the case has come to where it counts. Each is heard once at most; one
// that the ticket does not show any more, or that a write of ours is about to change, never.
void hear_what_stands(DecisionBuilder& builder);

}  // namespace saksbro::core
