// Comments of a restored store: a store that is lost may have written them already.
#pragma once

#include <optional>
#include <string>

#include "bridge/contract/command.h"
#include "bridge/contract/ticket.h"

namespace saksbro::run {

// What is left to write of a comment, given what the ticket shows: nothing when it says the same
// already, under whatever reference of ours. A reference that another comment there has is changed,
// or a later attempt would take that one for this. Letters and digits count only: trackers render
// the rest as they please.
[[nodiscard]] std::optional<AddComment> left_to_say(const AddComment& wanted, const Ticket& ticket);

}  // namespace saksbro::run
