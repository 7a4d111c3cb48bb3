#include "bridge/store/sqlite/timers.h"

namespace saksbro::store::timers {

void set(Connection& connection, const Timer& timer) {
  connection.run(
      "INSERT INTO timers (case_number, name, due) VALUES (?, ?, ?) "
      "ON CONFLICT DO UPDATE SET due = excluded.due",
      timer.case_number, timer.name, timer.due);
}

void stop(Connection& connection, const CaseNumber& number, const std::string& name) {
  connection.run("DELETE FROM timers WHERE case_number = ? AND name = ?", number, name);
}

void fired(Connection& connection, const Timer& timer) {
  connection.run("DELETE FROM timers WHERE case_number = ? AND name = ? AND due = ?",
                 timer.case_number, timer.name, timer.due);
}

std::vector<Timer> due(Connection& connection, Instant now) {
  std::vector<Timer> found;
  Query query = connection.query(
      "SELECT case_number, name, due FROM timers WHERE due <= ? ORDER BY due, case_number, name",
      now);
  while (query.next()) {
    found.push_back({CaseNumber{query.text(0)}, query.text(1), query.instant(2)});
  }
  return found;
}

}  // namespace saksbro::store::timers

namespace saksbro::store::cursors {

std::optional<Cursor> load(Connection& connection, const SystemName& system) {
  Query query = connection.query("SELECT since, position FROM cursors WHERE system = ?", system);
  if (!query.next()) return std::nullopt;
  return Cursor{query.instant(0), query.text(1)};
}

void set(Connection& connection, const SystemName& system, const Cursor& cursor) {
  connection.run(
      "INSERT INTO cursors (system, since, position) VALUES (?, ?, ?) "
      "ON CONFLICT DO UPDATE SET since = excluded.since, position = excluded.position",
      system, cursor.since, cursor.position);
}

}  // namespace saksbro::store::cursors

namespace saksbro::store::polls {

PollRow of(Connection& connection, const SystemName& system) {
  connection.run("INSERT INTO polls (system) VALUES (?) ON CONFLICT DO NOTHING", system);
  Query query = connection.query("SELECT id, crashes FROM polls WHERE system = ?", system);
  if (!query.next()) return {};
  return {query.integer(0), static_cast<int>(query.integer(1))};
}

void count_crash(Connection& connection, std::int64_t id) {
  connection.run("UPDATE polls SET crashes = crashes + 1 WHERE id = ?", id);
}

void forgive(Connection& connection, const SystemName& system) {
  connection.run("UPDATE polls SET crashes = 0 WHERE system = ? AND crashes > 0", system);
}

}  // namespace saksbro::store::polls
