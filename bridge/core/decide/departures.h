// A ticket of a case that is deleted, merged into another, or out of our sight. Internal to core.
#pragma once

#include <optional>

#include "bridge/core/decision/decision_builder.h"

namespace saksbro::core {

[[nodiscard]] Decision on_gone(const Mapping& mapping, const std::optional<Case>& state,
                               const SystemName& at, const TicketGone& gone,
                               const Surroundings& around);

}  // namespace saksbro::core
