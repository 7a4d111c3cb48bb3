// How a case begins, and how a decision ends. Internal to core.
#pragma once

#include <string>

#include "bridge/core/decision/decision_builder.h"

namespace saksbro::core {

// A decision to do nothing, with its reason.
[[nodiscard]] Decision nothing(Sentence because, Phrase::Args args = {});

// The ticket is not of the configured part of its system.
[[nodiscard]] Decision outside(const SystemName& at, const std::string& ticket);

// What follows from all that was decided: every ticket shows it.
[[nodiscard]] Decision concluded(DecisionBuilder&& builder);

// What a ticket that belongs to no case is for: a new case, or nothing.
[[nodiscard]] Decision on_stranger(const Mapping& mapping, const SystemName& at,
                                   const Ticket& ticket, const Surroundings& around);

}  // namespace saksbro::core
