// Access levels and groups of a ticket's people, by which a mapping can know 1st and 2nd line.
#pragma once

#include "connectors/gitlab/conversation.h"

namespace saksbro::gitlab {

// {"3": ["developer", "support/drift"]} by user id, for those who wrote on the issue. Inherited
// ones count. Null, and no call, unless the settings ask for it.
[[nodiscard]] StepOr<Json> need_groups(Conversation& conversation, const Json& snapshot);

}  // namespace saksbro::gitlab
