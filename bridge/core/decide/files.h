// Files of one ticket that come onto others, by the mapping's rules. First their bytes are fetched
// into the spool, then one comment brings those of one ticket that are there. Internal to core.
#pragma once

#include "bridge/core/decision/decision_builder.h"

namespace saksbro::core {

// What is missing on each of the case's tickets is asked for, or sent.
void sync_files(DecisionBuilder& b);

// A file has been fetched, or will not come.
void file_settled(DecisionBuilder& b, const CommandResult& settled);

// What comments of ours have brought onto the ticket that is looked at goes nowhere from there.
void leave_own_files(DecisionBuilder& b, const Ticket& ticket);

// The ticket was there before it was the case's: what it has already goes nowhere.
void leave_files(DecisionBuilder& b, const Ticket& ticket);

}  // namespace saksbro::core
