// A status that a person set on the desk's ticket before it counted, and that still stands there:
// LUKKET before the end user has confirmed, where the tracker does not let it be taken back.
// Internal to core.
#pragma once

#include "bridge/core/decision/transitions.h"

namespace saksbro::core {

// Called for a move that the process does not allow now.
void keep_unheard(DecisionBuilder& builder, const SignalEvent& heard);

}  // namespace saksbro::core
