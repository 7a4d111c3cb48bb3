// Where a stored case stands in the mapping of today. Names in a store may be older than the
// mapping: a reload can take away or rename any process, activity, status, role or system.
#pragma once

#include <optional>

#include "bridge/contract/phrase.h"
#include "bridge/core/model/case.h"
#include "bridge/core/model/mapping.h"

namespace saksbro::core {

// Says which activity the mapping no longer has; none: the case can be decided about.
[[nodiscard]] std::optional<Phrase> activity_missing_from_mapping(const Mapping& mapping,
                                                                  const Case& state);

// A ticket of the case where people of this mapping can read an answer: the desk's, else any that
// is there. None: the case has no such ticket.
[[nodiscard]] std::optional<SystemName> readable_ticket(const Mapping& mapping, const Case& state);

}  // namespace saksbro::core
