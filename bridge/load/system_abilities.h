// What the mappings want of a system, its connector must be able to do as it is configured: what it
// cannot would be seen when a case gets there.
#pragma once

#include "bridge/contract/connector.h"
#include "bridge/contract/error.h"
#include "bridge/core/model/mapping.h"
#include "bridge/load/configuration.h"

namespace saksbro::load {

[[nodiscard]] Errors check_abilities(const core::Mapping& mapping,
                                     const SystemConfiguration& system, const Abilities& abilities);

}  // namespace saksbro::load
