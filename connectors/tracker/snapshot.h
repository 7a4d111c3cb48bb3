// Parts of a snapshot, the document in which a connector brings a ticket's state back to itself
// (Delivered::snapshot): perform() writes it, normalise() reads it.
#pragma once

#include <optional>

#include "bridge/codec/json.h"
#include "bridge/contract/delivery.h"
#include "bridge/contract/outcome.h"

namespace saksbro::tracker {

// The snapshot of a ticket that is not there any more, or not ours to see: {"gone": "7", "why"}.
[[nodiscard]] Delivered gone(const RemoteKey& key, const Phrase& why);
// Nothing when it is the snapshot of a ticket.
[[nodiscard]] std::optional<TicketGone> gone_in(const codec::Json& snapshot);

// {"kari": ["2nd line"]}, by Person::id, as Ticket::groups. Anything else adds nothing.
void add_groups(Ticket& ticket, const codec::Json& groups);

}  // namespace saksbro::tracker
