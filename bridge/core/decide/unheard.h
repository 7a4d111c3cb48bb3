// A status that a person set on the desk's ticket before it counted, and that still stands there:
// LUKKET before the end user has confirmed, where the tracker does not let it be taken back.
// Internal to core.
#pragma once

#include <optional>
#include <string>

#include "bridge/core/decision/transitions.h"

namespace saksbro::core {

// Called for a move that the process does not allow now.
void keep_unheard(DecisionBuilder& builder, const SignalEvent& heard);

// What is kept, a line each.
struct Unheard {
  std::string word;  // the status as the ticket shows it
  std::string signal;
  std::string role;
  Person by;
};

// None: nothing is kept of that ticket.
[[nodiscard]] std::optional<Unheard> kept_unheard(const Case& state, const SystemName& at);

}  // namespace saksbro::core
