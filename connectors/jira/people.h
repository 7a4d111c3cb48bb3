// The groups and project roles of those who wrote on an issue.
#pragma once

#include "connectors/jira/conversation.h"

namespace saksbro::jira {

// {"712020:ab": ["second-line", "Developers"]}; null where the settings ask for none.
[[nodiscard]] StepOr<Json> need_groups(Conversation& conversation, const Json& snapshot);

}  // namespace saksbro::jira
