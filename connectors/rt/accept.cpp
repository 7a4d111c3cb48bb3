#include "bridge/codec/digest.h"
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
  if (!settings_.guard) {
    return fail(settings_.name.text(),
                "no webhook is configured for this system, so nothing is authentic");
  }
  if (auto checked = codec::check(*settings_.guard, arrival); !checked) {
    return tl::unexpected(std::move(checked.error()));
  }
  return DeliveryId("sha256:" + codec::to_hex(codec::sha256(arrival.body)));
}

}  // namespace saksbro::rt
