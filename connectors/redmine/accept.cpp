#include "connectors/redmine/issue.h"
#include "connectors/redmine/redmine_system.h"

namespace saksbro::redmine {

Abilities RedmineSystem::abilities() const {
  std::optional<std::string> path;
  if (settings_.guard) path = settings_.guard->path;
  Abilities abilities{std::move(path), settings_.poll_every, true};
  abilities.fields = {"custom_fields", {kPriority}, attribute_names()};
  for (const auto& [name, id] : settings_.field_ids) abilities.fields->named.push_back(name);
  if (settings_.marker_field.empty()) abilities.missing_to_open = "marker_field";
  return abilities;
}

// Redmine itself gives its webhooks no id. But a body has the stamp and the journal's
// number: the same body tells of the same change.
Accepted<DeliveryId> RedmineSystem::accept(const Arrival& arrival) const {
  return codec::accept_signed(settings_.guard, settings_.name, arrival);
}

}  // namespace saksbro::redmine
