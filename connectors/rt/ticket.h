// A snapshot's JSON as a Ticket, and what the verbs compare with it.
#pragma once

#include <map>
#include <string>

#include "bridge/codec/json.h"
#include "bridge/contract/error.h"
#include "bridge/contract/ticket.h"
#include "connectors/rt/rt_system.h"

namespace saksbro::rt {

[[nodiscard]] Result<Ticket> ticket_from(const codec::Json& snapshot, const RtSettings& settings);

[[nodiscard]] Person person_from(const codec::Json& user);

// Custom fields by name (several values: ", "), and the attributes queue, owner, priority and
// requestor.
[[nodiscard]] std::map<std::string, std::string> fields_of(const codec::Json& ticket);

// The names of the custom fields that the ticket shows, by id.
[[nodiscard]] std::map<std::string, std::string> custom_field_names(const codec::Json& ticket);

[[nodiscard]] std::string with_line_feeds(std::string_view text);  // CR LF -> LF

}  // namespace saksbro::rt
