#include <gmock/gmock.h>

#include "tests/store/conformance.h"

namespace saksbro::store::conformance {
namespace {

using Keys = std::vector<std::string>;

class Outbox : public Conformance {
 protected:
  void SetUp() override {
    open_case(kFirst);
    open_case(kSecond);
  }
};

TEST_P(Outbox, GivesACommandAsItWasIssued) {
  queue({"k1", create(), "slot"});
  const OutboxRow row = claim_one();
  EXPECT_EQ(row.case_number, kFirst);
  EXPECT_EQ(row.issued,
            (core::Issued{{IdempotencyKey{"k1"}, kDesk, create(), 1}, "slot", "because", "m1:1"}));
  EXPECT_EQ(row.state, OutboxState::sending);
  EXPECT_EQ(row.cause, 1);
  EXPECT_EQ(row.created_at, kNoon);
  EXPECT_EQ(row.next_at, Instant{}) << "at once";
  EXPECT_EQ(in_english(row.last_why), "");
}

TEST_P(Outbox, TakesAKeyOnceAndKeepsTheFirst) {
  queue({"k1", status("Ny"), ""});
  queue({"k1", status("Ny"), ""});
  EXPECT_EQ(claim_one().issued.command.action, status("Ny"));
  EXPECT_EQ(must(look()->outbox().list(std::nullopt, false)).size(), 1U);
}

TEST_P(Outbox, RefusesAnotherCommandUnderTheSameKey) {
  queue({"k1", status("Ny"), ""});
  EXPECT_THAT(
      [&] {
        queue({"k1", status("Løst"), ""});
      },
      testing::ThrowsMessage<std::runtime_error>(
          testing::HasSubstr("two commands have the key k1: the second one would be lost")));
}

TEST_P(Outbox, DoesNotSupersedeByAKeyThatIsThereAlready) {
  queue({"k1", status("Ny"), "status"});
  queue({"k1", status("Ny"), "status"});
  EXPECT_EQ(state("k1"), OutboxState::waiting);
}

TEST_P(Outbox, GivesEachSystemItsOwn) {
  queue({"k1", status("Ny"), "", kFirst, kOperator});
  EXPECT_EQ(claimed(), Keys{});
  EXPECT_EQ(claim(kNoon, 9, kOperator).size(), 1U);
}

TEST_P(Outbox, WhatWaitsForItsTicketsNumberIsDueAsSoonAsTheCaseHasIt) {
  queue({"k1", SetStatus{RemoteKey{}, "Ny", {}}, ""});
  EXPECT_EQ(claimed(), Keys{});
  EXPECT_EQ(in_english(row("k1").last_why), "the ticket has no number yet");
  EXPECT_FALSE(must(look()->outbox().has_due(kDesk, kNoon)));
  link(kFirst, "18", kOperator);
  EXPECT_EQ(claimed(), Keys{});
  link(kFirst, "17");
  EXPECT_EQ(claimed(), Keys{"k1"});
}

TEST_P(Outbox, SaysWhetherAnythingIsDueAsAClaimWouldFindIt) {
  const auto due = [&](Instant now, const SystemName& at = kDesk) {
    return must(look()->outbox().has_due(at, now));
  };
  EXPECT_FALSE(due(kNoon));
  queue({"k1", status("Ny"), ""});
  queue({"k2", status("Løst"), ""});
  EXPECT_TRUE(due(kNoon));
  EXPECT_FALSE(due(kNoon, kOperator));
  const OutboxRow first = claim_one();
  EXPECT_FALSE(due(kNoon)) << "the second one waits behind it";
  EXPECT_TRUE(later(first, kNoon + 1min));
  EXPECT_FALSE(due(kNoon));
  EXPECT_TRUE(due(kNoon + 1min));
  EXPECT_TRUE(done(claim_one(kNoon + 1min)));
  EXPECT_TRUE(due(kNoon + 1min));
}

TEST_P(Outbox, KeepsTheOrderOfALane) {
  queue({"k1", status("Ny"), ""});
  queue({"k2", status("Løst"), ""});
  const OutboxRow first = claim_one();
  EXPECT_EQ(first.issued.command.key.text(), "k1");
  EXPECT_EQ(claimed(), Keys{}) << "the lane is busy";
  EXPECT_TRUE(done(first));
  EXPECT_EQ(claimed(), Keys{"k2"});
}

TEST_P(Outbox, WaitsBehindACommandThatIsTriedAgainLater) {
  queue({"k1", status("Ny"), ""});
  queue({"k2", status("Løst"), ""});
  EXPECT_TRUE(later(claim_one(), kNoon + 1min));
  EXPECT_EQ(claimed(kNoon + 1min - 1ms), Keys{});
  EXPECT_EQ(claimed(kNoon + 1min), Keys{"k1"});
}

TEST_P(Outbox, LetsOtherTicketsFlow) {
  queue({"k1", status("Ny"), ""});
  queue({"k2", status("Ny"), "", kSecond});
  queue({"k3", read("99"), "", CaseNumber{}});
  queue({"k4", read("98"), "", CaseNumber{}});
  queue({"k5", read("98"), "", CaseNumber{}});
  EXPECT_EQ(claimed(), (Keys{"k1", "k2", "k3", "k4"}));
}

TEST_P(Outbox, LooksPastAWriteThatWaitsForHours) {
  queue({"write", status("Ny"), ""});
  queue({"look", read(), ""});
  EXPECT_TRUE(later(claim_one(), kNoon + 4h));
  EXPECT_EQ(claimed(), Keys{"look"});
}

TEST_P(Outbox, IsDueAtOnceWhenTheClockHasBeenSetBack) {
  queue({"k1", status("Ny"), ""});
  EXPECT_EQ(claimed(kNoon - 24h), Keys{"k1"});
}

TEST_P(Outbox, GivesNoMoreThanAsked) {
  queue({"k1", status("Ny"), ""});
  queue({"k2", status("Ny"), "", kSecond});
  EXPECT_EQ(claimed(kNoon, 0), Keys{});
  EXPECT_EQ(claimed(kNoon, 1), Keys{"k1"});
  EXPECT_EQ(claimed(kNoon, 1), Keys{"k2"});
}

TEST_P(Outbox, CountsEachAttemptAndFencesIt) {
  queue({"k1", status("Ny"), ""});
  EXPECT_EQ(row("k1").issued.command.attempt, 0);
  const OutboxRow first = claim_one();
  EXPECT_TRUE(later(first, kNoon));
  const OutboxRow second = claim_one();
  EXPECT_EQ(first.issued.command.attempt, 1);
  EXPECT_EQ(second.issued.command.attempt, 2);
  EXPECT_GT(second.fence, first.fence);
  EXPECT_EQ(in_english(second.last_why), "503");
}

// Promise 37.
TEST_P(Outbox, RefusesTheOutcomeOfAnOldClaim) {
  queue({"k1", status("Ny"), ""});
  const OutboxRow old = claim_one();
  must(store().release_claims(kNoon));
  const OutboxRow current = claim_one(kNoon + 1h);
  EXPECT_FALSE(done(old));
  EXPECT_FALSE(later(old, kNoon));
  EXPECT_FALSE(dead(old));
  EXPECT_EQ(state("k1"), OutboxState::sending);
  EXPECT_TRUE(must(look()->outbox().attempts(old.id)).empty());
  EXPECT_TRUE(done(current));
  EXPECT_FALSE(done(current)) << "told twice";
}

TEST_P(Outbox, RecordsEachAttemptWithItsReason) {
  queue({"k1", status("Ny"), ""});
  EXPECT_TRUE(later(claim_one(), kNoon));
  EXPECT_TRUE(dead(claim_one()));
  write([](Transaction& tx) { return must(tx.outbox().redrive({.system = kDesk}, kNoon)); });
  const OutboxRow last = claim_one();
  EXPECT_TRUE(done(last));
  const auto attempts = must(look()->outbox().attempts(last.id));
  ASSERT_EQ(attempts.size(), 3U);
  EXPECT_EQ(attempts[0].number, 1);
  EXPECT_EQ(attempts[0].outcome, "later");
  EXPECT_EQ(in_english(attempts[0].why), "503");
  EXPECT_EQ(attempts[1].outcome, "rejected");
  EXPECT_EQ(in_english(attempts[1].why), "422");
  EXPECT_EQ(attempts[2].number, 3);
  EXPECT_EQ(attempts[2].outcome, "delivered");
  EXPECT_EQ(attempts[2].at, kNoon);
}

TEST_P(Outbox, FillsInTheTicketThatTheCaseHasGotMeanwhile) {
  queue({"k1", status("Ny", ""), ""});
  link(kFirst, "17");
  EXPECT_EQ(claim_one().issued.command.action, status("Ny", "17"));
}

TEST_P(Outbox, FillsInTheTicketThatWasLinkedLast) {
  queue({"k1", status("Ny", ""), ""});
  link(kFirst, "17");
  link(kFirst, "18");
  EXPECT_EQ(claim_one().issued.command.action, status("Ny", "18"));
}

TEST_P(Outbox, LeavesATicketThatIsGivenAndAlertsAsTheyAre) {
  const Action alert = RaiseAlert{"t", "x", "critical", "SAK-2026-00001", ""};
  link(kFirst, "17");
  queue({"k1", status("Ny", "16"), ""});
  queue({"k2", alert, "", kSecond});
  const auto rows = claim();
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].issued.command.action, status("Ny", "16"));
  EXPECT_EQ(rows[1].issued.command.action, alert);
}

TEST_P(Outbox, WaitsForTheTicketWithoutSpinningOrCountingAnAttempt) {
  queue({"k1", status("Ny", ""), ""});
  queue({"k2", status("Ny"), "", kSecond});
  EXPECT_EQ(claimed(kNoon, 1), Keys{"k2"}) << "what cannot be done takes nobody's place";
  EXPECT_EQ(state("k1"), OutboxState::waiting);
  EXPECT_GT(row("k1").next_at, kNoon);
  EXPECT_EQ(in_english(row("k1").last_why), "the ticket has no number yet");
  link(kFirst, "17");
  EXPECT_EQ(claim_one(row("k1").next_at).issued.command.attempt, 1);
}

TEST_P(Outbox, HoldsWhatNeedsAKeyBehindTheCreate) {
  queue({"k1", create(), ""});
  queue({"k2", status("Ny", ""), ""});
  const OutboxRow opening = claim_one();
  EXPECT_EQ(claimed(kNoon + 1h), Keys{});
  EXPECT_TRUE(dead(opening));
  EXPECT_EQ(claimed(kNoon + 1h), Keys{}) << "a dead create holds its lane";
  write([](Transaction& tx) {
    return must(tx.outbox().redrive({.number = kFirst, .system = kDesk}, kNoon));
  });
  EXPECT_EQ(claimed(), Keys{"k1"});
}

TEST_P(Outbox, GoesOnBehindADeadCreateWhenTheCaseHasGotATicketAnotherWay) {
  queue({"k1", create(), ""});
  queue({"k2", status("Ny", ""), ""});
  EXPECT_TRUE(dead(claim_one()));
  link(kFirst, "17");
  EXPECT_EQ(claimed(), Keys{"k2"});
}

TEST_P(Outbox, GoesOnBehindAnyOtherDeadCommand) {
  queue({"k1", status("Ny"), ""});
  queue({"k2", status("Løst"), ""});
  EXPECT_TRUE(dead(claim_one()));
  EXPECT_EQ(claimed(), Keys{"k2"});
}

TEST_P(Outbox, SupersedesWhatWaitsInTheSameSlot) {
  queue({"k1", status("Ny"), "status"});
  queue({"k2", status("Løst"), "status"});
  EXPECT_EQ(state("k1"), OutboxState::superseded);
  EXPECT_EQ(claimed(), Keys{"k2"});
}

TEST_P(Outbox, SupersedesADeadLetterOfTheSameSlot) {
  queue({"k1", status("Ny"), "status"});
  EXPECT_TRUE(dead(claim_one()));
  queue({"k2", status("Løst"), "status"});
  EXPECT_EQ(state("k1"), OutboxState::superseded);
  EXPECT_EQ(must(look()->counts()).outbox_dead, 0);
}

TEST_P(Outbox, SupersedesNothingOfAnotherSlotOrLaneOrWithoutASlot) {
  queue({"none", status("Ny"), ""});
  queue({"other slot", status("Ny"), "fields"});
  queue({"other case", status("Ny"), "status", kSecond});
  queue({"other system", status("Ny"), "status", kFirst, kOperator});
  queue({"k1", status("Ny"), "status"});
  queue({"none again", status("Ny"), ""});
  for (const char* key : {"none", "other slot", "other case", "other system", "k1"}) {
    EXPECT_EQ(state(key), OutboxState::waiting) << key;
  }
}

TEST_P(Outbox, NeverSupersedesWhatIsOnItsWay) {
  queue({"k1", status("Ny"), "status"});
  const OutboxRow away = claim_one();
  queue({"k2", status("Løst"), "status"});
  EXPECT_EQ(state("k1"), OutboxState::sending);
  EXPECT_TRUE(done(away));
  EXPECT_EQ(state("k1"), OutboxState::done);
}

TEST_P(Outbox, DoesNotTakeUpAgainWhatWasReplacedWhileItWasAway) {
  for (const bool refused : {true, false}) {
    const std::string old = refused ? "k1" : "k3";
    queue({old, status("Ny"), "status"});
    const OutboxRow away = claim_one();
    const std::string newer = refused ? "k2" : "k4";
    queue({newer, status("Løst"), "status"});
    EXPECT_TRUE(refused ? dead(away) : later(away, kNoon));
    EXPECT_EQ(state(old), OutboxState::superseded);
    const OutboxRow next = claim_one();
    EXPECT_EQ(next.issued.command.key.text(), newer);
    EXPECT_TRUE(done(next));
  }
}

TEST_P(Outbox, ListsWhatIsOpenOrEverythingOfACaseOrOfAll) {
  queue({"done", status("Ny"), ""});
  EXPECT_TRUE(done(claim_one()));
  queue({"replaced", status("Ny"), "status"});
  queue({"sending", status("Løst"), "status"});
  EXPECT_EQ(claimed(), Keys{"sending"});
  queue({"dead", status("Ny"), "", kSecond});
  EXPECT_TRUE(dead(claim_one()));
  queue({"waiting", read(), "", CaseNumber{}});
  const auto keys = [&](const std::optional<CaseNumber>& number, bool only_open) {
    Keys found;
    for (const OutboxRow& row : must(look()->outbox().list(number, only_open))) {
      found.push_back(row.issued.command.key.text());
    }
    return found;
  };
  EXPECT_EQ(keys(std::nullopt, false), (Keys{"done", "replaced", "sending", "dead", "waiting"}));
  EXPECT_EQ(keys(std::nullopt, true), (Keys{"sending", "dead", "waiting"}));
  EXPECT_EQ(keys(kFirst, false), (Keys{"done", "replaced", "sending"}));
  EXPECT_EQ(keys(kSecond, true), Keys{"dead"});
  EXPECT_EQ(must(look()->counts()).outbox_waiting, 2) << "sending counts: it is not done yet";
  EXPECT_EQ(must(look()->counts()).outbox_dead, 1);
}

SAKSBRO_EVERY_STORE(Outbox);

}  // namespace
}  // namespace saksbro::store::conformance
