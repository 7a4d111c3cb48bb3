// The outcome classes that every tracker shares (docs/libraries.md 4): decided once, for all
// connectors.
#pragma once

#include <optional>
#include <string>

#include "bridge/contract/call.h"
#include "bridge/contract/outcome.h"

namespace saksbro::codec {

// The outcome of a call that was not answered, or answered in a way that means the same everywhere:
//
// - not sent, in doubt: RetryLater (a write in doubt: the next attempt begins with a look, and not
//   before the other side must be done with the first: 5 s, or 60 s when it was we who gave up)
// - 408, 409, 425, 429, 5xx: RetryLater; Retry-After (seconds or date), or of 429 what
//   rate_limit.h reads, becomes not_before, at most 1 h on. A 5xx on a write is in doubt, and says
//   so.
// - 401, and 403 on a look: RetryLater, Scope::system: the credentials need a person
// - 3xx: RetryLater, Scope::system: redirects are never followed; maintenance, or a wrong address
//
// Nothing: the connector decides (2xx, 400, 404, 410, 422, and 403 on a write).
[[nodiscard]] std::optional<Outcome> settle_early(const Exchange& exchange);

// A write that was answered 2xx, but by a page and not by the tracker's JSON: a proxy's word for
// maintenance, or a login. In doubt. For trackers that answer writes with JSON, or with nothing.
[[nodiscard]] std::optional<RetryLater> answered_by_a_page(const Exchange& exchange);

// As above, for a poll.
[[nodiscard]] std::optional<RetryLater> postpone_early(const Exchange& exchange);

// "GET /issues/7.json": method and path without host, query or credentials; for messages.
[[nodiscard]] std::string describe(const Call& call);

// The body's time by the server's own clock (`Date`), else the time of the exchange.
[[nodiscard]] Instant answered_at(const Exchange& exchange);

}  // namespace saksbro::codec
