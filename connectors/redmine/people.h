// The project roles and the groups of a ticket's people, by which a mapping can know 1st and 2nd
// line.
#pragma once

#include "connectors/redmine/issue.h"

namespace saksbro::redmine {

// {"6": ["Brukerstøtte 2. linje"]} by user id, for who wrote the issue and its journals; those that
// have none are left out. For project roles one call for each 100 members of the issue's project;
// for groups one, and one for each. Null, and no call, unless the settings ask for it.
[[nodiscard]] StepOr<Json> need_roles(Conversation& conversation, const Json& issue);

}  // namespace saksbro::redmine
