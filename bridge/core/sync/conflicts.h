// Case values that people write in several systems. Whose value holds: the owner's that the mapping
// names; else a person's over what we were about to write. What is lost is kept in a comment.
// Internal to core.
#pragma once

#include <string>
#include <vector>

#include "bridge/core/decision/decision_builder.h"
#include "bridge/core/model/ticket_change.h"

namespace saksbro::core {

// Takes over the values that the system's `read:` table names, as people have changed them.
void take_edits(DecisionBuilder& builder, const Ticket& ticket,
                const std::vector<AttributedChange>& news);

// What stands in the field now counts, however it came there.
void take_what_stands(DecisionBuilder& builder, const SystemName& at, const std::string& field);

}  // namespace saksbro::core
