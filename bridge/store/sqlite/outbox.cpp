#include "bridge/store/sqlite/outbox.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "bridge/records/command_record.h"
#include "bridge/store/sqlite/lane.h"

namespace saksbro::store::outbox {
namespace {

constexpr std::array kStates{"waiting", "sending", "done", "dead", "superseded"};

OutboxState state_of(const std::string& word) {
  const auto* const found = std::find(kStates.begin(), kStates.end(), word);
  return static_cast<OutboxState>(std::distance(kStates.begin(), found));
}

// What outbox_row_of() reads, and where from.
const std::string kRows =
    "SELECT id, case_number, state, cause, created_at, next_at, last_why, fence, attempts, issued, "
    "in_doubt_at, found, crashes, recovered FROM outbox ";

Result<OutboxRow> outbox_row_of(const Query& query) {
  OutboxRow row;
  row.id = query.integer(0);
  row.case_number = CaseNumber{query.text(1)};
  row.state = state_of(query.text(2));
  row.cause = query.integer(3);
  row.created_at = query.instant(4);
  row.next_at = query.instant(5);
  row.last_why = query.phrase(6);
  row.fence = query.integer(7);
  Result<core::Issued> issued = records::read_issued(query.text(9));
  if (!issued) return fail("store: outbox " + std::to_string(row.id), issued.error().text());
  row.issued = std::move(*issued);
  row.issued.command.attempt = static_cast<int>(query.integer(8));
  if (!query.is_null(10)) row.in_doubt_at = query.instant(10);
  row.found = RemoteKey{query.text(11)};
  row.crashes = static_cast<int>(query.integer(12));
  row.recovered = query.integer(13) != 0;
  return row;
}

void supersede(Connection& connection, const std::string& lane, const std::string& slot) {
  if (slot.empty()) return;
  connection.run(
      "UPDATE outbox SET state = 'superseded' "
      "WHERE lane = ? AND slot = ? AND state IN ('waiting', 'dead')",
      lane, slot);
}

std::optional<std::string> recorded_under(Connection& connection, const IdempotencyKey& key) {
  Query query = connection.query("SELECT issued FROM outbox WHERE key = ?", key);
  return query.next() ? std::optional(query.text(0)) : std::nullopt;
}

// The same command may come again. Another one under its key would be lost, and nobody would know.
Result<bool> is_recorded(Connection& connection, const core::Issued& issued) {
  const auto recorded = recorded_under(connection, issued.command.key);
  if (!recorded) return false;
  const Result<core::Issued> before = records::read_issued(*recorded);
  if (!before) return tl::unexpected(before.error());
  if (before->command.to == issued.command.to && before->command.action == issued.command.action)
    return true;
  return fail("store", "two commands have the key " + issued.command.key.text() +
                           ": the second one would be lost");
}

// What one delivery causes in masses (a broadcast, a version) must not stand before a single new
// command of another case.
bool is_mass_change(Connection& connection, std::int64_t cause) {
  Query query = connection.query(
      "SELECT count(*) FROM (SELECT 1 FROM outbox WHERE cause = ? LIMIT ?)", cause, kMassAfter);
  return query.next() && query.integer(0) >= kMassAfter;
}

// A single command waits behind what its own lane holds: that comes forward with it.
void bring_forward(Connection& connection, const std::string& lane) {
  connection.run("UPDATE outbox SET mass = 0 WHERE lane = ? AND state = 'waiting' AND mass = 1",
                 lane);
}

std::string marker_of(const Action& action) {
  const auto* create = std::get_if<CreateTicket>(&action);
  return create == nullptr ? "" : create->marker;
}

Result<std::vector<OutboxRow>> rows_of(Query query) {
  std::vector<OutboxRow> rows;
  while (query.next()) {
    Result<OutboxRow> row = outbox_row_of(query);
    if (!row) return tl::unexpected(row.error());
    rows.push_back(std::move(*row));
  }
  return rows;
}

}  // namespace

Result<OutboxRow> load(Connection& connection, std::int64_t id) {
  static const std::string kOne = kRows + "WHERE id = ?";
  Query query = connection.query(kOne.c_str(), id);
  if (!query.next()) return fail("store", "no outbox row " + std::to_string(id));
  return outbox_row_of(query);
}

Result<void> append(Connection& connection, const std::optional<CaseNumber>& number,
                    std::int64_t cause, Instant at, const core::Issued& issued) {
  const Command& command = issued.command;
  const Result<bool> there = is_recorded(connection, issued);
  if (!there) return tl::unexpected(there.error());
  if (*there) return {};
  const std::string lane = lane_of(number, command);
  supersede(connection, lane, issued.slot);
  const bool mass = is_mass_change(connection, cause);
  if (!mass) bring_forward(connection, lane);
  connection.run(
      "INSERT INTO outbox (key, case_number, system, lane, slot, verb, issued, cause, created_at, "
      "next_at, mass, marker, attempts, recovered, in_doubt_at) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, "
      "(SELECT count(*) FROM recovery), (SELECT count(*) FROM recovery), "
      "(SELECT backup_at FROM recovery))",
      command.key, number, command.to, lane, issued.slot, verb(command.action),
      records::write(issued), cause, at, mass ? 1 : 0, marker_of(command.action));
  return {};
}

Result<std::vector<OutboxRow>> list(Connection& connection, const std::optional<CaseNumber>& number,
                                    bool only_open) {
  static const std::string kAll =
      kRows +
      "WHERE (?1 IS NULL OR case_number = ?1) "
      "AND (?2 = 0 OR state IN ('waiting', 'sending', 'dead')) ORDER BY id";
  return rows_of(connection.query(kAll.c_str(), number, only_open ? 1 : 0));
}

Result<std::vector<OutboxRow>> list_open(Connection& connection, std::int64_t after, int most) {
  static const std::string kPage =
      kRows + "WHERE id > ? AND state IN ('waiting', 'sending', 'dead') ORDER BY id LIMIT ?";
  return rows_of(connection.query(kPage.c_str(), after, most));
}

Result<std::set<std::string>> files_needed(Connection& connection) {
  static const std::string kWithFiles =
      kRows +
      "WHERE state IN ('waiting', 'sending', 'dead') AND verb = 'comment' "
      "AND substr(slot, 1, 6) = 'files/'";
  const auto rows = rows_of(connection.query(kWithFiles.c_str()));
  if (!rows) return tl::unexpected(rows.error());
  std::set<std::string> needed;
  for (const OutboxRow& row : *rows) {
    const auto* comment = std::get_if<AddComment>(&row.issued.command.action);
    if (comment == nullptr) continue;
    for (const OutgoingFile& file : comment->files) needed.insert(file.blob.sha256);
  }
  return needed;
}

// The slot is that of the looks that compare.cpp asks for.
int compares_waiting(Connection& connection, const SystemName& system) {
  Query query = connection.query(
      "SELECT count(*) FROM outbox WHERE system = ? AND slot = 'read/compare' "
      "AND state IN ('waiting', 'sending')",
      system);
  return query.next() ? static_cast<int>(query.integer(0)) : 0;
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
