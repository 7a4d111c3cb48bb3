#pragma once

#include "bridge/contract/connector.h"

namespace saksbro::gitlab {

[[nodiscard]] Configured configure(const SystemName& name, const Setting& settings);

}  // namespace saksbro::gitlab
