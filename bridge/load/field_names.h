// The fields that a system's mapping speaks of are those that its connector knows: a misspelt one
// would be seen when a case gets there.
#pragma once

#include "bridge/contract/connector.h"
#include "bridge/contract/error.h"
#include "bridge/core/model/mapping.h"

namespace saksbro::load {

[[nodiscard]] Errors check_field_names(const core::SystemMapping& system,
                                       const Abilities::Fields& fields);

}  // namespace saksbro::load
