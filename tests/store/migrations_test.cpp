// What a new version of the tables makes of what an older program wrote.
#include <gtest/gtest.h>

#include <functional>

#include "bridge/records/case_record.h"
#include "bridge/records/command_record.h"
#include "bridge/records/fact_record.h"
#include "bridge/records/phrase_record.h"
#include "bridge/store/sqlite/connection.h"
#include "bridge/store/sqlite/schema.h"
#include "bridge/store/sqlite/sqlite_store.h"
#include "tests/store/conformance.h"
#include "tests/store/temporary_folder.h"

namespace saksbro::store {
namespace {

class Migrations : public testing::Test {
 protected:
  // A store of that version with what `sql` writes into it, brought up to date.
  void bring_up_to_date(int version, const std::string& sql) {
    bring_up_to_date(version, [&](Connection& old) { old.execute(sql); });
  }
  void bring_up_to_date(int version, const std::function<void(Connection&)>& write) {
    {
      Connection old{path_, Connection::Access::write};
      must(migrate(old, migrations().first(static_cast<std::size_t>(version)), path_));
      write(old);
    }
    store_ = must(open_sqlite(path_, Use::serve, kNoon));
  }
  std::string lines(const char* sql) {
    Connection connection{path_, Connection::Access::read};
    Query query = connection.query(sql);
    std::string all;
    while (query.next()) all += query.text(0) + "\n";
    return all;
  }

  TemporaryFolder folder_;
  std::string path_ = folder_.file("saksbro.db");
  std::unique_ptr<Store> store_;
};

TEST_F(Migrations, FingerprintsOfSettingsAreInTheMemory) {
  bring_up_to_date(6, "INSERT INTO meta (name, value) VALUES ('settings of desk', -17)");
  auto tx = must(store_->begin());
  EXPECT_FALSE(must(tx->outages().settings_changed(kDesk, -17)));
  EXPECT_TRUE(must(tx->outages().settings_changed(kDesk, 18)));
  EXPECT_EQ(lines("SELECT name FROM meta"), "epoch\n");
}

TEST_F(Migrations, WhatWasRememberedAmongTheCursorsIsInTheMemory) {
  bring_up_to_date(6,
                   "INSERT INTO cursors (system, since, position) VALUES "
                   "('desk', 1, 'page 2'), ('compare/desk', 2, '40'), ('epoch/desk', 3, ''), "
                   "('authors/desk', 4, '4 17 1 anna' || char(10)), ('authors/', 5, '')");
  EXPECT_EQ(lines("SELECT system || ' ' || since || ' ' || position FROM cursors"),
            "desk 1 page 2\n");
  EXPECT_EQ(lines("SELECT owner || '|' || key || '|' || at || '|' || value FROM memory"),
            "authors||5|\n"
            "authors|desk|4|4 17 1 anna\n\n"
            "compare|desk|2|40\n"
            "epoch|desk|3|\n");
}

// --- columns in place of looks into JSON and into keys

void add_command(Connection& old, const core::Issued& issued) {
  const Command& command = issued.command;
  old.run(
      "INSERT INTO outbox (key, case_number, system, lane, slot, verb, issued, cause, created_at, "
      "next_at, attempts) VALUES (?, ?, ?, ?, ?, ?, ?, 1, 0, 0, 1)",
      command.key, kFirst, command.to, command.key, issued.slot, verb(command.action),
      records::write(issued));
}

void add_case(Connection& old, const core::Case& state) {
  old.run(
      "INSERT INTO cases (number, process, closed, opened_at, state) VALUES (?, 'M.1', 0, 0, ?)",
      state.number, records::write(state));
}

TEST_F(Migrations, ACreateThatIsOnItsWayIsFoundByTheMarkerOfItsTicket) {
  CreateTicket create;
  create.marker = "[SAK-2026-00001]";
  bring_up_to_date(6, [&](Connection& old) {
    add_command(old, {{IdempotencyKey{"k1"}, kDesk, create, 1}, "", "", ""});
    old.execute("UPDATE outbox SET state = 'waiting'");
  });
  auto tx = must(store_->begin());
  EXPECT_EQ(must(tx->outbox().found(kFirst, kDesk, "[SAK-2026-00002]", RemoteKey{"4"})), 0);
  EXPECT_EQ(must(tx->outbox().found(kFirst, kDesk, "[SAK-2026-00001]", RemoteKey{"4"})), 1);
}

TEST_F(Migrations, LooksOfAComparisonThatWaitAreCounted) {
  bring_up_to_date(6, [](Connection& old) {
    add_command(old, {{IdempotencyKey{"desk/compare:desk:1:0/read/18"}, kDesk,
                       ReadTicket{RemoteKey{"18"}}, 1},
                      "read/compare",
                      "",
                      ""});
    add_command(old, {{IdempotencyKey{"k2"}, kDesk, ReadTicket{RemoteKey{"19"}}, 1}, "", "", ""});
  });
  EXPECT_EQ(must(must(store_->reader())->outbox().compares_waiting(kDesk)), 1);
}

TEST_F(Migrations, CasesAreFoundByTheValuesThatTheyHave) {
  core::Case one;
  one.number = kFirst;
  one.values = {{"versjon", "7.3"}, {"origin", "desk.17"}, {"ours/desk/status", "7.3"}};
  core::Case other;
  other.number = kSecond;
  other.values = {{"versjon", "7.4"}};
  bring_up_to_date(6, [&](Connection& old) {
    add_case(old, one);
    add_case(old, other);
  });
  auto tx = must(store_->begin());
  EXPECT_EQ(must(tx->cases().where("versjon", "7.3")), std::vector{kFirst});
  EXPECT_EQ(lines("SELECT name || ' ' || case_number FROM case_values"),
            "versjon SAK-2026-00001\nversjon SAK-2026-00002\n");
}

TEST_F(Migrations, DecisionsAreFoundByTheTicketThatTheyName) {
  const Phrases because{{"Ticket {ticket} starts no case", {{"ticket", "#17"}}},
                        {"{system} answered", {{"system", "desk"}}}};
  bring_up_to_date(6, [&](Connection& old) {
    old.run(
        "INSERT INTO inbox (system, delivery_id, kind, received_at, body, handled_at, because) "
        "VALUES ('desk', 'd1', 'webhook', 7, x'00', 8, ?), "
        "('desk', 'd2', 'webhook', 7, x'00', 8, 'ticket 17, in the words of an old program')",
        records::write(because));
  });
  const auto found = must(must(store_->reader())->inbox().decisions_about("17"));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].delivery, DeliveryId{"d1"});
  EXPECT_EQ(found[0].because, records::write(because));
}

TEST_F(Migrations, RecordsThatAreNoJsonAreLeftAsTheyAre) {
  bring_up_to_date(6,
                   "INSERT INTO cases (number, process, closed, opened_at, state) "
                   "VALUES ('SAK-2026-00001', 'M.1', 0, 0, '{');"
                   "INSERT INTO outbox (key, system, lane, slot, verb, issued, cause, created_at, "
                   "next_at) VALUES ('k', 'desk', 'l', '', 'create', '{', 1, 0, 0);"
                   "INSERT INTO facts (case_number, cause, at, name, payload) "
                   "VALUES ('SAK-2026-00001', 1, 0, 'TicketSeen', '{'), "
                   "('SAK-2026-00001', 1, 0, 'TicketSeen', '{'), "
                   "('SAK-2026-00001', 1, 0, 'TicketSeen', '{');"
                   "INSERT INTO inbox (system, delivery_id, kind, received_at, body, handled_at, "
                   "because) VALUES ('desk', 'd1', 'webhook', 7, x'00', 8, '[');");
  must(store_->upkeep().forget(Keep{}, kNoon, 100));
  EXPECT_EQ(lines("SELECT payload FROM facts"), "{\n{\n{\n");
  EXPECT_EQ(lines("SELECT marker FROM outbox"), "\n");
}

// --- facts that say nothing new

core::TicketSeen seen(const std::string& status, int minute, const SystemName& at = kDesk) {
  core::TicketView view;
  view.key = RemoteKey{"17"};
  view.status = status;
  view.read_at = kNoon + std::chrono::minutes{minute};
  return {at, view};
}

std::vector<core::Fact> with_looks_that_show_nothing_new() {
  return {core::CaseOpened{core::ProcessId{"M.1"}},
          core::TicketLinked{kDesk, RemoteKey{"17"}, "#17", ""},
          seen("Ny", 1),
          seen("Ny", 2),  // goes
          seen("Ny", 3, kOperator),
          seen("Ny", 4),  // goes
          core::StatusChanged{core::Status{"NY"}},
          seen("Ny", 5),
          seen("Under arbeid", 6),
          seen("Under arbeid", 7),
          seen("Ny", 8),
          core::TicketLost{kDesk, "404"},
          seen("Ny", 9),
          seen("Ny", 10),  // goes
          seen("Ny", 11),
          seen("Ny", 12, kOperator),  // goes
          seen("Ny", 13, kOperator)};
}

core::Case folded(const std::vector<core::Fact>& facts) {
  core::Case state;
  state.number = kFirst;
  for (const core::Fact& fact : facts) state = core::evolve(std::move(state), fact, kNoon);
  return state;
}

TEST_F(Migrations, LooksThatShowedNothingNewGoAndTheFactsLeadToTheSameCase) {
  const std::vector<core::Fact> facts = with_looks_that_show_nothing_new();
  bring_up_to_date(6, [&](Connection& old) {
    add_case(old, folded(facts));
    for (const core::Fact& fact : facts)
      old.run("INSERT INTO facts (case_number, cause, at, name, payload) VALUES (?, 1, ?, ?, ?)",
              kFirst, kNoon, core::name_of(fact), records::write(fact));
  });
  EXPECT_FALSE(must(store_->upkeep().forget(Keep{}, kNoon, 100)).more);
  std::vector<core::Fact> kept;
  for (FactRow& row : must(must(store_->reader())->cases().facts(kFirst)))
    kept.push_back(std::move(row.fact));
  std::vector<core::Fact> expected = facts;
  for (const std::ptrdiff_t gone : {15, 13, 5, 3}) expected.erase(expected.begin() + gone);
  EXPECT_EQ(kept, expected);
  EXPECT_EQ(folded(kept), folded(facts));
}

TEST_F(Migrations, FactsAreThinnedAFewCasesAtATime) {
  bring_up_to_date(6, [](Connection& old) {
    for (int i = 1; i <= 50; ++i) {
      core::Case one;
      one.number = CaseNumber{"SAK-2026-" + std::to_string(10'000 + i)};
      add_case(old, one);
      for (int minute = 1; minute <= 3; ++minute)
        old.run("INSERT INTO facts (case_number, cause, at, name, payload) VALUES (?, 1, ?, ?, ?)",
                one.number, kNoon, "TicketSeen", records::write(core::Fact{seen("Ny", minute)}));
    }
  });
  int rounds = 1;
  while (must(store_->upkeep().forget(Keep{}, kNoon, 100)).more) ++rounds;
  EXPECT_EQ(rounds, 3);
  EXPECT_EQ(lines("SELECT count(*) FROM facts"), "100\n");
  EXPECT_EQ(lines("SELECT key FROM memory WHERE owner = 'store'"), "");
}

}  // namespace
}  // namespace saksbro::store
