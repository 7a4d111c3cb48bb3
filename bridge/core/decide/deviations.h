// Moves that the process does not allow. Internal to core.
#pragma once

#include <vector>

#include "bridge/core/decision/transitions.h"
#include "bridge/core/model/ticket_change.h"

namespace saksbro::core {

// A signal that no transition takes now; `other_role_may`: another role could. Allowed, listed, or
// taken back, as the process says.
void not_possible(DecisionBuilder& builder, const SignalEvent& heard, bool other_role_may);

// A deviation is over when the routine goes on from that ticket, or when what was changed there is
// put right. The case note does not speak of it any more.
void end_deviation(DecisionBuilder& builder, const SignalEvent& heard);
void end_deviation(DecisionBuilder& builder, const Ticket& ticket,
                   const std::vector<AttributedChange>& news);

}  // namespace saksbro::core
