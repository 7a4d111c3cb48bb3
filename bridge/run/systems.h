// The configured systems by name, as the threads of the service see them. Immutable once made.
#pragma once

#include <map>
#include <memory>

#include "bridge/contract/connector.h"

namespace saksbro::run {

using Systems = std::map<SystemName, std::unique_ptr<RemoteSystem>>;

}  // namespace saksbro::run
