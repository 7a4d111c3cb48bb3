// Which changes of a ticket are news, and which are our own writes come back. Internal to core.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bridge/core/model/case.h"
#include "bridge/core/model/ticket_change.h"

namespace saksbro::core {

// What `ticket` shows that `known` does not, oldest first. A change that the history does not tell
// of (some systems keep none) is news by an unknown person.
[[nodiscard]] std::vector<TicketChange> changes_of(const TicketView& known, const Ticket& ticket);

// The intent that `news` is the echo of; none when somebody else did it.
[[nodiscard]] const Intent* echoed(const Case& state, const SystemName& at,
                                   const TicketChange& news);

[[nodiscard]] TicketView view_of(const Ticket& ticket);

// The reference of this case that the comment ends with: it was written by Saksbro, unless that
// reference is known from another entry, which then is quoted here. None: a person's words.
[[nodiscard]] std::optional<std::string> own_reference(const Case& state, const std::string& id,
                                                       const std::string& text);

// The same for an entry that is known to be ours.
[[nodiscard]] std::optional<std::string> signature_of(const Case& state, const std::string& text);

// Whether that entry is remembered with the reference: the case note has the same one on each of
// the case's tickets.
[[nodiscard]] bool carries(const Case& state, const std::string& reference, const std::string& id);

}  // namespace saksbro::core
