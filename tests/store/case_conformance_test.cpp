#include "tests/store/conformance.h"

namespace saksbro::store::conformance {
namespace {

class Cases : public Conformance {
 protected:
  CaseNumber next_number(int year = 2026) {
    return write([&](Transaction& tx) { return must(tx.cases().next_number("SAK", year)); });
  }
  std::optional<CaseNumber> case_of(const SystemName& at, const std::string& key) {
    const auto written =
        write([&](Transaction& tx) { return must(tx.cases().of_ticket(at, RemoteKey{key})); });
    EXPECT_EQ(must(look()->cases().of_ticket(at, RemoteKey{key})), written);
    return written;
  }
  std::vector<CaseNumber> named(const std::string& typed) {
    return must(look()->cases().named(typed));
  }
};

TEST_P(Cases, ComeBackAsTheyWere) {
  append(kFirst, {core::CaseOpened{core::ProcessId{"M.1"}},
                  core::TicketLinked{kDesk, RemoteKey{"17"}, "#17", "http://17"},
                  core::TimerSet{"deadline", kNoon}, core::ValueKept{"solution", "Slå på."}});
  core::Case expected;
  expected.number = kFirst;
  for (const FactRow& row : must(look()->cases().facts(kFirst))) {
    expected = core::evolve(std::move(expected), row.fact, row.at);
  }
  EXPECT_EQ(must(look()->cases().find(kFirst)), expected);
  write([&](Transaction& tx) { EXPECT_EQ(must(tx.cases().find(kFirst)), expected); });
  EXPECT_EQ(must(look()->cases().find(kSecond)), std::nullopt);
}

TEST_P(Cases, KeepTheirFactsInOrderWithTheirCause) {
  const std::vector<core::Fact> facts{core::CaseOpened{core::ProcessId{"M.1"}},
                                      core::StatusChanged{core::Status{"NY"}}};
  append(kFirst, facts);
  append(kFirst, {core::CaseClosed{}});
  const auto rows = must(look()->cases().facts(kFirst));
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].fact, facts[0]);
  EXPECT_EQ(rows[1].fact, facts[1]);
  EXPECT_EQ(rows[2].fact, core::Fact{core::CaseClosed{}});
  EXPECT_EQ(rows[0].cause, 1);
  EXPECT_EQ(rows[0].at, kNoon);
  EXPECT_LT(rows[0].seq, rows[1].seq);
}

TEST_P(Cases, TellTheWritesThatNobodyHasSeenUntilTheyAreSeen) {
  open_case(kFirst);
  const IdempotencyKey create{"k"};
  append(kFirst, {core::EffectAwaited{{create, kDesk, "ticket", {}}, "create"}});
  EXPECT_TRUE(must(look()->cases().unseen()).empty());
  append(kFirst, {core::EffectMissed{create, kDesk, "create"}});
  EXPECT_EQ(must(look()->cases().unseen()),
            (std::vector<UnseenWrite>{{kFirst, kDesk, "create", kNoon}}));
  EXPECT_EQ(must(look()->counts()).unseen, 1);
  append(kFirst, {core::EffectSeen{create}});
  EXPECT_TRUE(must(look()->cases().unseen()).empty());
  EXPECT_EQ(must(look()->counts()).unseen, 0);
}

TEST_P(Cases, AreListedNewestFirst) {
  open_case(kFirst);
  open_case(kSecond);
  link(kFirst, "17");
  const auto cases = must(look()->cases().list());
  ASSERT_EQ(cases.size(), 2U);
  EXPECT_EQ(cases[0].number, kSecond);
  EXPECT_EQ(cases[1].number, kFirst);
}

TEST_P(Cases, AreCountedOpenAndClosed) {
  open_case(kFirst);
  open_case(kSecond);
  append(kSecond, {core::CaseClosed{}});
  EXPECT_EQ(must(look()->counts()).cases_open, 1);
  EXPECT_EQ(must(look()->counts()).cases_closed, 1);
}

TEST_P(Cases, AreOpenedOnce) {
  open_case(kFirst);
  core::Case again;
  again.number = kFirst;
  const std::vector<core::Fact> facts{core::CaseOpened{core::ProcessId{"M.1"}}};
  EXPECT_EQ(must(store().begin())->cases().append(again, 1, kNoon, facts).error().text(),
            "store: case SAK-2026-00001 is opened a second time");
}

TEST_P(Cases, AreFoundByALinkedTicketInItsOwnSystem) {
  open_case(kFirst);
  link(kFirst, "17");
  EXPECT_EQ(case_of(kDesk, "17"), kFirst);
  EXPECT_EQ(case_of(kOperator, "17"), std::nullopt);
  EXPECT_EQ(case_of(kDesk, "1"), std::nullopt);
}

TEST_P(Cases, AreFoundByTheMarkerOfATicketThatIsBeingOpened) {
  open_case(kFirst);
  append(kFirst, {core::TicketOpening{kOperator, "m1"}});
  write([](Transaction& tx) {
    EXPECT_EQ(must(tx.cases().of_marker(kOperator, "m1")), kFirst);
    EXPECT_EQ(must(tx.cases().of_marker(kDesk, "m1")), std::nullopt);
    EXPECT_EQ(must(tx.cases().of_marker(kOperator, "m2")), std::nullopt);
  });
  EXPECT_EQ(must(look()->cases().of_marker(kOperator, "m1")), kFirst);
  EXPECT_EQ(must(look()->cases().of_marker(kDesk, "m1")), std::nullopt);
}

TEST_P(Cases, KnowTheirReferences) {
  open_case(kFirst);
  link(kFirst, "17");
  link(kFirst, "S-9", kOperator);
  link(kFirst, "17");  // told again
  const auto references = must(look()->cases().references(kFirst));
  ASSERT_EQ(references.size(), 2U);
  const CaseRef& theirs = references[0].system == kOperator ? references[0] : references[1];
  EXPECT_EQ(theirs.case_number, kFirst);
  EXPECT_EQ(theirs.key, RemoteKey{"S-9"});
  EXPECT_EQ(theirs.number, "#S-9");
  EXPECT_EQ(theirs.url, "http://S-9");
}

TEST_P(Cases, AreFoundByWhateverPeopleCallThem) {
  open_case(kFirst);
  open_case(kSecond);
  append(kFirst, {core::TicketLinked{kDesk, RemoteKey{"10042"}, "SAK-17", ""}});
  link(kFirst, "17", kOperator);
  const std::vector<CaseNumber> first{kFirst};
  for (const char* typed : {"SAK-2026-00001", " SAK-2026-00001\n", "17", "#17", "\t#17 ", "10042",
                            "#10042", "SAK-17"}) {
    EXPECT_EQ(named(typed), first) << typed;
  }
  for (const char* typed : {"", " ", "#", "1", "7", "%", "SAK-2026-0000", "SAK-2026-00003"}) {
    EXPECT_EQ(named(typed), std::vector<CaseNumber>{}) << typed;
  }
}

TEST_P(Cases, MayShareANumber) {
  open_case(kFirst);
  open_case(kSecond);
  link(kFirst, "17");
  link(kSecond, "17", kOperator);
  EXPECT_EQ(named("17"), (std::vector<CaseNumber>{kFirst, kSecond}));
}

TEST_P(Cases, AreNumberedFromOneInEachYear) {
  EXPECT_EQ(next_number(), kFirst);
  open_case(kFirst);
  EXPECT_EQ(next_number(), kSecond);
  EXPECT_EQ(next_number(2027), CaseNumber{"SAK-2027-00001"});
}

TEST_P(Cases, WasteNoNumberWhenNoCaseIsOpened) {
  EXPECT_EQ(next_number(), kFirst);
  EXPECT_EQ(next_number(), kFirst);
}

TEST_P(Cases, AreNumberedInTurnWithinOneTransaction) {
  write([](Transaction& tx) {
    core::Case state;
    state.number = must(tx.cases().next_number("SAK", 2026));
    must(tx.cases().append(state, 1, kNoon, {}));
    EXPECT_EQ(must(tx.cases().next_number("SAK", 2026)), kSecond);
  });
}

TEST_P(Cases, AreNumberedPastFiveDigits) {
  open_case(CaseNumber{"SAK-2026-99999"});
  EXPECT_EQ(next_number(), CaseNumber{"SAK-2026-100000"});
  open_case(CaseNumber{"SAK-2026-100000"});
  EXPECT_EQ(next_number(), CaseNumber{"SAK-2026-100001"});
}

TEST_P(Cases, RememberWhatWasDecidedAndWhatItCameFrom) {
  receive("d1");
  receive("d2", kOperator);
  open_case(kFirst);
  write([](Transaction& tx) {
    must(tx.cases().decided(kFirst, 1, "a person registered it (m1.yaml:4)"));
    must(tx.cases().decided(std::nullopt, 2, "the ticket belongs to no case"));
    must(tx.cases().decided(kFirst, 2, "nothing to do"));
  });
  const auto rows = must(look()->cases().decisions(kFirst));
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].because, "a person registered it (m1.yaml:4)");
  EXPECT_EQ(rows[1].cause, 2);
  EXPECT_EQ(rows[1].delivery, DeliveryId{"d2"});
  EXPECT_EQ(rows[1].system, kOperator);
  EXPECT_EQ(rows[1].kind, DeliveryKind::webhook);
  EXPECT_EQ(rows[1].at, kNoon);
}

class Timers : public Conformance {
 protected:
  std::vector<Timer> due(Instant now) {
    return write([&](Transaction& tx) { return must(tx.timers().due(now)); });
  }
  void SetUp() override {
    open_case(kFirst);
    append(kFirst, {core::TimerSet{"deadline", kNoon + 1h}});
  }
};

TEST_P(Timers, AreDueFromTheirInstantOn) {
  EXPECT_TRUE(due(kNoon + 1h - 1ms).empty());
  const auto timers = due(kNoon + 1h);
  ASSERT_EQ(timers.size(), 1U);
  EXPECT_EQ(timers[0].case_number, kFirst);
  EXPECT_EQ(timers[0].name, "deadline");
  EXPECT_EQ(timers[0].due, kNoon + 1h);
}

TEST_P(Timers, FireOnceEachTimeTheyAreSet) {
  write([](Transaction& tx) { must(tx.timers().fired({kFirst, "deadline", kNoon + 1h})); });
  EXPECT_TRUE(due(kNoon + 9h).empty());
  append(kFirst, {core::TimerSet{"deadline", kNoon + 2h}});
  EXPECT_EQ(due(kNoon + 9h).size(), 1U);
}

TEST_P(Timers, ThatAreSetAnewHaveNotFired) {
  append(kFirst, {core::TimerSet{"deadline", kNoon + 2h}});
  EXPECT_TRUE(due(kNoon + 1h).empty());
  write([](Transaction& tx) { must(tx.timers().fired({kFirst, "deadline", kNoon + 1h})); });
  EXPECT_EQ(due(kNoon + 2h).size(), 1U);
}

TEST_P(Timers, ThatAreStoppedNeverFire) {
  append(kFirst, {core::TimerSet{"reminder", kNoon}, core::TimerStopped{"deadline"},
                  core::TimerStopped{"reminder"}});
  EXPECT_TRUE(due(kNoon + 9h).empty());
}

class Cursors : public Conformance {};

TEST_P(Cursors, AreKeptForEachSystem) {
  const Cursor cursor{kNoon + 3ms, "page 2"};
  write([&](Transaction& tx) {
    EXPECT_EQ(must(tx.polls().cursor(kDesk)), std::nullopt);
    must(tx.polls().set_cursor(kDesk, {kNoon, "page 1"}));
    must(tx.polls().set_cursor(kDesk, cursor));
  });
  write([&](Transaction& tx) {
    EXPECT_EQ(must(tx.polls().cursor(kDesk)), cursor);
    EXPECT_EQ(must(tx.polls().cursor(kOperator)), std::nullopt);
  });
}

class Remembered : public Conformance {};

TEST_P(Remembered, IsTheLastMemoOfEachOwnerAndKey) {
  const Memo memo{kNoon + 3ms, "40"};
  write([&](Transaction& tx) {
    EXPECT_EQ(must(tx.memory().get({"compare", "desk"})), std::nullopt);
    must(tx.memory().set({"compare", "desk"}, {kNoon, "0"}));
    must(tx.memory().set({"compare", "desk"}, memo));
  });
  reopen();
  write([&](Transaction& tx) {
    EXPECT_EQ(must(tx.memory().get({"compare", "desk"})), memo);
    EXPECT_EQ(must(tx.memory().get({"compare", "operator"})), std::nullopt);
    EXPECT_EQ(must(tx.memory().get({"epoch", "desk"})), std::nullopt);
  });
}

// --- for a comparison of everything

TEST_P(Cases, ThatAreOpenGiveTheirTicketsOfASystemPageByPage) {
  for (int i = 1; i <= 3; ++i) {
    const CaseNumber number = next_number();
    append(number, {core::CaseOpened{core::ProcessId{"M.1"}}});
    append(number, {core::TicketLinked{kDesk, RemoteKey{std::to_string(i)}, "#", ""}});
  }
  append(kSecond, {core::CaseClosed{}});
  append(kFirst, {core::TicketLinked{kOperator, RemoteKey{"9"}, "#9", ""}});
  const auto first = must(look()->cases().open_tickets(kDesk, 0, 1));
  ASSERT_EQ(first.size(), 1U);
  EXPECT_EQ(first[0].case_number, kFirst);
  EXPECT_EQ(first[0].key, RemoteKey{"1"});
  const auto rest = must(look()->cases().open_tickets(kDesk, first[0].seq, 10));
  ASSERT_EQ(rest.size(), 1U) << "the second case is closed";
  EXPECT_EQ(rest[0].key, RemoteKey{"3"});
  EXPECT_EQ(must(look()->cases().open_tickets(kOperator, 0, 10)).size(), 1U);
}

// Promise 43.
TEST_P(Cases, AreFoundByTheNumberThatATicketHadBeforeItWasMoved) {
  append(kFirst, {core::CaseOpened{core::ProcessId{"M.1"}},
                  core::TicketLinked{kDesk, RemoteKey{"17"}, "ABC-1", "http://17"}});
  append(kFirst, {core::TicketRenumbered{kDesk, RemoteKey{"17"}, "ABC-1", "XYZ-9", "http://9"}});
  EXPECT_EQ(named("XYZ-9"), std::vector{kFirst});
  EXPECT_EQ(named("ABC-1"), std::vector{kFirst});
  EXPECT_EQ(case_of(kDesk, "17"), kFirst);
  const auto open = must(look()->cases().open_tickets(kDesk, 0, 10));
  ASSERT_EQ(open.size(), 1U) << "the alias is no ticket";
  EXPECT_EQ(open[0].key, RemoteKey{"17"});
}

TEST_P(Cases, AreFoundByTheNumberOfAPartyThatHasNoTicketsHere) {
  const core::ValueKept onyx{"infra_operator.number", "ONYX-4711"};
  append(kFirst, {core::CaseOpened{core::ProcessId{"M.2"}}, onyx});
  append(kSecond, {core::CaseOpened{core::ProcessId{"M.2"}}, onyx});
  EXPECT_EQ(named("ONYX-4711"), (std::vector{kFirst, kSecond})) << "one fault may be two cases";
  append(kFirst, {core::ValueKept{"infra_operator.number", "ONYX-4712"}});
  EXPECT_EQ(named("ONYX-4712"), std::vector{kFirst});
  EXPECT_EQ(named("ONYX-4711"), (std::vector{kFirst, kSecond})) << "the number before finds it";
}

TEST_P(Cases, CountTheLooksThatAComparisonStillWaitsFor) {
  const auto waiting = [&] { return must(look()->outbox().compares_waiting(kDesk)); };
  const auto ask = [&](const std::string& key, const std::string& slot) {
    write([&](Transaction& tx) {
      must(tx.outbox().append(
          std::nullopt, 1, kNoon,
          {Command{IdempotencyKey{key}, kDesk, ReadTicket{RemoteKey{key}}, 1}, slot, "", ""}));
    });
  };
  EXPECT_EQ(waiting(), 0);
  ask("desk/poll:17@1/read/17", "");
  EXPECT_EQ(waiting(), 0);
  ask("desk/compare:desk:1:0/read/18", "read/compare");
  EXPECT_EQ(waiting(), 1);
  write([&](Transaction& tx) {
    for (const OutboxRow& row : must(tx.outbox().claim(kDesk, kNoon, 10, Together::fields)))
      must(tx.outbox().done(row, kNoon));
  });
  EXPECT_EQ(waiting(), 0);
}

SAKSBRO_EVERY_STORE(Cases);
SAKSBRO_EVERY_STORE(Timers);
SAKSBRO_EVERY_STORE(Cursors);
SAKSBRO_EVERY_STORE(Remembered);

}  // namespace
}  // namespace saksbro::store::conformance
