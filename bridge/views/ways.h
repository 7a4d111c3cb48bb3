// What is heard at an activity: its own transitions, and those that it shares with another one
// ("also accepts" in the mapping), which a reader finds there. Pointers into the process, which
// must outlive this.
#pragma once

#include <vector>

#include "bridge/core/model/mapping.h"

namespace saksbro::views {

struct Heard {
  std::vector<const core::Transition*> own;
  std::vector<core::ActivityId> also;  // the activities whose transitions are heard here, too
};

// A transition that stands at several activities is the own one of the activity that hears least:
// whoever hears another's hears all of them, and more. An activity that nothing else leads away
// from keeps what it shares: it would stand there as a dead end.
[[nodiscard]] Heard heard_at(const core::Process& process, const core::Activity& activity);

// A timed move that takes the case to another activity.
[[nodiscard]] bool leads_on(const core::TimedMove& timed);

}  // namespace saksbro::views
