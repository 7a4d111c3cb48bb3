// The permission to write, by SQLite.
#pragma once

#include <memory>
#include <mutex>
#include <optional>

#include "bridge/contract/error.h"
#include "bridge/store/connection.h"
#include "bridge/store/fair_mutex.h"
#include "bridge/store/room.h"
#include "bridge/store/store.h"

namespace saksbro::store {

// Waits for its turn, then begins. All must outlive the transaction; `room` is told when the disk
// is full.
[[nodiscard]] Result<std::unique_ptr<Transaction>> begin_sqlite(Connection& connection,
                                                                FairMutex& turns, Room& room);

}  // namespace saksbro::store
