// Several fields of one ticket that one decision writes: one command, one entry in the ticket's
// history. Internal to core.
#pragma once

#include <set>

#include "bridge/core/model/decision.h"

namespace saksbro::core {

// The systems where a field write is on its way or was refused. A newer one for the same field
// takes its place in the outbox, and must not take other fields with it.
[[nodiscard]] std::set<SystemName> with_field_writes_under_way(const Case& state);

// The field writes of `decision` as one command a ticket; but for those to the systems of `apart`.
[[nodiscard]] Decision with_field_writes_together(Decision decision,
                                                  const std::set<SystemName>& apart);

// The intents of one command that writes several fields; empty: it writes one at most.
[[nodiscard]] std::vector<Intent> written_together(const Case& state,
                                                   const IdempotencyKey& command);

// The outbox's slot of a command that writes these fields.
[[nodiscard]] std::string slot_of_fields(const std::vector<Intent>& intents);

}  // namespace saksbro::core
