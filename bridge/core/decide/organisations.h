// On whose behalf something was said. Internal to core.
#pragma once

#include <string>

#include "bridge/core/decision/transitions.h"

namespace saksbro::core {

// The organisation on whose behalf something was said; "" when nobody can tell.
[[nodiscard]] std::string organisation_of(const DecisionBuilder& builder, const SignalEvent& heard);

// Whether tickets in this system only tell an organisation.
[[nodiscard]] bool tells_an_organisation(const Mapping& mapping, const SystemName& system);

}  // namespace saksbro::core
