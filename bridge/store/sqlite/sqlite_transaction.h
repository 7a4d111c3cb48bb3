// The permission to write, by SQLite.
#pragma once

#include <memory>
#include <mutex>
#include <optional>

#include "bridge/contract/error.h"
#include "bridge/store/files/disk_reserve.h"
#include "bridge/store/sqlite/connection.h"
#include "bridge/store/sqlite/fair_mutex.h"
#include "bridge/store/store.h"

namespace saksbro::store {

// Waits for its turn, then begins. All must outlive the transaction; `room` is told when the disk
// is full.
[[nodiscard]] Result<std::unique_ptr<Transaction>> begin_sqlite(Connection& connection,
                                                                FairMutex& turns,
                                                                DiskReserve& room);

}  // namespace saksbro::store
