// How a case moves: signals are heard, transitions taken, activities entered. Internal to core.
#pragma once

#include <string>
#include <vector>

#include "bridge/core/decision/transitions.h"

namespace saksbro::core {

// Enters `id` and all that follows at once from it.
void enter(DecisionBuilder& builder, const ActivityId& id);

// What became of a signal.
enum class Hearing {
  refused,       // nobody awaits it
  waits,         // for what it needs
  taken,         // and its words, where it had any
  without_words  // taken, and its words say nothing to the process
};

// Takes the transition that fits, or says why none does.
Hearing hear(DecisionBuilder& builder, const SignalEvent& heard);

// What a transition keeps, does and leads to.
void take(DecisionBuilder& builder, const Transition& transition, const SignalEvent& heard);

// Process::registered: tickets that the activity may wait for have got their numbers. Said by the
// bridge itself.
void hear_registered(DecisionBuilder& builder);

}  // namespace saksbro::core
