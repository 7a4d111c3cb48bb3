#include "bridge/store/sqlite/inbox.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "bridge/records/phrase_record.h"

namespace saksbro::store::inbox {
namespace {

constexpr std::array kKinds{"webhook", "poll", "answer", "timer", "order", "link"};

// The columns are always: seq, system, delivery_id, kind, received_at, body, crashes, emptied_at.
InboxRow inbox_row_of(const Query& query) {
  InboxRow row;
  row.seq = query.integer(0);
  row.delivery.system = SystemName{query.text(1)};
  row.delivery.id = DeliveryId{query.text(2)};
  row.delivery.kind = kind_of(query.text(3));
  row.delivery.received_at = query.instant(4);
  row.delivery.body = query.text(5);
  row.crashes = static_cast<int>(query.integer(6));
  row.emptied = !query.is_null(7);
  return row;
}

Result<void> exactly_one(int changed, std::int64_t seq) {
  if (changed == 1) return {};
  return fail("store", "no delivery " + std::to_string(seq) + " is in the inbox");
}

std::string without_sign(const std::string& number) {
  return number.starts_with('#') ? number.substr(1) : number;
}

// The ticket that a reason names, by its number without '#'; or "".
std::string named_ticket(const Phrase& reason) {
  const auto named = reason.args.find("ticket");
  return named == reason.args.end() ? "" : without_sign(named->second.words);
}

}  // namespace

DeliveryKind kind_of(const std::string& word) {
  const auto* const found = std::find(kKinds.begin(), kKinds.end(), word);
  return static_cast<DeliveryKind>(std::distance(kKinds.begin(), found));
}

// What comes again is remembered from that time on: a poll that tells the same thing each time must
// not be news again because its first time is long ago. Once a day is enough.
Received receive(Connection& connection, const Delivery& delivery) {
  const int added = connection.run(
      "INSERT INTO inbox (system, delivery_id, kind, received_at, seen_at, body) "
      "VALUES (?1, ?2, ?3, ?4, ?4, ?5) ON CONFLICT (system, delivery_id) DO NOTHING",
      delivery.system, delivery.id, kKinds.at(static_cast<std::size_t>(delivery.kind)),
      delivery.received_at, Bytes{delivery.body});
  if (added == 1) return Received::now;
  connection.run(
      "UPDATE inbox SET seen_at = ?3 "
      "WHERE system = ?1 AND delivery_id = ?2 AND seen_at < ?3 - 86400000",
      delivery.system, delivery.id, delivery.received_at);
  return Received::before;
}

std::optional<InboxRow> next(Connection& connection) {
  Query query = connection.query(
      "SELECT seq, system, delivery_id, kind, received_at, body, crashes, emptied_at "
      "FROM inbox "
      "WHERE handled_at IS NULL AND parked_at IS NULL ORDER BY seq LIMIT 1");
  return query.next() ? std::optional{inbox_row_of(query)} : std::nullopt;
}

bool is_next(Connection& connection, std::int64_t seq) {
  Query query = connection.query(
      "SELECT seq FROM inbox WHERE handled_at IS NULL AND parked_at IS NULL ORDER BY seq LIMIT 1");
  return query.next() && query.integer(0) == seq;
}

void count_crash(Connection& connection, std::int64_t seq) {
  connection.run(
      "UPDATE inbox SET crashes = crashes + 1 "
      "WHERE seq = ? AND handled_at IS NULL AND parked_at IS NULL",
      seq);
}

Result<void> handled(Connection& connection, std::int64_t seq, const std::string& because,
                     Instant at) {
  const int changed = connection.run("UPDATE inbox SET handled_at = ?, because = ? WHERE seq = ?",
                                     at, because, seq);
  for (const Phrase& one : records::read_phrases(because)) {
    const std::string ticket = named_ticket(one);
    if (ticket.empty()) continue;
    connection.run("INSERT OR IGNORE INTO inbox_tickets (seq, ticket) VALUES (?, ?)", seq, ticket);
  }
  return exactly_one(changed, seq);
}

Result<void> parked(Connection& connection, std::int64_t seq, const Phrase& why, Instant at) {
  return exactly_one(
      connection.run("UPDATE inbox SET parked_at = ?, parked_why = ? WHERE seq = ?", at, why, seq),
      seq);
}

// They count from the beginning, else the next one would park it at once.
Result<void> unpark(Connection& connection, std::int64_t seq) {
  return exactly_one(
      connection.run("UPDATE inbox SET crashes = iif(parked_at IS NULL, crashes, 0), "
                     "parked_at = NULL, parked_why = '' WHERE seq = ?",
                     seq),
      seq);
}

std::vector<InboxRow> list(Connection& connection, std::int64_t after, int most) {
  std::vector<InboxRow> rows;
  Query query = connection.query(
      "SELECT seq, system, delivery_id, kind, received_at, body, crashes, emptied_at "
      "FROM inbox "
      "WHERE seq > ? ORDER BY seq LIMIT ?",
      after, most);
  while (query.next()) rows.push_back(inbox_row_of(query));
  return rows;
}

std::vector<DecisionRow> decisions_about(Connection& connection, const std::string& ticket) {
  constexpr int kDecisionsMost = 5;
  std::vector<DecisionRow> rows;
  Query query = connection.query(
      "SELECT inbox.seq, delivery_id, system, kind, received_at, because FROM inbox_tickets "
      "JOIN inbox ON inbox.seq = inbox_tickets.seq "
      "WHERE ticket = ? AND handled_at IS NOT NULL ORDER BY inbox_tickets.seq DESC LIMIT ?",
      without_sign(ticket), kDecisionsMost);
  while (query.next()) {
    rows.push_back({query.integer(0), DeliveryId{query.text(1)}, SystemName{query.text(2)},
                    kind_of(query.text(3)), query.instant(4), query.text(5)});
  }
  return rows;
}

std::vector<ParkedRow> list_parked(Connection& connection) {
  std::vector<ParkedRow> rows;
  Query query = connection.query(
      "SELECT seq, system, delivery_id, kind, received_at, body, crashes, emptied_at, "
      "parked_why FROM inbox "
      "WHERE parked_at IS NOT NULL ORDER BY seq");
  while (query.next()) rows.push_back({inbox_row_of(query), query.phrase(8)});
  return rows;
}

}  // namespace saksbro::store::inbox
