#include "bridge/store/sqlite/memory.h"

namespace saksbro::store::memory {

std::optional<Memo> get(Connection& connection, const MemoryKey& key) {
  Query query = connection.query("SELECT at, value FROM memory WHERE owner = ? AND key = ?",
                                 key.owner, key.key);
  if (!query.next()) return std::nullopt;
  return Memo{query.instant(0), query.text(1)};
}

void set(Connection& connection, const MemoryKey& key, const Memo& memo) {
  connection.run(
      "INSERT INTO memory (owner, key, at, value) VALUES (?, ?, ?, ?) "
      "ON CONFLICT DO UPDATE SET at = excluded.at, value = excluded.value",
      key.owner, key.key, memo.at, memo.value);
}

}  // namespace saksbro::store::memory
