// Case values as a system's `read:` table takes them from a ticket. Internal to core.
#pragma once

#include "bridge/core/decision/decision_builder.h"

namespace saksbro::core {

// Takes over the values that the system's `read:` table names, as they stand on a new ticket; what
// changes later is told by conflicts.h.
void keep_read_values(DecisionBuilder& builder, const Ticket& ticket);

// The same for one of them.
void keep_read_value(DecisionBuilder& builder, const Ticket& ticket, const ReadField& read);

}  // namespace saksbro::core
