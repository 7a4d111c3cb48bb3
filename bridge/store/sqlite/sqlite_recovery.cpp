#include "bridge/store/sqlite/sqlite_recovery.h"

#include "bridge/store/sqlite/cases.h"
#include "bridge/store/sqlite/lane.h"
#include "bridge/store/sqlite/sqlite_error.h"

namespace saksbro::store {
namespace {

RecoveryState read_state(Connection& connection) {
  Query query = connection.query("SELECT stage, backup_at, began_at FROM recovery");
  if (!query.next()) return {};
  return {static_cast<RecoveryStage>(query.integer(0)), query.instant(1), query.instant(2)};
}

std::vector<TicketPlace> places(Query query) {
  std::vector<TicketPlace> found;
  while (query.next()) found.push_back({SystemName{query.text(0)}, RemoteKey{query.text(1)}});
  return found;
}

void forget_the_look(Connection& connection) {
  connection.run("DELETE FROM recovery");
  connection.run("DELETE FROM recovery_numbers");
  connection.run("DELETE FROM recovery_tickets");
}

std::optional<Instant> marked(Connection& connection) {
  Query query = connection.query("SELECT value FROM meta WHERE name = 'backup_at'");
  return query.next() ? std::optional(query.instant(0)) : std::nullopt;
}

// Of several tickets that bear a number, it is the oldest one's: copies are made later.
std::optional<CaseNumber> borne(Connection& connection, const std::string& origin,
                                bool by_another) {
  Query query = connection.query(
      "SELECT number FROM recovery_numbers AS own WHERE origin = ? AND ? = ("
      "number IN (SELECT number FROM cases) OR EXISTS ("
      "SELECT 1 FROM recovery_numbers AS other WHERE other.number = own.number "
      "AND (other.created, other.origin) < (own.created, own.origin)))",
      origin, by_another ? 1 : 0);
  return query.next() ? std::optional(CaseNumber{query.text(0)}) : std::nullopt;
}

// Whatever is not settled here may be settled out there.
void doubt_all(Connection& connection) {
  connection.run(
      "UPDATE outbox SET recovered = 1, attempts = max(attempts, 1), "
      "in_doubt_at = iif(verb IN ('read', 'file'), NULL, coalesce(in_doubt_at, created_at)), "
      "next_at = 0, not_before = 0, "
      "last_why = iif(state = 'dead', last_why, ''), state = iif(state = 'sending', "
      "iif(withdrawn_at IS NULL, 'waiting', 'superseded'), state) "
      "WHERE state IN ('waiting', 'sending', 'dead')");
}

RecoveryState begin_looking(Connection& connection, Instant backup_at, Instant now,
                            std::chrono::minutes overlap) {
  forget_the_look(connection);
  connection.run("INSERT INTO recovery (one, stage, backup_at, began_at) VALUES (1, ?, ?, ?)",
                 static_cast<int>(RecoveryStage::looking), backup_at, now);
  connection.run("UPDATE cursors SET since = max(0, since - ?), position = ''",
                 std::int64_t{std::chrono::milliseconds{overlap}.count()});
  doubt_all(connection);
  connection.run("DELETE FROM meta WHERE name = 'backup_at'");
  return read_state(connection);
}

}  // namespace

Result<RecoveryState> SqliteRecovery::state() {
  return tried([&] { return read_state(connection_); });
}

Result<void> SqliteRecovery::mark(Instant backup_at) {
  return tried([&] {
    connection_.run("INSERT OR REPLACE INTO meta (name, value) VALUES ('backup_at', ?)", backup_at);
  });
}

Result<RecoveryState> SqliteRecovery::begin(Instant now, std::chrono::minutes overlap) {
  return tried([&] {
    const auto backup_at = marked(connection_);
    return backup_at ? begin_looking(connection_, *backup_at, now, overlap)
                     : read_state(connection_);
  });
}

Result<void> SqliteRecovery::go_on(RecoveryStage to, Instant at) {
  return tried([&] {
    if (to != RecoveryStage::none) {
      connection_.run("UPDATE recovery SET stage = ?", static_cast<int>(to));
      return;
    }
    connection_.run(
        "INSERT OR REPLACE INTO meta (name, value) SELECT 'recovered_at', ? FROM recovery", at);
    forget_the_look(connection_);
  });
}

Result<void> SqliteRecovery::bears(const std::string& origin, const CaseNumber& number,
                                   Instant created) {
  return tried([&] {
    connection_.run(
        "INSERT INTO recovery_numbers (origin, number, created) VALUES (?, ?, ?) "
        "ON CONFLICT (origin) DO UPDATE SET created = min(created, excluded.created)",
        origin, number, created);
    cases::take_number(connection_, number);
  });
}

Result<std::optional<CaseNumber>> SqliteRecovery::number_of(const std::string& origin) {
  return tried([&] { return borne(connection_, origin, false); });
}

Result<std::optional<CaseNumber>> SqliteRecovery::copied_by(const std::string& origin) {
  return tried([&] { return borne(connection_, origin, true); });
}

Result<void> SqliteRecovery::put_off(const TicketPlace& ticket) {
  return tried([&] {
    connection_.run("INSERT OR IGNORE INTO recovery_tickets (system, key) VALUES (?, ?)",
                    ticket.system, ticket.key);
  });
}

Result<std::vector<TicketPlace>> SqliteRecovery::put_off() {
  return tried([&] {
    return places(connection_.query("SELECT system, key FROM recovery_tickets ORDER BY 1, 2"));
  });
}

Result<std::vector<TicketPlace>> SqliteRecovery::tickets_in(const SystemName& system) {
  return tried([&] {
    return places(connection_.query(
        "SELECT system, key FROM refs JOIN cases ON cases.number = refs.case_number "
        "WHERE closed = 0 AND system = ? ORDER BY refs.seq",
        system));
  });
}

Result<int> SqliteRecovery::untried(const SystemName& system, Instant now) {
  return tried([&] {
    Query query = connection_.query(
        "SELECT count(*) FROM outbox WHERE system = ? AND (state = 'sending' OR at_head = 1 AND "
        "(last_why = '' OR next_at <= ?)) AND (verb = 'read' OR verb = 'create' AND EXISTS "
        "(SELECT 1 FROM recovery WHERE stage = 2))",
        system, now);
    return query.next() ? static_cast<int>(query.integer(0)) : 0;
  });
}

}  // namespace saksbro::store
