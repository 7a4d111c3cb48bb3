// Answers that are not heard yet. "Tjenesten er startet på nytt." and the status "løst" a moment
// later are two acts and one message: passed on at once, the words would stand at the desk twice,
// as an answer and as the solution. Internal to core.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "bridge/core/decision/decision_builder.h"
#include "bridge/core/model/ticket_change.h"

namespace saksbro::core {

// The comments among `news` that wait for a status which would take their words. The ticket is
// looked at again when the time is over.
[[nodiscard]] std::set<std::string> pending_answers(DecisionBuilder& builder,
                                                    const std::vector<TicketChange>& news,
                                                    const Ticket& ticket);

[[nodiscard]] std::string answer_timer(const SystemName& at);
// Whether the timer is one of those, and what follows when it has come.
[[nodiscard]] bool is_answer_timer(const std::string& name);
bool answer_timer_came(DecisionBuilder& builder, const std::string& name);

}  // namespace saksbro::core
