// What happened to a ticket since it was last seen, and whose doing it was. Internal to core.
#pragma once

#include <string>

#include "bridge/contract/ids.h"
#include "bridge/contract/ticket.h"
#include "bridge/contract/time.h"

namespace saksbro::core {

// One thing that happened to a ticket since it was last seen.
struct TicketChange {
  enum class Kind { status, field, comment } kind = Kind::comment;
  std::string id;
  std::uint64_t order = 0;
  Instant at{};
  Person by;
  std::string attribute;  // field: its name
  std::string value;      // status: their word; field: its value; comment: its text
  std::string from;       // field: what it was before
  Visibility visibility = Visibility::internal;
};

// Whose doing a change is.
enum class Attribution {
  others,  // somebody else did it
  echo,    // our own write came back
  ours,    // our own account did it, by no intent that is known
  lost,    // the store before this one wrote it: a backup was restored
  parked   // a loop was cut there
};

struct AttributedChange {
  TicketChange change;
  Attribution attribution = Attribution::others;
  IdempotencyKey command{};  // echo: what wrote it
};

}  // namespace saksbro::core
