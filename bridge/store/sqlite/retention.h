// Forgetting, in SQL. These functions throw, as in inbox.h.
#pragma once

#include <cstdint>

#include "bridge/contract/time.h"
#include "bridge/store/maintenance.h"
#include "bridge/store/sqlite/connection.h"

namespace saksbro::store::retention {

// Within a transaction.
[[nodiscard]] Forgotten forget(Connection& connection, const Keep& keep, Instant now, int most);

// Outside one.
[[nodiscard]] std::int64_t give_back(Connection& connection, int pages);

}  // namespace saksbro::store::retention
