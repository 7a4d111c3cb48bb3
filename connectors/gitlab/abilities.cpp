#include <algorithm>

#include "bridge/contract/ascii.h"
#include "connectors/gitlab/gitlab_system.h"

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
  const auto key = arrival.headers.find("idempotency-key");
  if (key == arrival.headers.end()) return accepted;
  const std::string& id = key->second;
  const bool plain =
      std::all_of(id.begin(), id.end(), [](char c) { return is_ascii_alnum(c) || c == '-'; });
  return plain && !id.empty() && id.size() <= 64 ? DeliveryId("id:" + id) : accepted;
}

}  // namespace saksbro::gitlab
