#include "bridge/codec/digest.h"
#include "connectors/redmine/redmine_system.h"

namespace saksbro::redmine {

Abilities RedmineSystem::abilities() const {
  std::optional<std::string> path;
  if (settings_.guard) path = settings_.guard->path;
  return {std::move(path), settings_.poll_every, true};
}

// Redmine gives its webhooks no id. But a body has the stamp and the journal's number: the
// same body tells of the same change.
Accepted<DeliveryId> RedmineSystem::accept(const Arrival& arrival) const {
  if (!settings_.guard) {
    return fail(settings_.name.text(),
                "no webhook is configured for this system, so nothing is authentic");
  }
  if (auto checked = codec::check(*settings_.guard, arrival); !checked) {
    return tl::unexpected(std::move(checked.error()));
  }
  return DeliveryId("sha256:" + codec::to_hex(codec::sha256(arrival.body)));
}

}  // namespace saksbro::redmine
