// The permission to write, by SQLite.
#pragma once

#include <memory>
#include <mutex>
#include <optional>

#include "bridge/contract/error.h"
#include "bridge/store/connection.h"
#include "bridge/store/store.h"
#include "bridge/store/turns.h"

namespace saksbro::store {

// Waits for its turn, then begins.
[[nodiscard]] Result<std::unique_ptr<Transaction>> begin_sqlite(Connection& connection,
                                                                Turns& turns);

}  // namespace saksbro::store
