// How a case moves: signals are heard, transitions taken, activities entered. Internal to core.
#pragma once

#include <string>
#include <vector>

#include "bridge/core/decision/transitions.h"

namespace saksbro::core {

// Enters `id` and all that follows at once from it.
void enter(Unfolding& unfolding, const ActivityId& id);

// What became of a signal.
enum class Hearing {
  refused,       // nobody awaits it
  waits,         // for what it needs
  taken,         // and its words, where it had any
  without_words  // taken, and its words say nothing to the process
};

// Takes the transition that fits, or says why none does.
Hearing hear(Unfolding& unfolding, const Heard& heard);

// What a transition keeps, does and leads to.
void take(Unfolding& unfolding, const Transition& transition, const Heard& heard);

// Process::registered: tickets that the activity may wait for have got their numbers. Said by the
// bridge itself.
void hear_registered(Unfolding& unfolding);

}  // namespace saksbro::core
