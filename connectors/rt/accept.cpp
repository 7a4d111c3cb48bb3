#include "connectors/rt/rt_system.h"

namespace saksbro::rt {

Abilities RtSystem::abilities() const {
  std::optional<std::string> path;
  if (settings_.guard) path = settings_.guard->path;
  Abilities abilities{std::move(path), settings_.poll_every, true};
  if (settings_.marker_field.empty()) abilities.missing_to_open = "marker_field";
  return abilities;
}

// The scrip gives its messages no id. But a body names the transactions that it tells of, and RT
// never uses such a number twice: the same body is the same delivery.
Accepted<DeliveryId> RtSystem::accept(const Arrival& arrival) const {
  return codec::accept_signed(settings_.guard, settings_.name, arrival);
}

}  // namespace saksbro::rt
