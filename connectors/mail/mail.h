#pragma once

#include "bridge/contract/connector.h"

namespace saksbro::mail {

[[nodiscard]] Configured configure(const SystemName& name, const Setting& settings);

}  // namespace saksbro::mail
