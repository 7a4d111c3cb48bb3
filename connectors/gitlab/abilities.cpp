#include "connectors/gitlab/gitlab_system.h"
#include "connectors/tracker/delivery_id.h"

namespace saksbro::gitlab {

Abilities GitlabSystem::abilities() const {
  Abilities abilities = System::abilities();
  abilities.updates_at_once = true;
  abilities.takes_files = true;
  abilities.gives_files = true;
  abilities.fields = {"fields", {}, attribute_names()};
  for (const auto& [name, field] : settings_.fields) abilities.fields->named.push_back(name);
  return abilities;
}

// A signed id is the delivery's. With the secret token nothing is signed, but the token vouches for
// the headers as it does for the body: what is sent again has the same Idempotency-Key, and so has
// a body that GitLab's log is asked to send once more.
Accepted<DeliveryId> GitlabSystem::accept(const Arrival& arrival) const {
  auto accepted = System::accept(arrival);
  if (!accepted || !std::holds_alternative<codec::SecretInHeader>(settings_.guard->proof))
    return accepted;
  return tracker::id_in_header(arrival, "idempotency-key", "-").value_or(*accepted);
}

}  // namespace saksbro::gitlab
