// A snapshot as a ticket.
#pragma once

#include "connectors/jira/conversation.h"

namespace saksbro::jira {

[[nodiscard]] Ticket ticket_of(const JiraSettings& settings, const Json& snapshot);

}  // namespace saksbro::jira
