#pragma once

#include "bridge/contract/connector.h"

namespace saksbro::redmine {

[[nodiscard]] Configured configure(const SystemName& name, const Setting& settings);

}  // namespace saksbro::redmine
