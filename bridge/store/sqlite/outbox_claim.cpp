// Which command is done next.
#include <unistd.h>

#include <string>

#include "bridge/store/sqlite/cases.h"
#include "bridge/store/sqlite/lane.h"
#include "bridge/store/sqlite/outbox.h"

namespace saksbro::store::outbox {
namespace {

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
    "ORDER BY mass, id LIMIT ?";

std::vector<std::int64_t> free_heads(Connection& connection, const SystemName& system, Instant now,
                                     std::size_t most) {
  std::vector<std::int64_t> ids;
  Query query = connection.query(kFreeHeads, system, now, static_cast<std::int64_t>(most));
  while (query.next()) ids.push_back(query.integer(0));
  return ids;
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
  connection.run("UPDATE outbox SET next_at = ?, last_why = ? WHERE id = ?", until,
                 Phrase("the ticket has no number yet", {}), id);
}

// A record that cannot be read blocks its own lane only.
void bury(Connection& connection, std::int64_t id, const Error& error) {
  connection.run("UPDATE outbox SET state = 'dead', last_why = ? WHERE id = ?", error.told(), id);
}

void mark_sending(Connection& connection, OutboxRow& row, Instant now) {
  static const std::string kOwner = std::to_string(getpid());
  row.state = OutboxState::sending;
  row.fence += 1;
  row.issued.command.attempt += 1;
  connection.run(
      "UPDATE outbox SET state = 'sending', fence = ?, attempts = ?, claimed_at = ?, owner = ?, "
      "lease_until = ? WHERE id = ?",
      row.fence, row.issued.command.attempt, now, kOwner, now + kLease, row.id);
}

// What waits next in the lane: fields for the same ticket that are due. Anything else ends the run,
// so that the order around it is kept.
std::vector<OutboxRow> fields_behind(Connection& connection, const OutboxRow& head, Instant now) {
  const std::string lane = lane_of(head.case_number, head.issued.command);
  const RemoteKey ticket = ticket_of(head.issued.command.action);
  std::vector<std::int64_t> ids;
  {
    Query query = connection.query(
        "SELECT id, verb, alone, next_at FROM outbox "
        "WHERE lane = ? AND state = 'waiting' AND id > ? ORDER BY id",
        lane, head.id);
    while (query.next() && query.text(1) == std::string("fields") && query.integer(2) == 0 &&
           query.instant(3) <= now) {
      ids.push_back(query.integer(0));
    }
  }
  std::vector<OutboxRow> rows;
  for (const std::int64_t id : ids) {
    Result<OutboxRow> row = load(connection, id);
    if (!row || !fill_in_ticket(connection, *row)) break;
    if (ticket_of(row->issued.command.action) != ticket) break;
    rows.push_back(std::move(*row));
  }
  return rows;
}

bool is_alone(Connection& connection, std::int64_t id) {
  return connection.query("SELECT 1 FROM outbox WHERE id = ? AND alone = 1", id).next();
}

// The newest value of each field wins; each command still ends on its own.
void merge_fields(Connection& connection, OutboxRow& head, Instant now) {
  auto* fields = std::get_if<SetFields>(&head.issued.command.action);
  if (fields == nullptr || is_alone(connection, head.id)) return;
  head.merged = fields_behind(connection, head, now);
  for (OutboxRow& row : head.merged) {
    for (const auto& [name, value] : std::get<SetFields>(row.issued.command.action).fields)
      fields->fields[name] = value;
    mark_sending(connection, row, now);
  }
}

void claim_one(Connection& connection, std::int64_t id, Instant now,
               std::vector<OutboxRow>& claimed) {
  Result<OutboxRow> row = load(connection, id);
  if (!row) return bury(connection, id, row.error());
  if (!fill_in_ticket(connection, *row)) return postpone(connection, id, now + kKeyWait);
  mark_sending(connection, *row, now);
  merge_fields(connection, *row, now);
  claimed.push_back(std::move(*row));
}

}  // namespace

bool has_due(Connection& connection, const SystemName& system, Instant now) {
  return !free_heads(connection, system, now, 1).empty();
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

}  // namespace saksbro::store::outbox
