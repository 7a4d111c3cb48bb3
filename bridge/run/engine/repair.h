// What a poll or a comparison found that should have been told before: counted, and explained.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "bridge/contract/connector.h"
#include "bridge/contract/ids.h"
#include "bridge/contract/phrase.h"

namespace saksbro::run {

// A ticket that was read because something pointed at it.
struct Found {
  IdempotencyKey read;                             // names what pointed at it
  std::optional<std::chrono::milliseconds> stale;  // how long it has shown this; none: it is gone
};

struct Repair {
  std::string by;  // "poll" or "compare"
  Phrase because;
};

// None: a webhook told of it, or the system has none and a poll is how it tells; or it is so young
// that the next poll would have found it.
[[nodiscard]] std::optional<Repair> repair_of(const SystemName& system, const Abilities& abilities,
                                              const Found& found);

}  // namespace saksbro::run
