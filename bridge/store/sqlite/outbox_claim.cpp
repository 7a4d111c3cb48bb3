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
    "AND (? = 0 OR (verb <> 'file' AND substr(slot, 1, 6) <> 'files/')) "
    "ORDER BY mass, id LIMIT ?";

std::vector<std::int64_t> free_heads(Connection& connection, const SystemName& system, Instant now,
                                     Load which, std::size_t most) {
  std::vector<std::int64_t> ids;
  Query query = connection.query(kFreeHeads, system, now, which == Load::light ? 1 : 0,
                                 static_cast<std::int64_t>(most));
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

// May be a part of an UpdateTicket.
bool is_part(const std::string& verb) {
  return verb == "fields" || verb == "status" || verb == "comment";
}

bool may_go_together(const Action& action, Together together) {
  if (std::holds_alternative<SetFields>(action)) return true;
  if (together == Together::fields) return false;
  const auto* comment = std::get_if<AddComment>(&action);
  if (comment != nullptr) return comment->visibility == Visibility::everyone;
  return std::holds_alternative<SetStatus>(action);
}

// Fields of any cause go with others. A status and a comment are one entry with what was decided
// together with them.
bool goes_with(const OutboxRow& head, const OutboxRow& row, Together together) {
  const Action& action = row.issued.command.action;
  if (!may_go_together(action, together)) return false;
  if (ticket_of(action) != ticket_of(head.issued.command.action)) return false;
  const bool only_fields = std::holds_alternative<SetFields>(action) &&
                           std::holds_alternative<SetFields>(head.issued.command.action);
  return only_fields || (row.cause == head.cause && !row.recovered && !head.recovered);
}

// What waits next in the lane. The case note does not end the run: it says what is so when it is
// written. Anything else does, so that the order around it is kept.
std::vector<std::int64_t> waiting_behind(Connection& connection, const OutboxRow& head,
                                         Instant now) {
  std::vector<std::int64_t> ids;
  Query query = connection.query(
      "SELECT id, verb, alone, next_at, slot FROM outbox "
      "WHERE lane = ? AND state = 'waiting' AND id > ? ORDER BY id",
      lane_of(head.case_number, head.issued.command), head.id);
  while (query.next()) {
    if (query.text(1) == "note") continue;
    if (!is_part(query.text(1)) || query.integer(2) != 0 || query.instant(3) > now) break;
    if (query.text(4).starts_with(core::kFilesSlot)) break;  // it may be held back
    ids.push_back(query.integer(0));
  }
  return ids;
}

bool is_alone(Connection& connection, std::int64_t id) {
  return connection.query("SELECT 1 FROM outbox WHERE id = ? AND alone = 1", id).next();
}

// The newest value of each field wins; each command still ends on its own. `head` is not marked
// yet.
void merge(Connection& connection, OutboxRow& head, Instant now, Together together) {
  if (!may_go_together(head.issued.command.action, together) || is_heavy(head) ||
      is_alone(connection, head.id))
    return;
  UpdateTicket update;
  [[maybe_unused]] const bool first = add_part(update, head.issued.command.action);
  for (const std::int64_t id : waiting_behind(connection, head, now)) {
    Result<OutboxRow> row = load(connection, id);
    if (!row || !fill_in_ticket(connection, *row) || !goes_with(head, *row, together)) break;
    if (!add_part(update, row->issued.command.action)) break;
    // What may be there already is looked for, whichever of them it is.
    if (!head.in_doubt_at) head.in_doubt_at = row->in_doubt_at;
    mark_sending(connection, *row, now);
    head.merged.push_back(std::move(*row));
  }
  if (head.merged.empty()) return;
  if (update.status || update.comment) {
    head.issued.command.action = std::move(update);
  } else {
    head.issued.command.action = SetFields{update.ticket, std::move(update.fields)};
  }
}

void claim_one(Connection& connection, std::int64_t id, Instant now, Together together,
               std::vector<OutboxRow>& claimed) {
  Result<OutboxRow> row = load(connection, id);
  if (!row) return bury(connection, id, row.error());
  if (!fill_in_ticket(connection, *row)) return postpone(connection, id, now + kKeyWait);
  merge(connection, *row, now, together);
  mark_sending(connection, *row, now);
  claimed.push_back(std::move(*row));
}

}  // namespace

bool has_due(Connection& connection, const SystemName& system, Instant now, Load which) {
  return !free_heads(connection, system, now, which, 1).empty();
}

std::vector<OutboxRow> claim(Connection& connection, const SystemName& system, Instant now,
                             int most, Together together, Load which) {
  std::vector<OutboxRow> claimed;
  const std::size_t wanted = most > 0 ? static_cast<std::size_t>(most) : 0;
  // Each round claims, postpones or buries every head that it sees, so the rounds end.
  while (claimed.size() < wanted) {
    const auto heads = free_heads(connection, system, now, which, wanted - claimed.size());
    if (heads.empty()) break;
    for (const std::int64_t id : heads) claim_one(connection, id, now, together, claimed);
  }
  return claimed;
}

}  // namespace saksbro::store::outbox
