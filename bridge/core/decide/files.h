// Files of one ticket that come onto others, by the mapping's rules. First their bytes are fetched
// into the spool, then one comment brings those of one ticket that are there. Internal to core.
#pragma once

#include <string>

#include "bridge/core/decision/decision_builder.h"

namespace saksbro::core {

// What is missing on each of the case's tickets is asked for, or sent. Of a case that is closed,
// what was not sent is named.
void sync_files(DecisionBuilder& b);

// Before what a ticket shows is taken in: files that were there before a rule of the mapping was in
// force go nowhere by it, as tickets that were there before Saksbro start no case.
void take_up_file_rules(DecisionBuilder& b);

// The time has come to send without waiting for the rest. False: it is another timer.
[[nodiscard]] bool file_timer_came(DecisionBuilder& b, const std::string& name);

// A file has been fetched, or will not come; a comment with files is there; a ticket was looked at.
void file_settled(DecisionBuilder& b, const CommandResult& settled);

// What comments of ours have brought onto the ticket that is looked at goes nowhere from there, nor
// does what is older than the rules. A look that was waited for has been made.
void leave_own_files(DecisionBuilder& b, const Ticket& ticket);

// The ticket was there before it was the case's: what it has already goes nowhere.
void leave_files(DecisionBuilder& b, const Ticket& ticket);

}  // namespace saksbro::core
