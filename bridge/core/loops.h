// Values that something rewrites each time we write them: counted, cut, and taken up again. How a
// loop looks: we write, and what we wrote is changed within half a minute, or back to what it was
// before. Three times within an hour is one too many: from then on the attribute is neither written
// nor heard, until it has been quiet for an hour or a person asks. Internal to core.
#pragma once

#include <string>

#include "bridge/core/echo.h"
#include "bridge/core/unfolding.h"

namespace saksbro::core {

// "status", or "fields/" and the field's name: what a change or a write is about.
[[nodiscard]] std::string slot_of(const News& news);
[[nodiscard]] std::string field_slot(const std::string& field);

[[nodiscard]] bool is_cut(const Case& state, const SystemName& at, const std::string& slot);

// Our own write came back: its undoing will be recognised.
void remember_write(Unfolding& unfolding, const News& echo, const Intent& intent);

// The newest value of this intent has been seen on the ticket: what follows is somebody else's.
[[nodiscard]] bool has_arrived(const Case& state, const Intent& intent, const std::string& slot);

// Counts a change by others that undoes what we wrote. True: it is not heard, the loop is cut.
[[nodiscard]] bool cuts_loop(Unfolding& unfolding, const News& news);

// The attribute is heard and written again.
void end_loop(Unfolding& unfolding, const SystemName& at, const std::string& slot,
              const Phrase& how);

void end_all_loops(Unfolding& unfolding, const Phrase& how);

// Whether the timer is one that was set when a loop was cut; then it has been quiet for an hour.
bool loop_timer_came(Unfolding& unfolding, const std::string& name);

// What is cut, in a person's words, one a line: for the case note.
[[nodiscard]] std::string cut_lines(const Unfolding& unfolding);

}  // namespace saksbro::core
