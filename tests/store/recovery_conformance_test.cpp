// A store that was restored looks before it creates (docs/adr/0010-recovery.md).
#include <gtest/gtest.h>

#include "tests/store/conformance.h"

namespace saksbro::store {
namespace {

class Recovering : public Conformance {
 protected:
  void begin() {
    write([](Transaction& tx) {
      must(tx.recovery().mark(kNoon - 24h));
      (void)must(tx.recovery().begin(kNoon, std::chrono::hours{1}));
    });
  }
  void go_on(RecoveryStage to) {
    write([&](Transaction& tx) { must(tx.recovery().go_on(to, kNoon)); });
  }
  RecoveryState recovery_state() {
    return write([](Transaction& tx) { return must(tx.recovery().state()); });
  }
  void bears(const std::string& origin, const CaseNumber& number, Instant created = kNoon) {
    write([&](Transaction& tx) { must(tx.recovery().bears(origin, number, created)); });
  }
  std::optional<CaseNumber> copied_by(const std::string& origin) {
    return write([&](Transaction& tx) { return must(tx.recovery().copied_by(origin)); });
  }
  std::optional<CaseNumber> number_of(const std::string& origin) {
    return write([&](Transaction& tx) { return must(tx.recovery().number_of(origin)); });
  }
  int untried(Instant now = kNoon) {
    return write([&](Transaction& tx) {
      return must(tx.recovery().untried(kDesk, now)) + must(tx.recovery().untried(kOperator, now));
    });
  }
};

TEST_P(Recovering, DoesNothingInAStoreThatIsNotMarked) {
  write([](Transaction& tx) { EXPECT_EQ(must(tx.recovery().begin(kNoon, 1h)), RecoveryState{}); });
}

TEST_P(Recovering, LooksOnceTheStoreIsMarkedAlsoAfterARestart) {
  begin();
  reopen();
  EXPECT_EQ(recovery_state(), (RecoveryState{RecoveryStage::looking, kNoon - 24h, kNoon}));
  // A restart is no second restore.
  write([](Transaction& tx) {
    EXPECT_EQ(must(tx.recovery().begin(kNoon + 5h, 1h)).began_at, kNoon);
  });
}

TEST_P(Recovering, ReadsTheGapAgainWithAnOverlap) {
  write([](Transaction& tx) { must(tx.polls().set_cursor(kDesk, {kNoon - 24h, "page 7"})); });
  begin();
  const auto cursor = write([](Transaction& tx) { return must(tx.polls().cursor(kDesk)); });
  EXPECT_EQ(cursor, (Cursor{kNoon - 25h, ""}));
}

TEST_P(Recovering, LeavesWhatIsRememberedAsItWas) {
  const Memo memo{kNoon - 24h, "1 17 1 anna"};
  write([&](Transaction& tx) { must(tx.memory().set({"authors", "desk"}, memo)); });
  begin();
  const auto kept = write([](Transaction& tx) {
    return must(tx.memory().get({"authors", "desk"}));
  });
  EXPECT_EQ(kept, memo);
}

// Promise 66.
TEST_P(Recovering, LetsOnlyLooksOutThenCreatesThenAll) {
  open_case(kFirst);
  link(kFirst, "17");
  begin();
  queue({"k/read", read(), "", CaseNumber{}});
  queue({"k/status", status("a"), "", kFirst});
  queue({"k/create", create(), "", kFirst, kOperator});
  const auto claimed_at = [&](const SystemName& at) {
    std::vector<std::string> keys;
    for (const OutboxRow& one : claim(kNoon, 100, at))
      keys.push_back(one.issued.command.key.text());
    return keys;
  };
  using Keys = std::vector<std::string>;
  EXPECT_EQ(claimed_at(kDesk), Keys{"k/read"});
  EXPECT_EQ(claimed_at(kOperator), Keys{});
  go_on(RecoveryStage::opening);
  EXPECT_EQ(claimed_at(kDesk), Keys{});
  EXPECT_EQ(claimed_at(kOperator), Keys{"k/create"});
  go_on(RecoveryStage::none);
  EXPECT_EQ(claimed_at(kDesk), Keys{"k/status"});
}

TEST_P(Recovering, TakesNoCommandForItsFirstAttempt) {
  open_case(kFirst);
  link(kFirst, "17");
  queue({"k/old", status("a"), "", kFirst});
  begin();
  queue({"k/new", create(), "", kFirst, kOperator});
  go_on(RecoveryStage::none);
  for (const SystemName& system : {kDesk, kOperator}) {
    const OutboxRow row = claim(kNoon, 1, system).at(0);
    EXPECT_EQ(row.issued.command.attempt, 2);
    EXPECT_TRUE(row.recovered);
  }
}

TEST_P(Recovering, IsOverForWhatIsQueuedAfterwards) {
  open_case(kFirst);
  link(kFirst, "17");
  begin();
  go_on(RecoveryStage::none);
  queue({"k", status("a"), "", kFirst});
  const OutboxRow row = claim_one();
  EXPECT_EQ(row.issued.command.attempt, 1);
  EXPECT_FALSE(row.recovered);
}

TEST_P(Recovering, TakesUpWhatWasBeingSentWhenTheBackupWasMade) {
  open_case(kFirst);
  link(kFirst, "17");
  queue({"k", status("a"), "", kFirst});
  (void)claim_one();
  begin();
  EXPECT_EQ(state("k"), OutboxState::waiting);
}

TEST_P(Recovering, LeavesADeadLetterDeadWithItsReason) {
  open_case(kFirst);
  link(kFirst, "17");
  queue({"k", status("a"), "", kFirst});
  EXPECT_TRUE(dead(claim_one()));
  begin();
  EXPECT_EQ(state("k"), OutboxState::dead);
  EXPECT_EQ(in_english(row("k").last_why), "422");
}

TEST_P(Recovering, GivesACaseTheNumberThatItsTicketBears) {
  begin();
  bears("desk.18", kSecond);
  EXPECT_EQ(number_of("desk.18"), kSecond);
  EXPECT_EQ(number_of("desk.19"), std::nullopt);
}

TEST_P(Recovering, GivesNoNumberThatAnotherCaseHas) {
  open_case(kSecond);
  begin();
  bears("desk.18", kSecond);
  EXPECT_EQ(number_of("desk.18"), std::nullopt);
  EXPECT_EQ(copied_by("desk.18"), kSecond);
}

TEST_P(Recovering, GivesANumberThatSeveralTicketsBearToTheOldestOfThem) {
  begin();
  bears("desk.17", kSecond, kNoon + 1h);
  bears("desk.18", kSecond);
  bears("desk.18", kSecond, kNoon + 2h);  // another ticket of the same case
  EXPECT_EQ(number_of("desk.18"), kSecond);
  EXPECT_EQ(copied_by("desk.18"), std::nullopt);
  EXPECT_EQ(number_of("desk.17"), std::nullopt);
  EXPECT_EQ(copied_by("desk.17"), kSecond);
}

TEST_P(Recovering, GoesOnWithTheSeriesBeyondEveryNumberThatWasSeen) {
  begin();
  bears("desk.18", CaseNumber{"SAK-2026-00041"});
  bears("desk.19", CaseNumber{"SAK-2026-00007"});
  EXPECT_EQ(write([](Transaction& tx) { return must(tx.cases().next_number("SAK", 2026)); }),
            CaseNumber{"SAK-2026-00042"});
}

TEST_P(Recovering, RemembersTheTicketsThatWerePutOffUntilItIsOver) {
  begin();
  const TicketPlace ticket{kDesk, RemoteKey{"18"}};
  for (int i = 0; i < 2; ++i) write([&](Transaction& tx) { must(tx.recovery().put_off(ticket)); });
  const auto all = [&] {
    return write([](Transaction& tx) { return must(tx.recovery().put_off()); });
  };
  EXPECT_EQ(all(), std::vector<TicketPlace>{ticket});
  go_on(RecoveryStage::none);
  EXPECT_TRUE(all().empty());
}

TEST_P(Recovering, KnowsTheTicketsOfOpenCases) {
  open_case(kFirst);
  link(kFirst, "17");
  open_case(kSecond);
  link(kSecond, "18");
  append(kSecond, {core::CaseClosed{}});
  EXPECT_EQ(write([](Transaction& tx) { return must(tx.recovery().tickets_in(kDesk)); }),
            (std::vector<TicketPlace>{{kDesk, RemoteKey{"17"}}}));
}

TEST_P(Recovering, CountsWhatIsStillToBeTried) {
  open_case(kFirst);
  link(kFirst, "17");
  begin();
  queue({"k/read", read(), "", CaseNumber{}});
  queue({"k/status", status("a"), "", kFirst});
  queue({"k/create", create(), "", kFirst, kOperator});
  EXPECT_EQ(untried(), 1);
  const OutboxRow look = claim_one();
  EXPECT_EQ(untried(), 1) << "on its way";
  EXPECT_TRUE(later(look, kNoon + 1min));
  EXPECT_EQ(untried(), 0) << "it failed, and waits";
  EXPECT_EQ(untried(kNoon + 1min), 1);
  go_on(RecoveryStage::opening);
  EXPECT_EQ(untried(), 1) << "the create";
}

SAKSBRO_EVERY_STORE(Recovering);

}  // namespace
}  // namespace saksbro::store
