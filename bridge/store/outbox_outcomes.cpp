// How work on an outbox row ends, and how a person or a restart takes it up again.
#include "bridge/store/lane.h"
#include "bridge/store/outbox.h"

namespace saksbro::store::outbox {
namespace {

void log_attempt(Connection& connection, const OutboxRow& row, Instant at, const char* outcome,
                 const std::string& why) {
  connection.run(
      "INSERT INTO attempts (outbox_id, number, at, outcome, why) VALUES (?, ?, ?, ?, ?)", row.id,
      row.issued.command.attempt, at, outcome, why);
}

// A row that was withdrawn, or whose slot got a newer command, while it was away must not come
// back: not by itself, and not by a redrive.
constexpr const char* kNotDone =
    "UPDATE outbox SET last_why = ?, next_at = ?, not_before = ?, "
    "state = iif(withdrawn_at IS NOT NULL OR slot <> '' AND EXISTS ("
    "  SELECT 1 FROM outbox AS newer WHERE newer.lane = outbox.lane AND newer.slot = outbox.slot "
    "  AND newer.id > outbox.id), 'superseded', ?) "
    "WHERE id = ? AND fence = ? AND state = 'sending'";

}  // namespace

bool done(Connection& connection, const OutboxRow& row, Instant at) {
  const int changed = connection.run(
      "UPDATE outbox SET state = 'done', last_why = '' "
      "WHERE id = ? AND fence = ? AND state = 'sending'",
      row.id, row.fence);
  if (changed == 1) log_attempt(connection, row, at, "delivered", "");
  return changed == 1;
}

bool later(Connection& connection, const OutboxRow& row, const std::string& why, Instant at,
           Instant next_at, std::optional<Instant> not_before) {
  const int changed = connection.run(kNotDone, why, next_at, not_before.value_or(Instant{}),
                                     "waiting", row.id, row.fence);
  if (changed == 1) log_attempt(connection, row, at, "later", why);
  return changed == 1;
}

bool dead(Connection& connection, const OutboxRow& row, const std::string& why, Instant at) {
  const int changed =
      connection.run(kNotDone, why, row.next_at, Instant{}, "dead", row.id, row.fence);
  if (changed == 1) log_attempt(connection, row, at, "rejected", why);
  return changed == 1;
}

// The attempts are not forgotten: the next one begins with a look.
int redrive(Connection& connection, const std::optional<CaseNumber>& number,
            const SystemName& system, std::optional<std::int64_t> id, Instant at, Again which) {
  return connection.run(
      "UPDATE outbox SET state = 'waiting', next_at = ?1, created_at = ?1 WHERE state = 'dead' "
      "AND (?2 IS NULL OR case_number = ?2) AND (?3 = '' OR system = ?3) "
      "AND (?4 IS NULL OR id = ?4) AND (?5 = 0 OR verb <> 'comment')",
      at, number, system, id, which == Again::not_comments ? 1 : 0);
}

int hasten(Connection& connection, const SystemName& system, Instant at) {
  return connection.run(
      "UPDATE outbox SET next_at = max(?1, not_before) WHERE state = 'waiting' "
      "AND next_at > max(?1, not_before) AND (?2 = '' OR system = ?2)",
      at, system);
}

int withdraw(Connection& connection, const CaseNumber& number, const SystemName& system,
             const std::string& slot, Instant at) {
  if (slot.empty()) return 0;
  const std::string lane = lane_of(number, system);
  connection.run(
      "UPDATE outbox SET withdrawn_at = ? WHERE lane = ? AND slot = ? AND state = 'sending'", at,
      lane, slot);
  return connection.run(
      "UPDATE outbox SET withdrawn_at = ?, state = 'superseded' "
      "WHERE lane = ? AND slot = ? AND state IN ('waiting', 'dead')",
      at, lane, slot);
}

int release_claims(Connection& connection, Instant now) {
  return connection.run(
      "UPDATE outbox SET state = iif(withdrawn_at IS NULL, 'waiting', 'superseded'), "
      "last_why = 'the bridge stopped before the answer came', "
      "next_at = iif(verb = 'read', next_at, ?1), not_before = iif(verb = 'read', not_before, ?1) "
      "WHERE state = 'sending'",
      now + kSettleTime);
}

std::vector<AttemptRow> attempts(Connection& connection, std::int64_t id) {
  std::vector<AttemptRow> found;
  Query query = connection.query(
      "SELECT number, at, outcome, why FROM attempts WHERE outbox_id = ? ORDER BY seq", id);
  while (query.next()) {
    found.push_back(
        {static_cast<int>(query.integer(0)), query.instant(1), query.text(2), query.text(3)});
  }
  return found;
}

}  // namespace saksbro::store::outbox
