// Case values that people write in several systems. Whose value holds: the owner's that the mapping
// names; else a person's over what we were about to write. What is lost is kept in a comment.
// Internal to core.
#pragma once

#include <string>
#include <vector>

#include "bridge/core/decision/unfolding.h"
#include "bridge/core/model/ticket_change.h"

namespace saksbro::core {

// Takes over the values that the system's `read:` table names, as people have changed them.
void take_edits(Unfolding& unfolding, const Ticket& ticket, const std::vector<Heeded>& news);

// What stands in the field now counts, however it came there.
void take_what_stands(Unfolding& unfolding, const SystemName& at, const std::string& field);

}  // namespace saksbro::core
