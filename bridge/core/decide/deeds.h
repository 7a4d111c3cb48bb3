// What activities and transitions do: tickets, comments, alerts, notices, broadcasts. Internal to
// core.
#pragma once

#include <string>
#include <vector>

#include "bridge/core/decision/unfolding.h"

namespace saksbro::core {

void perform(Unfolding& unfolding, const std::vector<Deed>& deeds, const std::string& said);

// No alert of the case goes out any more.
void stop_alerts(Unfolding& unfolding);

// Opens the ticket there that an activity of the process opens: a look for one that people had
// linked by hand found none.
void open_after_all(Unfolding& unfolding, const SystemName& at);

// The alert that a timer of this name repeats; none: the mapping has it no more.
[[nodiscard]] const Alert* alert_behind(const Unfolding& unfolding, const std::string& timer);

}  // namespace saksbro::core
