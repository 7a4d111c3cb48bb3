#include <algorithm>

#include "bridge/contract/ascii.h"
#include "connectors/jira/jira_system.h"

namespace saksbro::jira {

Abilities JiraSystem::abilities() const {
  Abilities abilities = System::abilities();
  abilities.updates_at_once = true;
  abilities.takes_files = true;
  abilities.gives_files = true;
  abilities.fields = {"fields", {}, attribute_names()};
  for (const auto& [name, field] : settings_.fields) abilities.fields->named.push_back(name);
  return abilities;
}

// Cloud sends a webhook again with the same identifier; Data Center gives none, and sends once. The
// body is what is signed: it has the time of the event, so that equal bodies are one event.
Accepted<DeliveryId> JiraSystem::accept(const Arrival& arrival) const {
  auto accepted = System::accept(arrival);
  if (!accepted) return accepted;
  const auto identifier = arrival.headers.find("x-atlassian-webhook-identifier");
  if (identifier == arrival.headers.end()) return accepted;
  const std::string& id = identifier->second;
  const bool plain = std::all_of(id.begin(), id.end(),
                                 [](char c) { return is_ascii_alnum(c) || c == '-' || c == '_'; });
  return plain && !id.empty() && id.size() <= 64 ? DeliveryId("id:" + id) : accepted;
}

}  // namespace saksbro::jira
