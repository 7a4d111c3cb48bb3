#pragma once

#include "bridge/contract/connector.h"

namespace saksbro::http_alert {

[[nodiscard]] Configured configure(const SystemName& name, const Setting& settings);

}  // namespace saksbro::http_alert
