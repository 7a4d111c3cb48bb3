// The groups of a ticket's people, by which a mapping can tell who speaks for whom.
#pragma once

#include "connectors/rt/conversation.h"

namespace saksbro::rt {

// {"leif": ["Drift"]} by login, for who opened the ticket and made its transactions; those in none
// of the configured groups are left out. 1 call, and one more for each group. Null, and no call,
// when the settings name no groups.
[[nodiscard]] StepOr<Json> need_groups(Conversation& conversation, const Json& ticket,
                                       const Json& transactions);

}  // namespace saksbro::rt
