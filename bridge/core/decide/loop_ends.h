// A loop that was cut is over: the attribute is written and heard again. Internal to core.
#pragma once

#include <string>

#include "bridge/core/decision/decision_builder.h"

namespace saksbro::core {

// The attribute is heard and written again.
void end_loop(DecisionBuilder& builder, const SystemName& at, const std::string& slot,
              const Phrase& how);

void end_all_loops(DecisionBuilder& builder, const Phrase& how);

// Whether the timer is one that was set when a loop was cut; then it has been quiet for an hour.
bool loop_timer_came(DecisionBuilder& builder, const std::string& name);

}  // namespace saksbro::core
