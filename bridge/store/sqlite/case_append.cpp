// What facts change on disk beside the case's state: look-up tables and timers.
#include <string_view>
#include <variant>

#include "bridge/records/case_record.h"
#include "bridge/records/fact_record.h"
#include "bridge/store/sqlite/cases.h"
#include "bridge/store/sqlite/lane.h"
#include "bridge/store/sqlite/solutions.h"
#include "bridge/store/sqlite/timers.h"

namespace saksbro::store::cases {
namespace {

constexpr std::string_view kNumberOf = ".number";

class Kept {  // what is kept of a fact in tables of its own; most facts are only rows
 public:
  Kept(Connection& connection, const CaseNumber& number, Instant at)
      : connection_(connection), number_(number), at_(at) {}

  void operator()(const core::TicketLinked& linked) const {
    connection_.run(
        "INSERT OR REPLACE INTO refs (system, key, number, url, case_number) "
        "VALUES (?, ?, ?, ?, ?)",
        linked.at, linked.key, linked.number, linked.url, number_);
    // What was never tried and is put off waited for this (outbox_claim.cpp).
    connection_.run(
        "UPDATE outbox SET next_at = 0 WHERE case_number = ? AND system = ? AND at_head = 1 "
        "AND attempts = 0 AND next_at > 0",
        number_, linked.at);
  }
  // The number before is kept as a reference of its own, so that it still finds the case. Its key
  // is none that a tracker gives.
  void operator()(const core::TicketRenumbered& moved) const {
    connection_.run(
        "INSERT OR IGNORE INTO refs (system, key, number, url, case_number) "
        "SELECT system, key || ' was ' || number, number, url, case_number FROM refs "
        "WHERE system = ? AND key = ?",
        moved.at, moved.key);
    (*this)(core::TicketLinked{moved.at, moved.key, moved.number, moved.url});
  }
  void operator()(const core::TicketOpening& opening) const {
    connection_.run(
        "INSERT INTO markers (system, marker, case_number) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        opening.at, opening.marker, number_);
  }
  void operator()(const core::EffectMissed& missed) const {
    connection_.run(
        "INSERT OR REPLACE INTO unseen (case_number, command, system, verb, since) "
        "VALUES (?, ?, ?, ?, ?)",
        number_, missed.command, missed.at, missed.verb, at_);
  }
  void operator()(const core::EffectSeen& seen) const {
    connection_.run("DELETE FROM unseen WHERE case_number = ? AND command = ?", number_,
                    seen.command);
  }
  void operator()(const core::ValueKept& kept) const {
    connection_.run(
        "INSERT OR REPLACE INTO case_values (name, case_number, value) VALUES (?, ?, ?)", kept.name,
        number_, kept.value);
    if (kept.name.ends_with(kNumberOf) && !kept.value.empty()) keep_number(kept);
  }
  void operator()(const core::TimerSet& set) const {
    timers::set(connection_, {number_, set.name, set.due});
  }
  void operator()(const core::TimerStopped& stopped) const {
    timers::stop(connection_, number_, stopped.name);
  }
  void operator()(const auto&) const {}

 private:
  // "infra_operator.number": of a party that has no tickets with us, read from another's. Cases of
  // ours may share it; its key is none that a tracker gives.
  void keep_number(const core::ValueKept& kept) const {
    const std::string party = kept.name.substr(0, kept.name.size() - kNumberOf.size());
    connection_.run(
        "INSERT OR REPLACE INTO refs (system, key, number, url, case_number) "
        "VALUES (?, ?, ?, '', ?)",
        party, kept.value + " of " + number_.text(), kept.value, number_);
  }

  Connection& connection_;
  const CaseNumber& number_;
  Instant at_;
};

void write_state(Connection& connection, const core::Case& after) {
  connection.run(
      "INSERT INTO cases (number, process, closed, opened_at, state) VALUES (?, ?, ?, ?, ?) "
      "ON CONFLICT (number) DO UPDATE SET process = excluded.process, closed = excluded.closed, "
      "opened_at = excluded.opened_at, state = excluded.state",
      after.number, after.process, after.closed ? 1 : 0, after.opened_at, records::write(after));
}

bool exists(Connection& connection, const CaseNumber& number) {
  return connection.query("SELECT 1 FROM cases WHERE number = ?", number).next();
}

bool opens(std::span<const core::Fact> facts) {
  for (const core::Fact& fact : facts) {
    if (std::holds_alternative<core::CaseOpened>(fact)) return true;
  }
  return false;
}

}  // namespace

void take_number(Connection& connection, const CaseNumber& number) {
  const std::optional<PlaceInSeries> taken = place_in_series(number);
  if (!taken) return;
  connection.run(
      "INSERT INTO series (name, last) VALUES (?, ?) "
      "ON CONFLICT (name) DO UPDATE SET last = max(last, excluded.last)",
      taken->series, taken->place);
}

Result<void> append(Connection& connection, const core::Case& after, std::int64_t cause, Instant at,
                    std::span<const core::Fact> facts) {
  if (opens(facts) && exists(connection, after.number)) {
    return fail("store", "case " + after.number.text() + " is opened a second time");
  }
  write_state(connection, after);
  take_number(connection, after.number);
  const Kept keep{connection, after.number, at};
  for (const core::Fact& fact : facts) {
    connection.run(
        "INSERT INTO facts (case_number, cause, at, name, payload) VALUES (?, ?, ?, ?, ?)",
        after.number, cause, at, core::name_of(fact), records::write(fact));
    std::visit(keep, fact);
  }
  solutions::keep(connection, after);
  return {};
}

}  // namespace saksbro::store::cases
