#include "bridge/store/sqlite/cases.h"

#include "bridge/records/case_record.h"
#include "bridge/records/fact_record.h"
#include "bridge/store/sqlite/inbox.h"
#include "bridge/store/sqlite/lane.h"

namespace saksbro::store::cases {
namespace {

template <class Id>
std::optional<Id> first(Query query) {
  if (!query.next()) return std::nullopt;
  return Id{query.text(0)};
}

}  // namespace

Result<std::optional<core::Case>> load(Connection& connection, const CaseNumber& number) {
  Query query = connection.query("SELECT state FROM cases WHERE number = ?", number);
  if (!query.next()) return std::nullopt;
  Result<core::Case> state = records::read_case(query.text(0));
  if (!state) return fail("store: case " + number.text(), state.error().text());
  return std::move(*state);
}

Result<std::vector<core::Case>> list(Connection& connection) {
  std::vector<core::Case> found;
  Query query = connection.query("SELECT state, number FROM cases ORDER BY seq DESC");
  while (query.next()) {
    Result<core::Case> state = records::read_case(query.text(0));
    if (!state) return fail("store: case " + query.text(1), state.error().text());
    found.push_back(std::move(*state));
  }
  return found;
}

std::optional<CaseNumber> of_ticket(Connection& connection, const SystemName& at,
                                    const RemoteKey& ticket) {
  return first<CaseNumber>(
      connection.query("SELECT case_number FROM refs WHERE system = ? AND key = ?", at, ticket));
}

std::optional<CaseNumber> of_marker(Connection& connection, const SystemName& at,
                                    const std::string& marker) {
  return first<CaseNumber>(connection.query(
      "SELECT case_number FROM markers WHERE system = ? AND marker = ?", at, marker));
}

std::vector<CaseNumber> named(Connection& connection, const std::string& typed) {
  const std::optional<NumberForms> forms = number_forms(typed);
  if (!forms) return {};
  std::vector<CaseNumber> found;
  Query query = connection.query(
      "SELECT number FROM cases WHERE number = ?1 OR number IN "
      "(SELECT case_number FROM refs WHERE key = ?1 OR number = ?1 OR number = ?2) ORDER BY seq",
      forms->bare, forms->with_hash);
  while (query.next()) found.emplace_back(query.text(0));
  return found;
}

std::vector<CaseNumber> where(Connection& connection, const std::string& name,
                              const std::string& text) {
  std::vector<CaseNumber> found;
  Query query = connection.query(
      "SELECT number FROM case_values JOIN cases ON cases.number = case_values.case_number "
      "WHERE case_values.name = ? AND case_values.value = ? ORDER BY cases.seq",
      name, text);
  while (query.next()) found.emplace_back(query.text(0));
  return found;
}

// Where a case had another ticket there before, the present one is the last.
std::vector<OpenTicket> open_tickets(Connection& connection, const SystemName& system,
                                     std::int64_t after, int most) {
  std::vector<OpenTicket> found;
  Query query = connection.query(
      "SELECT cases.seq, cases.number, refs.key, max(refs.seq) FROM cases "
      "JOIN refs ON refs.case_number = cases.number AND refs.system = ? "
      "WHERE cases.closed = 0 AND cases.seq > ? GROUP BY cases.seq ORDER BY cases.seq LIMIT ?",
      system, after, most);
  while (query.next()) {
    found.push_back({query.integer(0), CaseNumber{query.text(1)}, RemoteKey{query.text(2)}});
  }
  return found;
}

std::vector<UnseenWrite> unseen(Connection& connection) {
  std::vector<UnseenWrite> found;
  Query query = connection.query(
      "SELECT case_number, system, verb, since FROM unseen ORDER BY since, case_number, command");
  while (query.next()) {
    found.push_back(
        {CaseNumber{query.text(0)}, SystemName{query.text(1)}, query.text(2), query.instant(3)});
  }
  return found;
}

CaseNumber next_number(Connection& connection, const std::string& prefix, int year) {
  const std::string series = prefix + "-" + std::to_string(year) + "-";
  Query query = connection.query("SELECT last FROM series WHERE name = ?", series);
  return numbered(series, query.next() ? query.integer(0) + 1 : 1);
}

std::optional<RemoteKey> ticket_in(Connection& connection, const CaseNumber& number,
                                   const SystemName& system) {
  return first<RemoteKey>(
      connection.query("SELECT key FROM refs WHERE case_number = ? AND system = ? "
                       "ORDER BY seq DESC LIMIT 1",
                       number, system));
}

void decided(Connection& connection, const std::optional<CaseNumber>& number, std::int64_t cause,
             const std::string& because) {
  connection.run(
      "INSERT INTO decisions (case_number, cause, because, delivery_id, system, kind, at) "
      "SELECT ?1, ?2, ?3, delivery_id, system, kind, received_at FROM inbox WHERE seq = ?2",
      number, cause, because);
}

std::vector<CaseRef> references(Connection& connection, const CaseNumber& number) {
  std::vector<CaseRef> found;
  Query query = connection.query(
      "SELECT system, key, number, url FROM refs WHERE case_number = ? ORDER BY seq", number);
  while (query.next()) {
    found.push_back({number, SystemName{query.text(0)}, RemoteKey{query.text(1)}, query.text(2),
                     query.text(3)});
  }
  return found;
}

Result<std::vector<FactRow>> facts(Connection& connection, const CaseNumber& number) {
  std::vector<FactRow> found;
  Query query = connection.query(
      "SELECT seq, cause, at, name, payload FROM facts WHERE case_number = ? ORDER BY seq", number);
  while (query.next()) {
    Result<core::Fact> fact = records::read_fact(query.text(3), query.text(4));
    if (!fact) return fail("store: case " + number.text(), fact.error().text());
    found.push_back({query.integer(0), query.integer(1), query.instant(2), std::move(*fact)});
  }
  return found;
}

std::vector<DecisionRow> decisions(Connection& connection, const CaseNumber& number) {
  std::vector<DecisionRow> found;
  Query query = connection.query(
      "SELECT cause, delivery_id, system, kind, at, because FROM decisions "
      "WHERE case_number = ? ORDER BY seq",
      number);
  while (query.next()) {
    found.push_back({query.integer(0), DeliveryId{query.text(1)}, SystemName{query.text(2)},
                     inbox::kind_of(query.text(3)), query.instant(4), query.text(5)});
  }
  return found;
}

}  // namespace saksbro::store::cases
