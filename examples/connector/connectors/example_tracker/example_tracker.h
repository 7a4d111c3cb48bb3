#pragma once

#include "bridge/contract/connector.h"

namespace saksbro::example_tracker {

[[nodiscard]] Configured configure(const SystemName& name, const Setting& settings);

}  // namespace saksbro::example_tracker
