// Whatever somebody does leaves a word that people at the desk can see: who it was, and how it
// came. Internal to core.
#pragma once

#include "bridge/core/decision/transitions.h"

namespace saksbro::core {

// After `transition` was taken. Nothing where the desk shows it anyway: it was done on its own
// ticket, or the transition said something there. `said_before`: comments of ours there until then.
void leave_a_word(DecisionBuilder& builder, const Transition& transition, const SignalEvent& heard,
                  long said_before);

// The answer behind a link that nobody awaits any more is kept where people can read it.
void keep_unawaited(DecisionBuilder& builder, const SignalEvent& heard);

// What a person says instead of a signal's id: the words of the command, where the system has one.
[[nodiscard]] std::string words_for(const SystemMapping& system, const Signal& signal);

}  // namespace saksbro::core
