// The configured systems by name, as the threads of the service see them. Immutable once made.
#pragma once

#include <map>
#include <memory>

#include "bridge/contract/connector.h"

namespace saksbro::run {

using Systems = std::map<SystemName, std::unique_ptr<RemoteSystem>>;

// Names that no configured system can have: deliveries of the bridge itself.
inline const SystemName kTimerSystem{"saksbro:timer"};
inline const SystemName kOrderSystem{"saksbro:order"};
inline const SystemName kLinkSystem{"saksbro:link"};

}  // namespace saksbro::run
