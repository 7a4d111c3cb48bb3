// Signals of values that a field of a ticket has given another value. Internal to core.
#pragma once

#include <vector>

#include "bridge/core/decision/decision_builder.h"
#include "bridge/core/model/ticket_change.h"

namespace saksbro::core {

// Hears the signals of values that a field of this ticket has just given another value. `before`:
// the case before the ticket was looked at.
void hear_changed_values(DecisionBuilder& builder, const Case& before, const Ticket& ticket,
                         const std::vector<AttributedChange>& news);

}  // namespace saksbro::core
