#include "connectors/jira/jira_system.h"
#include "connectors/tracker/delivery_id.h"

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
  return tracker::id_in_header(arrival, "x-atlassian-webhook-identifier", "-_").value_or(*accepted);
}

}  // namespace saksbro::jira
