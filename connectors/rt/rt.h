#pragma once

#include "bridge/contract/connector.h"

namespace saksbro::rt {

[[nodiscard]] Configured configure(const SystemName& name, const Setting& settings);

}  // namespace saksbro::rt
