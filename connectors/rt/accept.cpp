#include "connectors/rt/rt_system.h"

namespace saksbro::rt {

Abilities RtSystem::abilities() const {
  std::optional<std::string> path;
  if (settings_.guard) path = settings_.guard->path;
  return {std::move(path), settings_.poll_every, true};
}

// The scrip gives its messages no id. But a body names the transactions that it tells of, and RT
// never uses such a number twice: the same body is the same delivery.
Accepted<DeliveryId> RtSystem::accept(const Arrival& arrival) const {
  return codec::accept_signed(settings_.guard, settings_.name, arrival);
}

}  // namespace saksbro::rt
