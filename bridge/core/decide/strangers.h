// Tickets that belong to no case, and which of them start one. Internal to core.
#pragma once

#include "bridge/core/decision/decision_builder.h"

namespace saksbro::core {

// It was registered before Saksbro began to serve that system.
[[nodiscard]] bool was_there_before(const Ticket& ticket, const Surroundings& around);

// A person with a role there has asked for a case on it: "/sak start".
[[nodiscard]] bool is_asked_for(const Mapping& mapping, const Process& process,
                                const SystemName& at, const Ticket& ticket);

// Whether `begin` is for this ticket: one that is older than Saksbro must be asked for.
[[nodiscard]] bool begins_with(const Mapping& mapping, const Process& process, const Begin& begin,
                               const Ticket& ticket, const Surroundings& around);

// It has come to the end of a case's life without us.
[[nodiscard]] bool is_over(const Mapping& mapping, const Process& process, const SystemName& at,
                           const Ticket& ticket);

// The ticket's history is not replayed. What its status says today counts, once, where the case can
// hear it: as said by the one who set it.
void hear_standing_status(DecisionBuilder& builder, const Ticket& ticket);

}  // namespace saksbro::core
