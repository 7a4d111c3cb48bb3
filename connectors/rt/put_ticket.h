// One PUT, and the ticket after it.
#pragma once

#include <string>

#include "connectors/rt/seen.h"

namespace saksbro::rt {

struct Put {
  SeenTicket after;
  std::string said;  // RT's sentences; it answers 200 whether it obeys or not
};

// As an argument: ". RT says: ...", where it said something.
[[nodiscard]] Phrase rt_says(const std::string& said);

[[nodiscard]] StepOr<Put> put_ticket(Conversation& conversation, const RemoteKey& key,
                                     const std::string& etag, const Json& body);

}  // namespace saksbro::rt
