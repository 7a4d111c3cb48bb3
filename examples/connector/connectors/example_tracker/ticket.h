// A ticket as Example Tracker shows it, and as the bridge knows it.
#pragma once

#include <string>

#include "connectors/example_tracker/conversation.h"

namespace saksbro::example_tracker {

struct SeenTicket {
  Json ticket;
  Instant at{};  // by the tracker's clock
};

// A field by the name that people see; "" when the ticket has none.
[[nodiscard]] std::string field_of(const Json& ticket, const std::string& name);

[[nodiscard]] std::string ticket_path(const RemoteKey& key);

// The ticket that was asked for, and no other document.
[[nodiscard]] StepOr<SeenTicket> seen_in(const Reply& reply, const RemoteKey& key);

// One call.
[[nodiscard]] StepOr<SeenTicket> need_ticket(Conversation& conversation, const RemoteKey& key);

// Ends the command well. What it brings back is read by normalise().
[[nodiscard]] Step deliver(const RemoteKey& key, const SeenTicket& seen);

// `where` begins the error.
[[nodiscard]] Result<Ticket> ticket_from(const ExampleTrackerSettings& settings,
                                         const Json& snapshot, const std::string& where);

}  // namespace saksbro::example_tracker
