// What happens when nothing happens: reminders, silence, deadlines. Internal to core.
#pragma once

#include <string>

#include "bridge/core/decision/unfolding.h"

namespace saksbro::core {

// A timer of the case that has come; its name is one that set_timers() or an alert made.
void timer_came(Unfolding& unfolding, const std::string& name);

}  // namespace saksbro::core
