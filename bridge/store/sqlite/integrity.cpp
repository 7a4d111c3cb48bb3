#include "bridge/store/sqlite/integrity.h"

#include <SQLiteCpp/Exception.h>
#include <sqlite3.h>

namespace saksbro::store {

Integrity look_for_damage(Connection& connection, std::chrono::milliseconds most) {
  connection.stop_after(most);
  Integrity found;
  try {
    Query query = connection.query("PRAGMA quick_check(1)");
    if (query.next() && query.text(0) != "ok") found.finding = query.text(0);
    found.finished = true;
  } catch (const SQLite::Exception& wrong) {
    if (wrong.getErrorCode() != SQLITE_INTERRUPT) throw;
  }
  connection.stop_after(std::nullopt);
  return found;
}

}  // namespace saksbro::store
