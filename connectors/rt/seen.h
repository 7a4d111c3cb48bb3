// Tickets as RT shows them, and the snapshot that a command brings back.
#pragma once

#include <optional>
#include <string>

#include "connectors/rt/conversation.h"

namespace saksbro::rt {

struct SeenTicket {
  Json ticket;                 // GET /ticket/N
  std::string etag;            // for If-Match
  Instant at{};                // by RT's clock
  std::optional<Phrase> gone;  // not there any more, or not ours: why
};

// One call; two when it seems to be gone.
[[nodiscard]] StepOr<SeenTicket> look_at(Conversation& conversation, const RemoteKey& key);

// As look_at(), for a write: a ticket that is gone must not be written to. A merged one would pass
// the write on to another ticket.
[[nodiscard]] StepOr<SeenTicket> need_ticket(Conversation& conversation, const RemoteKey& key);

// Nothing, where RT shows its queue to the bridge's user: then it is believed that `call` was
// answered `status`.
[[nodiscard]] StepOr<bool> need_queue(Conversation& conversation, const std::string& call,
                                      int status);

// The history with its texts: two more calls (more for more than 100 entries), and those of
// need_groups(). What came after
// `seen` is left out, so that all of it is one state.
[[nodiscard]] StepOr<Json> snapshot(Conversation& conversation, const RemoteKey& key,
                                    const SeenTicket& seen);

// Reads the rest of the ticket, and ends the command well.
[[nodiscard]] Step deliver(Conversation& conversation, const RemoteKey& key,
                           const SeenTicket& seen);
[[nodiscard]] Step deliver_gone(const RemoteKey& key, const Phrase& why);

}  // namespace saksbro::rt
