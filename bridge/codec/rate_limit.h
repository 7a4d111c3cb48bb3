// When a server that has been asked too often takes more, by the headers that are in use beside
// Retry-After.
#pragma once

#include <chrono>
#include <optional>

#include "bridge/contract/delivery.h"
#include "bridge/contract/time.h"

namespace saksbro::codec {

// X-RateLimit-Reset, RateLimit-Reset, X-Rate-Limit-Reset: seconds from now, seconds since 1970, or
// a time (Jira leaves out its seconds); RateLimit and Beta-RateLimit: `"burst";r=40;t=1,
// "quota";r=0;t=600`, of which those count that have nothing left. `now` is by the server's clock.
[[nodiscard]] std::optional<std::chrono::milliseconds> wait_until_reset(const Headers& headers,
                                                                        Instant now);

}  // namespace saksbro::codec
