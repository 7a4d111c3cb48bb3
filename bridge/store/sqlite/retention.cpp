#include "bridge/store/sqlite/retention.h"

#include <string>
#include <vector>

#include "bridge/store/sqlite/thinning.h"

namespace saksbro::store::retention {
namespace {

// A body's pages are all touched when it is emptied: large ones make a smaller batch.
constexpr std::int64_t kBytesMost = std::int64_t{4} << 20U;

int empty_bodies(Connection& connection, Instant before, Instant now, int most) {
  std::vector<std::int64_t> rows;
  {
    std::int64_t bytes = 0;
    Query query = connection.query(
        "SELECT seq, length(body) FROM inbox WHERE handled_at IS NOT NULL AND parked_at IS NULL "
        "AND emptied_at IS NULL AND handled_at < ? ORDER BY handled_at LIMIT ?",
        before, most);
    while (bytes < kBytesMost && query.next()) {
      rows.push_back(query.integer(0));
      bytes += query.integer(1);
    }
  }
  for (const std::int64_t seq : rows)
    connection.run("UPDATE inbox SET body = x'', emptied_at = ? WHERE seq = ?", now, seq);
  return static_cast<int>(rows.size());
}

int drop_ids(Connection& connection, Instant before, int most) {
  connection.run(
      "DELETE FROM inbox_tickets WHERE seq IN (SELECT seq FROM inbox "
      "WHERE emptied_at IS NOT NULL AND seen_at < ? ORDER BY seen_at, seq LIMIT ?)",
      before, most);
  return connection.run(
      "DELETE FROM inbox WHERE seq IN (SELECT seq FROM inbox "
      "WHERE emptied_at IS NOT NULL AND seen_at < ? ORDER BY seen_at, seq LIMIT ?)",
      before, most);
}

int drop_commands(Connection& connection, Instant before, int most) {
  connection.run(
      "DELETE FROM attempts WHERE outbox_id IN (SELECT id FROM outbox INDEXED BY outbox_settled "
      "WHERE state IN ('done', 'superseded') AND created_at < ? ORDER BY created_at, id LIMIT ?)",
      before, most);
  return connection.run(
      "DELETE FROM outbox WHERE id IN (SELECT id FROM outbox INDEXED BY outbox_settled "
      "WHERE state IN ('done', 'superseded') AND created_at < ? ORDER BY created_at, id LIMIT ?)",
      before, most);
}

int drop_decisions(Connection& connection, Instant before, int most) {
  return connection.run(
      "DELETE FROM decisions WHERE seq IN (SELECT seq FROM decisions WHERE at < ? LIMIT ?)", before,
      most);
}

}  // namespace

Forgotten forget(Connection& connection, const Keep& keep, Instant now, int most) {
  Forgotten gone;
  gone.bodies = empty_bodies(connection, now - keep.bodies, now, most);
  gone.ids = drop_ids(connection, now - keep.ids, most);
  gone.commands = drop_commands(connection, now - keep.commands, most);
  gone.decisions = drop_decisions(connection, now - keep.decisions, most);
  const bool to_thin = thinning::thin_facts(connection);
  // A batch of large bodies may be small: there is more as long as there was anything at all.
  gone.more = to_thin || gone.bodies > 0 || gone.ids == most || gone.commands == most ||
              gone.decisions == most;
  return gone;
}

std::int64_t give_back(Connection& connection, int pages) {
  // Not prepared: it works page by page as it is stepped. 0 would mean all.
  if (pages > 0) connection.execute("PRAGMA incremental_vacuum(" + std::to_string(pages) + ")");
  Query query = connection.query("PRAGMA freelist_count");
  return query.next() ? query.integer(0) : 0;
}

}  // namespace saksbro::store::retention
