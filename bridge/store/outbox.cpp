#include "bridge/store/outbox.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "bridge/records/command_record.h"
#include "bridge/store/cases.h"
#include "bridge/store/lane.h"

namespace saksbro::store::outbox {
namespace {

constexpr std::array kStates{"waiting", "sending", "done", "dead", "superseded"};

OutboxState state_of(const std::string& word) {
  const auto* const found = std::find(kStates.begin(), kStates.end(), word);
  return static_cast<OutboxState>(std::distance(kStates.begin(), found));
}

// The columns are always: id, case_number, state, cause, created_at, next_at, last_why, fence,
// attempts, issued, recovered.
Result<OutboxRow> row_of(const Query& query) {
  OutboxRow row;
  row.id = query.integer(0);
  row.case_number = CaseNumber{query.text(1)};
  row.state = state_of(query.text(2));
  row.cause = query.integer(3);
  row.created_at = query.instant(4);
  row.next_at = query.instant(5);
  row.last_why = query.text(6);
  row.fence = query.integer(7);
  Result<core::Issued> issued = records::read_issued(query.text(9));
  if (!issued) return fail("store: outbox " + std::to_string(row.id), issued.error().text());
  row.issued = std::move(*issued);
  row.issued.command.attempt = static_cast<int>(query.integer(8));
  row.recovered = query.integer(10) != 0;
  return row;
}

// A lane's oldest row that is not settled, if it is due and nothing of its lane is under way:
// at_head says so (schema.cpp).
// A dead create holds its lane, for what comes after it needs the key, unless the case has got a
// ticket there in another way.
// A restored store looks only, then opens tickets, before it writes anything else (recovery.h).
constexpr const char* kFreeHeads =
    "SELECT id FROM outbox AS head WHERE system = ? AND at_head = 1 AND next_at <= ? "
    "AND NOT EXISTS (SELECT 1 FROM outbox AS failed "
    "  WHERE failed.lane = head.lane AND failed.state = 'dead' AND failed.id < head.id "
    "  AND failed.verb = 'create' AND NOT EXISTS (SELECT 1 FROM refs "
    "    WHERE refs.case_number = failed.case_number AND refs.system = failed.system)) "
    "AND (verb = 'read' OR NOT EXISTS (SELECT 1 FROM recovery "
    "  WHERE stage = 1 OR head.verb <> 'create')) "
    "ORDER BY id LIMIT ?";

std::vector<std::int64_t> free_heads(Connection& connection, const SystemName& system, Instant now,
                                     std::size_t most) {
  std::vector<std::int64_t> ids;
  Query query = connection.query(kFreeHeads, system, now, static_cast<std::int64_t>(most));
  while (query.next()) ids.push_back(query.integer(0));
  return ids;
}

Result<OutboxRow> load(Connection& connection, std::int64_t id) {
  Query query = connection.query(
      "SELECT id, case_number, state, cause, created_at, next_at, last_why, fence, attempts, "
      "issued, recovered FROM outbox WHERE id = ?",
      id);
  if (!query.next()) return fail("store", "no outbox row " + std::to_string(id));
  return row_of(query);
}

// False: the case has no ticket there yet.
bool fill_in_ticket(Connection& connection, OutboxRow& row) {
  Command& command = row.issued.command;
  if (!lacks_ticket(command.action)) return true;
  const std::optional<RemoteKey> key = cases::ticket_in(connection, row.case_number, command.to);
  if (key) command.action = with_ticket(command.action, *key);
  return key.has_value();
}

void postpone(Connection& connection, std::int64_t id, Instant until) {
  connection.run(
      "UPDATE outbox SET next_at = ?, last_why = 'the ticket has no number yet' WHERE id = ?",
      until, id);
}

// A record that cannot be read blocks its own lane only.
void bury(Connection& connection, std::int64_t id, const Error& error) {
  connection.run("UPDATE outbox SET state = 'dead', last_why = ? WHERE id = ?", error.text(), id);
}

void mark_sending(Connection& connection, OutboxRow& row, Instant now) {
  row.state = OutboxState::sending;
  row.fence += 1;
  row.issued.command.attempt += 1;
  connection.run(
      "UPDATE outbox SET state = 'sending', fence = ?, attempts = ?, claimed_at = ? WHERE id = ?",
      row.fence, row.issued.command.attempt, now, row.id);
}

void claim_one(Connection& connection, std::int64_t id, Instant now,
               std::vector<OutboxRow>& claimed) {
  Result<OutboxRow> row = load(connection, id);
  if (!row) return bury(connection, id, row.error());
  if (!fill_in_ticket(connection, *row)) return postpone(connection, id, now + kKeyWait);
  mark_sending(connection, *row, now);
  claimed.push_back(std::move(*row));
}

void supersede(Connection& connection, const std::string& lane, const std::string& slot) {
  if (slot.empty()) return;
  connection.run(
      "UPDATE outbox SET state = 'superseded' "
      "WHERE lane = ? AND slot = ? AND state IN ('waiting', 'dead')",
      lane, slot);
}

bool has(Connection& connection, const IdempotencyKey& key) {
  return connection.query("SELECT 1 FROM outbox WHERE key = ?", key).next();
}

}  // namespace

void append(Connection& connection, const std::optional<CaseNumber>& number, std::int64_t cause,
            Instant at, const core::Issued& issued) {
  const Command& command = issued.command;
  if (has(connection, command.key)) return;
  const std::string lane = lane_of(number, command);
  supersede(connection, lane, issued.slot);
  connection.run(
      "INSERT INTO outbox (key, case_number, system, lane, slot, verb, issued, cause, created_at, "
      "next_at, attempts, recovered) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, "
      "(SELECT count(*) FROM recovery), (SELECT count(*) FROM recovery))",
      command.key, number, command.to, lane, issued.slot, verb(command.action),
      records::write(issued), cause, at);
}

std::vector<OutboxRow> claim(Connection& connection, const SystemName& system, Instant now,
                             int most) {
  std::vector<OutboxRow> claimed;
  const std::size_t wanted = most > 0 ? static_cast<std::size_t>(most) : 0;
  // Each round claims, postpones or buries every head that it sees, so the rounds end.
  while (claimed.size() < wanted) {
    const auto heads = free_heads(connection, system, now, wanted - claimed.size());
    if (heads.empty()) break;
    for (const std::int64_t id : heads) claim_one(connection, id, now, claimed);
  }
  return claimed;
}

Result<std::vector<OutboxRow>> list(Connection& connection, const std::optional<CaseNumber>& number,
                                    bool only_open) {
  std::vector<OutboxRow> rows;
  Query query = connection.query(
      "SELECT id, case_number, state, cause, created_at, next_at, last_why, fence, attempts, "
      "issued, recovered FROM outbox WHERE (?1 IS NULL OR case_number = ?1) "
      "AND (?2 = 0 OR state IN ('waiting', 'sending', 'dead')) ORDER BY id",
      number, only_open ? 1 : 0);
  while (query.next()) {
    Result<OutboxRow> row = row_of(query);
    if (!row) return tl::unexpected(row.error());
    rows.push_back(std::move(*row));
  }
  return rows;
}

std::map<SystemName, std::int64_t> open_by_system(Connection& connection) {
  std::map<SystemName, std::int64_t> open;
  Query query = connection.query(
      "SELECT system, count(*) FROM outbox WHERE state IN ('waiting', 'sending', 'dead') "
      "GROUP BY system");
  while (query.next()) open[SystemName{query.text(0)}] = query.integer(1);
  return open;
}

}  // namespace saksbro::store::outbox
