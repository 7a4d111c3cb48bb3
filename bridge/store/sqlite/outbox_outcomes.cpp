// How work on an outbox row ends, and how a person or a restart takes it up again.
#include "bridge/core/speech/translation.h"
#include "bridge/store/sqlite/lane.h"
#include "bridge/store/sqlite/outbox.h"

namespace saksbro::store::outbox {
namespace {

void log_attempt(Connection& connection, const OutboxRow& row, Instant at, const char* outcome,
                 const Phrase& why) {
  connection.run(
      "INSERT INTO attempts (outbox_id, number, at, outcome, why) VALUES (?, ?, ?, ?, ?)", row.id,
      row.issued.command.attempt, at, outcome, why);
}

// A row that was withdrawn, or whose slot got a newer command, while it was away must not come
// back: not by itself, and not by a redrive.
constexpr const char* kNotDone =
    "UPDATE outbox SET last_why = ?1, next_at = ?2, not_before = ?3, attempts = ?5, "
    "in_doubt_at = ?6, crashes = ?7, alone = max(alone, ?8), "
    "state = iif(withdrawn_at IS NOT NULL OR slot <> '' AND EXISTS ("
    "  SELECT 1 FROM outbox AS newer WHERE newer.lane = outbox.lane AND newer.slot = outbox.slot "
    "  AND newer.id > outbox.id), 'superseded', ?4) "
    "WHERE id = ?9 AND fence = ?10 AND state = 'sending'";

struct NotDone {
  const Phrase& why;
  Instant next_at;
  Instant not_before;
  const char* state;
  bool alone;
};

bool not_done(Connection& connection, const OutboxRow& row, const NotDone& how) {
  return connection.run(kNotDone, how.why, how.next_at, how.not_before, how.state,
                        row.issued.command.attempt, row.in_doubt_at, row.crashes, how.alone ? 1 : 0,
                        row.id, row.fence) == 1;
}

int counted_attempts(Connection& connection, const OutboxRow& row) {
  Query query = connection.query("SELECT attempts FROM outbox WHERE id = ?", row.id);
  return query.next() ? static_cast<int>(query.integer(0)) : 0;
}

// Of a merged set of fields: each is tried on its own, so that the one which is refused does not
// take the others with it.
void take_apart(Connection& connection, const OutboxRow& head, const Phrase& why, Instant at) {
  const auto apart = [&](OutboxRow row) {
    row.in_doubt_at = head.in_doubt_at;
    if (not_done(connection, row, {why, at, Instant{}, "waiting", true}))
      log_attempt(connection, row, at, "later",
                  Phrase("refused together with others: {why}", {{"why", why}}));
  };
  apart(head);
  for (const OutboxRow& row : head.merged) apart(row);
}

bool finish(Connection& connection, const OutboxRow& row, Instant at) {
  const int changed = connection.run(
      "UPDATE outbox SET state = 'done', last_why = '' "
      "WHERE id = ? AND fence = ? AND state = 'sending'",
      row.id, row.fence);
  if (changed == 1) log_attempt(connection, row, at, "delivered", Phrase());
  return changed == 1;
}

bool holds(Connection& connection, const OutboxRow& row) {
  return connection
      .query("SELECT 1 FROM outbox WHERE id = ? AND fence = ? AND state = 'sending'", row.id,
             row.fence)
      .next();
}

}  // namespace

bool renew(Connection& connection, const OutboxRow& row, Instant now) {
  for (const OutboxRow& other : row.merged) {
    if (!renew(connection, other, now)) return false;
  }
  return connection.run(
             "UPDATE outbox SET lease_until = ? WHERE id = ? AND fence = ? AND state = 'sending'",
             now + kLease, row.id, row.fence) == 1;
}

int found(Connection& connection, const CaseNumber& number, const SystemName& system,
          const std::string& marker, const RemoteKey& ticket) {
  return connection.run(
      "UPDATE outbox SET found = ?4 WHERE case_number = ?1 AND system = ?2 AND verb = 'create' "
      "AND state IN ('waiting', 'sending') AND attempts > 0 AND found = '' "
      "AND marker = ?3",
      number, system, marker, ticket);
}

bool done(Connection& connection, const OutboxRow& row, Instant at) {
  if (!finish(connection, row, at)) return false;
  for (const OutboxRow& other : row.merged) {
    [[maybe_unused]] const bool ours = finish(connection, other, at);
  }
  return true;
}

bool later(Connection& connection, const OutboxRow& row, const Phrase& why, Instant at,
           Instant next_at, std::optional<Instant> not_before) {
  const bool counted = counted_attempts(connection, row) == row.issued.command.attempt;
  const NotDone how{why, next_at, not_before.value_or(Instant{}), "waiting", false};
  if (!not_done(connection, row, how)) return false;
  // A system that is asked once a minute for days would fill the log.
  if (counted) log_attempt(connection, row, at, "later", why);
  for (OutboxRow other : row.merged) {
    other.in_doubt_at = row.in_doubt_at;
    if (!counted) --other.issued.command.attempt;
    [[maybe_unused]] const bool ours = not_done(connection, other, how);
  }
  return true;
}

bool dead(Connection& connection, const OutboxRow& row, const Phrase& why, Instant at) {
  if (!row.merged.empty()) {
    if (holds(connection, row)) take_apart(connection, row, why, at);
    return false;
  }
  if (!not_done(connection, row, {why, row.next_at, Instant{}, "dead", false})) return false;
  log_attempt(connection, row, at, "rejected", why);
  return true;
}

namespace {

// The dead letters whose reason has that text in it, in a language that people see it in.
std::vector<std::int64_t> refused_so(Connection& connection, const std::string& reason) {
  std::vector<std::int64_t> ids;
  Query query = connection.query("SELECT id, last_why FROM outbox WHERE state = 'dead'");
  while (query.next()) {
    if (core::says(query.phrase(1), reason)) ids.push_back(query.integer(0));
  }
  return ids;
}

// The attempts are not forgotten, nor is the doubt: the next one begins with a look.
int again(Connection& connection, const DeadLetterFilter& wanted, Instant at) {
  return connection.run(
      "UPDATE outbox SET state = 'waiting', next_at = ?1, created_at = ?1, crashes = 0 "
      "WHERE state = 'dead' "
      "AND (?2 IS NULL OR case_number = ?2) AND (?3 = '' OR system = ?3) "
      "AND (?4 IS NULL OR id = ?4) AND (?5 = 0 OR verb NOT IN ('comment', 'file')) "
      "AND (?6 = '' OR verb = ?6) AND (?7 IS NULL OR created_at < ?7)",
      at, wanted.number, wanted.system, wanted.id, wanted.which == Again::except_comments ? 1 : 0,
      wanted.verb, wanted.issued_before);
}

}  // namespace

int redrive(Connection& connection, const DeadLetterFilter& wanted, Instant at) {
  if (wanted.reason.empty()) return again(connection, wanted, at);
  int count = 0;
  for (const std::int64_t id : refused_so(connection, wanted.reason)) {
    if (wanted.id && *wanted.id != id) continue;
    DeadLetterFilter one = wanted;
    one.id = id;
    count += again(connection, one, at);
  }
  return count;
}

int expedite(Connection& connection, const SystemName& system, Instant at) {
  return connection.run(
      "UPDATE outbox SET next_at = max(?1, not_before) WHERE state = 'waiting' "
      "AND next_at > max(?1, not_before) AND (?2 = '' OR system = ?2)",
      at, system);
}

namespace {

constexpr std::string_view kFileSlot = "file/";

// Its lane is the file's own.
int withdraw_file(Connection& connection, const CaseNumber& number, const SystemName& system,
                  const std::string& slot, Instant at) {
  connection.run(
      "UPDATE outbox SET withdrawn_at = ? WHERE case_number = ? AND system = ? AND verb = 'file' "
      "AND slot = ? AND state = 'sending'",
      at, number, system, slot);
  return connection.run(
      "UPDATE outbox SET withdrawn_at = ?, state = 'superseded' WHERE case_number = ? "
      "AND system = ? AND verb = 'file' AND slot = ? AND state IN ('waiting', 'dead')",
      at, number, system, slot);
}

}  // namespace

int withdraw(Connection& connection, const CaseNumber& number, const SystemName& system,
             const std::string& slot, Instant at) {
  if (slot.empty()) return 0;
  if (slot.starts_with(kFileSlot)) return withdraw_file(connection, number, system, slot, at);
  const std::string lane = lane_of(number, system);
  connection.run(
      "UPDATE outbox SET withdrawn_at = ? WHERE lane = ? AND slot = ? AND state = 'sending'", at,
      lane, slot);
  return connection.run(
      "UPDATE outbox SET withdrawn_at = ?, state = 'superseded' "
      "WHERE lane = ? AND slot = ? AND state IN ('waiting', 'dead')",
      at, lane, slot);
}

namespace {

// Whether a write left is not known: it is in doubt, and a look comes first, once that can tell.
constexpr const char* kReleased =
    "UPDATE outbox SET state = iif(withdrawn_at IS NULL, 'waiting', 'superseded'), last_why = ?1, "
    "next_at = iif(verb IN ('read', 'file'), next_at, ?3), "
    "not_before = iif(verb IN ('read', 'file'), not_before, ?3), "
    "in_doubt_at = iif(verb IN ('read', 'file'), NULL, coalesce(in_doubt_at, ?2)) "
    "WHERE state = 'sending' AND (?4 IS NULL OR lease_until < ?4)";

}  // namespace

int release_claims(Connection& connection, Instant now) {
  return connection.run(kReleased, Phrase("Saksbro stopped before the answer came", {}), now,
                        now + kSettleTime, std::optional<Instant>{});
}

void count_crash(Connection& connection, std::int64_t id) {
  connection.run(
      "UPDATE outbox SET crashes = crashes + 1 WHERE id = ? AND state IN ('waiting', 'sending')",
      id);
}

Result<std::vector<OutboxRow>> reclaim_expired_leases(Connection& connection, Instant now) {
  std::vector<std::int64_t> ids;
  {
    Query query = connection.query(
        "SELECT id FROM outbox WHERE state = 'sending' AND lease_until < ? ORDER BY id", now);
    while (query.next()) ids.push_back(query.integer(0));
  }
  std::vector<OutboxRow> stuck;
  for (const std::int64_t id : ids) {
    Result<OutboxRow> row = load(connection, id);
    if (!row) return tl::unexpected(row.error());
    log_attempt(connection, *row, now, "later", Phrase("lease expired; reclaimed", {}));
    stuck.push_back(std::move(*row));
  }
  if (stuck.empty()) return stuck;
  connection.run(kReleased, Phrase("the worker's lease expired", {}), now, now + kSettleTime,
                 std::optional<Instant>{now});
  return stuck;
}

std::vector<AttemptRow> attempts(Connection& connection, std::int64_t id) {
  std::vector<AttemptRow> found;
  Query query = connection.query(
      "SELECT number, at, outcome, why FROM attempts WHERE outbox_id = ? ORDER BY seq", id);
  while (query.next()) {
    found.push_back(
        {static_cast<int>(query.integer(0)), query.instant(1), query.text(2), query.phrase(3)});
  }
  return found;
}

}  // namespace saksbro::store::outbox
