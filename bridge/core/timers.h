// What happens when nothing happens: reminders, silence, deadlines. Internal to core.
#pragma once

#include <string>

#include "bridge/core/unfolding.h"

namespace saksbro::core {

// Stops the timers of the activity that is left, and sets those of the one that is entered.
void set_timers(Unfolding& unfolding);

// A timer of the case that has come; its name is one that set_timers() or an alert made.
void timer_came(Unfolding& unfolding, const std::string& name);

}  // namespace saksbro::core
