// Which moves of a ticket's status the processes make, and which they wait for: what the workflow
// of a tracker must allow. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bridge/core/model/mapping.h"

namespace saksbro::core {

struct NeededMove {
  enum class From {
    new_ticket,  // the status that the tracker gives a new ticket
    any,         // whatever it is: the ticket does not follow the case's status
    status
  };
  enum class Why { process, begins, taken_back };

  SystemName at{};
  std::optional<Role> by{};  // none: the bridge's own user
  From from = From::status;
  Status before{};  // where `from` is a status
  Status to{};
  // The first place that needs it, as the mapping has its lines.
  Why why = Why::process;
  ActivityId activity{};  // where the case stands before
  ActivityId next{};      // and after; the same: the case stays
  Signal on{};            // what is heard; empty: at once, or in time
};

// In the order of the mapping, each move once for each who makes it: the bridge's first.
[[nodiscard]] std::vector<NeededMove> needed_moves(const Mapping& mapping);

}  // namespace saksbro::core
