// The table of small memories. These functions throw, as in inbox.h.
#pragma once

#include <optional>

#include "bridge/store/memory.h"
#include "bridge/store/sqlite/connection.h"

namespace saksbro::store::memory {

[[nodiscard]] std::optional<Memo> get(Connection& connection, const MemoryKey& key);
void set(Connection& connection, const MemoryKey& key, const Memo& memo);

}  // namespace saksbro::store::memory
