// A status that a person set on the desk's ticket before it counted, and that still stands there:
// LUKKET before the end user has confirmed, where the tracker does not let it be taken back.
// Internal to core.
#pragma once

#include "bridge/core/steps.h"

namespace saksbro::core {

// Called for a move that the process does not allow now.
void keep_unheard(Unfolding& unfolding, const Heard& heard);

// Hears what was kept, once the case has come to where it counts. Each is heard once at most; one
// that the ticket does not show any more, or that a write of ours is about to change, never.
void hear_what_stands(Unfolding& unfolding);

}  // namespace saksbro::core
