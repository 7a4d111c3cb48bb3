#pragma once

#include "bridge/contract/connector.h"

namespace saksbro::jira {

[[nodiscard]] Configured configure(const SystemName& name, const Setting& settings);

}  // namespace saksbro::jira
