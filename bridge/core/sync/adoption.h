// Tickets at a partner that people have linked by hand, by writing its number into the field where
// Saksbro shows the partner's number. Internal to core.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "bridge/core/decision/decision_builder.h"

namespace saksbro::core {

// The numbers of a ticket in `to` that stand on the case's tickets, and that we have not written.
[[nodiscard]] std::set<std::string> written_by_people(const DecisionBuilder& builder,
                                                      const SystemName& to);

// True: people say that the case has a ticket there; it is looked at, and no other is opened.
[[nodiscard]] bool adopts(DecisionBuilder& builder, const SystemName& to, std::string_view where);

// The case waits for the look at a ticket there that people have linked by hand.
[[nodiscard]] bool is_adopting(const Case& state, const SystemName& at);

// The look has ended, and no ticket there is the case's: people are told. True: one is to be
// opened.
[[nodiscard]] bool end_adoption(DecisionBuilder& builder, const CommandResult& settled);

}  // namespace saksbro::core
