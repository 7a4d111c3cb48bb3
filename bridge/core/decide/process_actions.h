// What activities and transitions do: tickets, comments, alerts, notices, broadcasts. Internal to
// core.
#pragma once

#include <string>
#include <vector>

#include "bridge/core/decision/decision_builder.h"

namespace saksbro::core {

void perform(DecisionBuilder& builder, const std::vector<ProcessAction>& actions,
             const std::string& said);

// No alert of the case goes out any more.
void stop_alerts(DecisionBuilder& builder);

// Opens the ticket there that an activity of the process opens: a look for one that people had
// linked by hand found none.
void open_after_all(DecisionBuilder& builder, const SystemName& at);

// The alert that a timer of this name repeats; none: the mapping has it no more.
[[nodiscard]] const Alert* alert_behind(const DecisionBuilder& builder, const std::string& timer);

}  // namespace saksbro::core
