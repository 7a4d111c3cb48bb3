// What a change of a ticket says in the process's words. Internal to core.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "bridge/core/decision/transitions.h"
#include "bridge/core/model/ticket_change.h"

namespace saksbro::core {

// Hears everything that `news` says. `ticket` is where words are looked for that came with a
// status.
void hear_news(DecisionBuilder& builder, const TicketChange& news, const Ticket& ticket);

// The comments whose words a move among the same `news` will take: a reply that comes with "solved"
// is the solution, and not a message of its own.
[[nodiscard]] std::set<std::string> words_of_moves(const DecisionBuilder& builder,
                                                   const std::vector<TicketChange>& news,
                                                   const Ticket& ticket);

// Whether a signal would be taken with the words beside it here and now. Where the field of its own
// is filled in, they are a message like any other.
[[nodiscard]] bool keeps_words(const DecisionBuilder& builder, const Signal& signal,
                               const Role& role);

// A signal that waited for a value which the ticket shows now is heard at last.
void hear_what_waited(DecisionBuilder& builder, const Ticket& ticket);

}  // namespace saksbro::core
