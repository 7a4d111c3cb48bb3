// Deadlines, poll cursors, and how many died of a poll. These functions throw, as in inbox.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bridge/contract/outcome.h"
#include "bridge/store/sqlite/connection.h"
#include "bridge/store/store.h"

namespace saksbro::store::timers {

void set(Connection& connection, const Timer& timer);
void stop(Connection& connection, const CaseNumber& number, const std::string& name);
// Does nothing to a timer that has been set anew meanwhile.
void fired(Connection& connection, const Timer& timer);
[[nodiscard]] std::vector<Timer> due(Connection& connection, Instant now);

}  // namespace saksbro::store::timers

namespace saksbro::store::cursors {

[[nodiscard]] std::optional<Cursor> load(Connection& connection, const SystemName& system);
void set(Connection& connection, const SystemName& system, const Cursor& cursor);

}  // namespace saksbro::store::cursors

namespace saksbro::store::polls {

[[nodiscard]] PollRow of(Connection& connection, const SystemName& system);
void count_crash(Connection& connection, std::int64_t id);
void forgive(Connection& connection, const SystemName& system);

}  // namespace saksbro::store::polls
