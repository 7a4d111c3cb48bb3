// Our last write of an attribute that its ticket has shown, and what an attribute's slot is called.
// `slot`: "status", or "fields/" and the field's name. Internal to core.
#pragma once

#include <string>

#include "bridge/core/model/case.h"
#include "bridge/core/model/ticket_change.h"

namespace saksbro::core {

// "status", or "fields/" and the field's name: what the change is about.
[[nodiscard]] std::string slot_of(const TicketChange& news);

[[nodiscard]] bool is_cut(const Case& state, const SystemName& at, const std::string& slot);

// The word that people know the attribute by.
[[nodiscard]] std::string name_of_slot(const std::string& slot);

// None: the ticket has shown none.
[[nodiscard]] const LastWrite* last_write(const Case& state, const SystemName& at,
                                          const std::string& slot);

// The newest value of this intent has been seen on the ticket: what follows is somebody else's.
[[nodiscard]] bool has_arrived(const Case& state, const Intent& intent, const std::string& slot);

// How often our writes of the attribute have been undone after that time.
[[nodiscard]] long bounces_since(const Case& state, const SystemName& at, const std::string& slot,
                                 Instant after);

}  // namespace saksbro::core
