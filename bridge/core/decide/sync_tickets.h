// What tickets show of a case and is kept true: status, fields, the case note. Internal to core.
#pragma once

#include <string_view>

#include "bridge/core/decision/decision_builder.h"

namespace saksbro::core {

// Shows `status` on every ticket that follows the case's status and does not show it yet.
void show_status(DecisionBuilder& builder, const Status& status, std::string_view where);

// Sends the values that a system's `write:` table names and that it has not been sent yet, and
// brings the case notes up to date.
void sync_tickets(DecisionBuilder& builder);

// Forgets that a value was sent which the new ticket does not show, though nobody has changed it
// there: a priority that the tracker does not have. It is written by itself then, and who can do
// something about it reads the tracker's refusal.
void forget_what_did_not_arrive(DecisionBuilder& builder, const Ticket& ticket);

}  // namespace saksbro::core
