// Whatever was created or written must be seen again: a write that no look shows within minutes is
// an alarm. Without that a case can stand still for ever, with nothing to show for it: a ticket was
// opened, and its marker stands in a field that is not read. Internal to core.
#pragma once

#include <optional>
#include <string>

#include "bridge/core/decision/decision_builder.h"

namespace saksbro::core {

// What the command will make the ticket show; none: nothing that could be missed.
[[nodiscard]] std::optional<Intent> effect_of(const Case& state, const SystemName& at,
                                              const CommandResult& settled);

// The command is done. `effect` was taken before that was a fact.
void await_effect(DecisionBuilder& builder, const CommandResult& settled,
                  const std::optional<Intent>& effect);

// The ticket was looked at: what it shows is missed no longer.
void see_effects(DecisionBuilder& builder);

// True: the timer was set by await_effect().
[[nodiscard]] bool effect_timer_came(DecisionBuilder& builder, const std::string& name);
[[nodiscard]] bool is_effect_timer(const std::string& name);

// "create (operator)": one line for each that people were told of, for the case note.
[[nodiscard]] std::string unseen_lines(const DecisionBuilder& builder);

}  // namespace saksbro::core
