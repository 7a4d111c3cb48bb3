// What happens when nothing happens: reminders, silence, deadlines. Internal to core.
#pragma once

#include <string>

#include "bridge/core/decision/decision_builder.h"

namespace saksbro::core {

// A timer of the case that has come; its name is one that set_timers() or an alert made.
void timer_came(DecisionBuilder& builder, const std::string& name);

}  // namespace saksbro::core
