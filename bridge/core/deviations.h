// Moves that the process does not allow. Internal to core.
#pragma once

#include "bridge/core/steps.h"

namespace saksbro::core {

// A signal that no transition takes now; `other_role_may`: another role could. Allowed, listed, or
// taken back, as the process says.
void not_possible(Unfolding& unfolding, const Heard& heard, bool other_role_may);

}  // namespace saksbro::core
