#include "bridge/store/sqlite/outages.h"

#include <string>

#include "bridge/store/sqlite/memory.h"
#include "bridge/store/sqlite/outbox.h"

namespace saksbro::store::outages {
namespace {

Outage outage_of(const Query& query) {
  Outage outage{SystemName{query.text(0)}, query.instant(1), query.phrase(2), std::nullopt};
  if (!query.is_null(3)) outage.parked_at = query.instant(3);
  return outage;
}

}  // namespace

std::optional<Outage> of(Connection& connection, const SystemName& system) {
  Query query = connection.query(
      "SELECT system, since, why, parked_at FROM outages WHERE system = ?", system);
  if (!query.next()) return std::nullopt;
  return outage_of(query);
}

std::vector<Outage> list(Connection& connection) {
  std::vector<Outage> found;
  Query query =
      connection.query("SELECT system, since, why, parked_at FROM outages ORDER BY system");
  while (query.next()) found.push_back(outage_of(query));
  return found;
}

void set(Connection& connection, const Outage& outage) {
  connection.run(
      "INSERT INTO outages (system, since, why, parked_at) VALUES (?, ?, ?, ?) "
      "ON CONFLICT DO UPDATE SET why = excluded.why, "
      "parked_at = coalesce(parked_at, excluded.parked_at)",
      outage.system, outage.since, outage.why, outage.parked_at);
}

bool settings_changed(Connection& connection, const SystemName& system, std::int64_t fingerprint) {
  const MemoryKey key{"settings", system.text()};
  const std::optional<Memo> before = memory::get(connection, key);
  const Memo now{Instant{}, std::to_string(fingerprint)};
  if (before == now) return false;
  memory::set(connection, key, now);
  return before.has_value();
}

void resume(Connection& connection, const SystemName& system, Instant at) {
  connection.run("DELETE FROM outages WHERE system = ?", system);
  connection.run("UPDATE outbox SET created_at = ? WHERE system = ? AND state = 'waiting'", at,
                 system);
  [[maybe_unused]] const int due = outbox::expedite(connection, system, at);
}

}  // namespace saksbro::store::outages
