#include "connectors/redmine/issue.h"
#include "connectors/redmine/redmine_system.h"

namespace saksbro::redmine {

// Redmine gives its webhooks no id. But a body has the stamp and the journal's number: the
// same body tells of the same change, as System::accept() takes it.
Abilities RedmineSystem::abilities() const {
  Abilities abilities = System::abilities();
  abilities.updates_at_once = true;
  abilities.takes_files = true;
  abilities.gives_files = true;
  abilities.fields = {"custom_fields", {kPriority}, attribute_names()};
  for (const auto& [name, id] : settings_.field_ids) abilities.fields->named.push_back(name);
  return abilities;
}

}  // namespace saksbro::redmine
