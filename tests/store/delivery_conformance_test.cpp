// Doubt, leases, crashes, merged fields, mass changes and outages, as every store keeps them.
#include "tests/store/conformance.h"

namespace saksbro::store {
namespace {

using Keys = std::vector<std::string>;

Action fields(std::map<std::string, std::string> values, const std::string& ticket = "17") {
  return SetFields{RemoteKey{ticket}, std::move(values)};
}

Action comment() { return AddComment{RemoteKey{"17"}, "text", "ref", Visibility::internal}; }
Action comment_for_all() {
  return AddComment{RemoteKey{"17"}, "text", "ref", Visibility::everyone};
}
Action note() { return KeepNote{RemoteKey{"17"}, "text", "ref", Visibility::internal}; }

class Delivering : public Conformance {
 protected:
  void SetUp() override {
    open_case(kFirst);
    open_case(kSecond);
  }
  std::vector<OutboxRow> reclaim_expired_leases(Instant now) {
    return write([&](Transaction& tx) { return must(tx.outbox().reclaim_expired_leases(now)); });
  }
  int found(const std::string& marker, const std::string& ticket) {
    return write([&](Transaction& tx) {
      return must(tx.outbox().found(kFirst, kDesk, marker, RemoteKey{ticket}));
    });
  }
};

// --- doubt

TEST_P(Delivering, KeepsADoubtAndAnAttemptThatIsNotToBeCounted) {
  queue({"k1", status("Ny"), ""});
  OutboxRow row = claim_one();
  EXPECT_EQ(row.in_doubt_at, std::nullopt);
  row.in_doubt_at = kNoon + 7s;
  row.issued.command.attempt -= 1;
  EXPECT_TRUE(later(row, kNoon));
  EXPECT_TRUE(must(look()->outbox().attempts(row.id)).empty()) << "it was not the command's own";
  const OutboxRow again = claim_one();
  EXPECT_EQ(again.in_doubt_at, kNoon + 7s);
  EXPECT_EQ(again.issued.command.attempt, 1);
}

TEST_P(Delivering, DoubtsAWriteThatADeadProcessHadBegunButNoLook) {
  queue({"write", status("Ny"), ""});
  queue({"look", read(), "", kSecond});
  claim();
  must(store().release_claims(kNoon + 3s));
  EXPECT_EQ(row("write").in_doubt_at, kNoon + 3s);
  EXPECT_EQ(row("look").in_doubt_at, std::nullopt);
}

TEST_P(Delivering, TellsACreateOfTheTicketThatBearsItsMarker) {
  queue({"k1", create(), ""});
  EXPECT_EQ(found("marker", "17"), 0) << "nothing was sent: whose ticket could that be?";
  EXPECT_TRUE(later(claim_one(), kNoon));
  EXPECT_EQ(found("another", "17"), 0);
  EXPECT_EQ(found("marker", "17"), 1);
  EXPECT_EQ(found("marker", "18"), 0) << "the first one stays";
  EXPECT_EQ(claim_one().found, RemoteKey{"17"});
}

TEST_P(Delivering, TellsACreateThatIsOnItsWayToo) {
  queue({"k1", create(), ""});
  const OutboxRow away = claim_one();
  EXPECT_EQ(found("marker", "17"), 1);
  EXPECT_TRUE(later(away, kNoon));
  EXPECT_EQ(claim_one().found, RemoteKey{"17"});
}

TEST_P(Delivering, TellsNothingToACreateThatIsDeadOrDone) {
  queue({"k1", create(), ""});
  EXPECT_TRUE(dead(claim_one()));
  EXPECT_EQ(found("marker", "17"), 0);
}

// --- leases

// Promise 37.
TEST_P(Delivering, TakesBackWhatGaveNoSignOfLifeAndRefusesTheLateOutcome) {
  queue({"k1", status("Ny"), ""});
  const OutboxRow stuck = claim_one();
  EXPECT_TRUE(reclaim_expired_leases(kNoon + 45s).empty());
  const auto rescued = reclaim_expired_leases(kNoon + 45s + 1ms);
  ASSERT_EQ(rescued.size(), 1U);
  EXPECT_EQ(rescued[0].issued.command.key.text(), "k1");
  EXPECT_TRUE(reclaim_expired_leases(kNoon + 200s).empty());
  EXPECT_FALSE(done(stuck));
  EXPECT_EQ(in_english(row("k1").last_why), "the worker's lease expired");
  EXPECT_EQ(row("k1").in_doubt_at, kNoon + 45s + 1ms);
  const auto attempts = must(look()->outbox().attempts(stuck.id));
  ASSERT_EQ(attempts.size(), 1U);
  EXPECT_EQ(in_english(attempts[0].why), "lease expired; reclaimed");
  EXPECT_EQ(claimed(kNoon + 50s), Keys{}) << "a write waits its settle time";
  const OutboxRow next = claim_one(kNoon + 51s);
  EXPECT_FALSE(later(stuck, kNoon)) << "the fence is newer";
  EXPECT_TRUE(done(next));
}

TEST_P(Delivering, LeavesWhoRenewsHisLease) {
  queue({"k1", status("Ny"), ""});
  const OutboxRow row = claim_one();
  const auto renew = [&](Instant now) {
    return write([&](Transaction& tx) { return must(tx.outbox().renew(row, now)); });
  };
  EXPECT_TRUE(renew(kNoon + 40s));
  EXPECT_TRUE(reclaim_expired_leases(kNoon + 85s).empty());
  EXPECT_EQ(reclaim_expired_leases(kNoon + 86s).size(), 1U);
  EXPECT_FALSE(renew(kNoon + 87s)) << "it is somebody else's now";
}

// --- crashes

// Promise 20.
TEST_P(Delivering, CountsACrashWhileTheConnectorHadItInHandAndNoOther) {
  queue({"k1", status("Ny"), ""});
  const WorkItem item{Work::command, claim_one().id};
  EXPECT_EQ(store().in_hand().during(item, [] { return 7; }), 7);
  reopen();
  must(store().release_claims(kNoon));
  EXPECT_EQ(row("k1").crashes, 0) << "it waited for an answer";
  for (int deaths = 1; deaths <= 2; ++deaths) {
    (void)claim_one(kNoon + 1h);
    dies_of(item);
    EXPECT_EQ(row("k1").crashes, deaths);
  }
  reopen();
  must(store().release_claims(kNoon));
  EXPECT_EQ(row("k1").crashes, 2) << "each death counts once";
}

TEST_P(Delivering, CountsForEachOfSeveralThatAreInHandAtOnce) {
  queue({"k1", status("Ny"), ""});
  queue({"k2", status("Ny"), "", kSecond});
  const auto both = claim();
  ASSERT_EQ(both.size(), 2U);
  CrashJournal& in_hand = store().in_hand();
  const auto die = []() -> int { throw std::logic_error("deadly"); };
  const auto second = [&] { return in_hand.during({Work::command, both[1].id}, die); };
  EXPECT_THROW(in_hand.during({Work::command, both[0].id}, second), std::logic_error);
  reopen();
  must(store().release_claims(kNoon));
  EXPECT_EQ(row("k1").crashes, 1);
  EXPECT_EQ(row("k2").crashes, 1);
}

TEST_P(Delivering, ForgetsTheCrashesWhenAPersonRedrives) {
  queue({"k1", status("Ny"), ""});
  OutboxRow one = claim_one();
  one.crashes = 3;
  EXPECT_TRUE(dead(one));
  EXPECT_EQ(row("k1").crashes, 3);
  write([](Transaction& tx) { return must(tx.outbox().redrive({}, kNoon)); });
  EXPECT_EQ(row("k1").crashes, 0);
}

// --- merged fields

TEST_P(Delivering, SetsFieldsTogetherThatWaitForOneTicket) {
  queue({"k1", fields({{"A", "1"}, {"B", "1"}}), "fields/A"});
  queue({"k2", fields({{"B", "2"}}), "fields/B"});
  queue({"k3", fields({{"C", "3"}}), "fields/C"});
  queue({"other case", fields({{"D", "4"}}), "", kSecond});
  const auto rows = claim();
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].issued.command.action, fields({{"A", "1"}, {"B", "2"}, {"C", "3"}}))
      << "the newest value wins";
  ASSERT_EQ(rows[0].merged.size(), 2U);
  EXPECT_EQ(rows[0].merged[1].issued.command.key.text(), "k3");
  EXPECT_EQ(state("k2"), OutboxState::sending);
  EXPECT_TRUE(done(rows[0]));
  for (const char* key : {"k1", "k2", "k3"}) EXPECT_EQ(state(key), OutboxState::done) << key;
  EXPECT_EQ(must(look()->outbox().attempts(rows[0].merged[0].id)).size(), 1U);
}

TEST_P(Delivering, MergesNothingAcrossAnythingElse) {
  queue({"k1", fields({{"A", "1"}}), ""});
  queue({"comment", comment(), ""});
  queue({"k2", fields({{"B", "2"}}), ""});
  queue({"k3", fields({{"C", "3"}}, "18"), ""});
  const OutboxRow first = claim_one();
  EXPECT_TRUE(first.merged.empty());
  EXPECT_TRUE(done(first));
  EXPECT_TRUE(done(claim_one()));
  const OutboxRow second = claim_one();
  EXPECT_EQ(second.issued.command.key.text(), "k2");
  EXPECT_TRUE(second.merged.empty()) << "the next is about another ticket";
}

TEST_P(Delivering, NeverMergesComments) {
  queue({"k1", comment(), ""});
  queue({"k2", comment(), ""});
  EXPECT_TRUE(claim_one().merged.empty());
  EXPECT_EQ(state("k2"), OutboxState::waiting);
}

TEST_P(Delivering, MakesOneUpdateOfWhatOneCauseChangesInOneTicket) {
  queue({"k1", status("LØST"), "status"});
  queue({"note", note(), "note"});
  queue({"k2", fields({{"A", "1"}}), "fields/A"});
  queue({"k3", comment_for_all(), ""});
  queue({"k4", comment_for_all(), ""});
  const auto rows = claim(kNoon, 1, kDesk, Together::updates);
  ASSERT_EQ(rows.size(), 1U);
  UpdateTicket all;
  for (const Action& part : {status("LØST"), fields({{"A", "1"}}), comment_for_all()})
    ASSERT_TRUE(add_part(all, part));
  EXPECT_EQ(rows[0].issued.command.action, Action{all});
  EXPECT_EQ(state("note"), OutboxState::waiting) << "it is written after that";
  EXPECT_EQ(state("k4"), OutboxState::waiting) << "an entry has one comment";
  EXPECT_TRUE(done(rows[0]));
  for (const char* key : {"k1", "k2", "k3"}) EXPECT_EQ(state(key), OutboxState::done) << key;
}

TEST_P(Delivering, LeavesOutOfAnUpdateWhatMustGoByItself) {
  queue({"k1", status("LØST"), "status"});
  queue({"k2", comment(), ""});
  const auto rows = claim(kNoon, 1, kDesk, Together::updates);
  EXPECT_TRUE(rows.at(0).merged.empty()) << "an internal comment";
  EXPECT_TRUE(done(rows[0]));
  EXPECT_TRUE(done(claim_one()));
}

TEST_P(Delivering, IsInDoubtOfAnUpdateWhenItIsOfAPart) {
  queue({"k1", status("LØST"), "status"});
  EXPECT_TRUE(dead(claim_one()));
  queue({"k2", comment_for_all(), ""});
  OutboxRow tried = claim_one();
  tried.in_doubt_at = kNoon;
  EXPECT_TRUE(later(tried, kNoon));
  write([](Transaction& tx) { return must(tx.outbox().redrive({}, kNoon)); });
  const OutboxRow both = claim(kNoon, 1, kDesk, Together::updates).at(0);
  EXPECT_EQ(both.issued.command.key.text(), "k1");
  EXPECT_THAT(both.merged, testing::SizeIs(1));
  EXPECT_EQ(both.in_doubt_at, kNoon) << "so the comment is looked for before it is written";
}

TEST_P(Delivering, TriesAgainOneByOneWhatWasRefusedTogether) {
  queue({"k1", fields({{"A", "1"}}), ""});
  queue({"k2", fields({{"B", "2"}}), ""});
  EXPECT_FALSE(dead(claim_one())) << "nobody is told yet";
  EXPECT_EQ(state("k1"), OutboxState::waiting);
  const OutboxRow first = claim_one();
  EXPECT_EQ(first.issued.command.action, fields({{"A", "1"}}));
  EXPECT_TRUE(first.merged.empty());
  EXPECT_TRUE(dead(first));
  EXPECT_EQ(state("k1"), OutboxState::dead);
  const OutboxRow second = claim_one();
  EXPECT_TRUE(done(second));
  EXPECT_EQ(state("k2"), OutboxState::done);
}

TEST_P(Delivering, PutsOffTogetherWhatCouldNotBeSetNow) {
  queue({"k1", fields({{"A", "1"}}), ""});
  queue({"k2", fields({{"B", "2"}}), ""});
  EXPECT_TRUE(later(claim_one(), kNoon + 1min));
  EXPECT_EQ(state("k2"), OutboxState::waiting);
  const OutboxRow again = claim_one(kNoon + 1min);
  EXPECT_EQ(again.issued.command.action, fields({{"A", "1"}, {"B", "2"}}));
}

TEST_P(Delivering, RefusesTheLateOutcomeOfEveryMergedRow) {
  queue({"k1", fields({{"A", "1"}}), ""});
  queue({"k2", fields({{"B", "2"}}), ""});
  const OutboxRow old = claim_one();
  EXPECT_EQ(reclaim_expired_leases(kNoon + 2min).size(), 2U);
  EXPECT_FALSE(done(old));
  EXPECT_FALSE(dead(old));
  EXPECT_EQ(state("k1"), OutboxState::waiting);
  EXPECT_EQ(state("k2"), OutboxState::waiting);
}

// --- mass changes

// Promise 18.
TEST_P(Delivering, PutsAMassChangeBehindASingleCommandOfAnotherCase) {
  write([&](Transaction& tx) {
    for (int i = 0; i < 200; ++i) {
      const core::Issued issued{
          {IdempotencyKey{"mass" + std::to_string(i)}, kDesk, comment(), 1}, "", "because", "m1:1"};
      must(tx.outbox().append(CaseNumber{"SAK-2026-1" + std::to_string(1'000 + i)}, 7, kNoon,
                              issued));
    }
  });
  queue({"single", status("Ny"), "", kSecond});
  const Keys keys = claimed(kNoon, 22);
  EXPECT_EQ(keys[19], "mass19") << "a few are no mass";
  EXPECT_EQ(keys[20], "single");
  EXPECT_EQ(keys[21], "mass20");
}

TEST_P(Delivering, BringsForwardWhatASingleCommandWaitsFor) {
  write([&](Transaction& tx) {
    for (int i = 0; i < 30; ++i) {
      const core::Issued issued{
          {IdempotencyKey{"mass" + std::to_string(i)}, kDesk, comment(), 1}, "", "because", "m1:1"};
      const CaseNumber number =
          i == 29 ? kSecond : CaseNumber{"SAK-2026-1" + std::to_string(1'000 + i)};
      must(tx.outbox().append(number, 7, kNoon, issued));
    }
  });
  queue({"single", status("Ny"), "", kSecond});
  const Keys keys = claimed(kNoon, 21);
  EXPECT_EQ(keys.back(), "mass29") << "the order of a ticket holds";
}

// --- outages

TEST_P(Delivering, RemembersAnOutageUntilItIsOver) {
  const auto known = [&] { return must(look()->outages()); };
  const auto set = [&](const Outage& outage) {
    write([&](Transaction& tx) { must(tx.outages().set(outage)); });
  };
  EXPECT_TRUE(known().empty());
  set({kDesk, kNoon, "503", std::nullopt});
  reopen();
  set({kDesk, kNoon + 1h, "401", kNoon + 2h});
  set({kDesk, kNoon + 1h, "401", kNoon + 3h});
  EXPECT_EQ(known(), (std::vector<Outage>{{kDesk, kNoon, "401", kNoon + 2h}}));
  EXPECT_EQ(write([](Transaction& tx) { return must(tx.outages().of(kOperator)); }), std::nullopt);
  write([](Transaction& tx) { must(tx.outages().resume(kDesk, kNoon + 4h)); });
  EXPECT_EQ(write([](Transaction& tx) { return must(tx.outages().of(kDesk)); }), std::nullopt);
}

TEST_P(Delivering, MakesWhatWaitsDueWhenAnOutageIsOverAndItsWeekBeginAnew) {
  queue({"k1", status("Ny"), ""});
  queue({"theirs", status("Ny"), "", kFirst, kOperator});
  EXPECT_TRUE(later(claim_one(), kNoon + 4h));
  write([](Transaction& tx) { must(tx.outages().resume(kDesk, kNoon + 1h)); });
  EXPECT_EQ(row("k1").next_at, kNoon + 1h);
  EXPECT_EQ(row("k1").created_at, kNoon + 1h);
  EXPECT_EQ(row("theirs").created_at, kNoon);
}

TEST_P(Delivering, KnowsWhetherTheSettingsOfASystemAreOthersThanLastTime) {
  const auto changed = [&](const SystemName& system, std::int64_t print) {
    return write(
        [&](Transaction& tx) { return must(tx.outages().settings_changed(system, print)); });
  };
  EXPECT_FALSE(changed(kDesk, 7)) << "none were known";
  EXPECT_FALSE(changed(kDesk, 7));
  EXPECT_FALSE(changed(kOperator, 8));
  reopen();
  EXPECT_TRUE(changed(kDesk, 9));
  EXPECT_FALSE(changed(kDesk, 9));
}

// --- dead letters by filter

// People type what they see, in the language that they see it in.
TEST_P(Delivering, RedrivesByAReasonInEitherLanguage) {
  queue({"k1", status("Ny"), ""});
  const auto redrive = [&](const std::string& reason) {
    return write(
        [&](Transaction& tx) { return must(tx.outbox().redrive({.reason = reason}, kNoon)); });
  };
  const Phrase why{"{call}: Redmine forbids it to this user (403)",
                   {{"call", "PUT /issues/7.json"}}};
  for (const char* reason : {"issues/7.json: Redmine FORBIDS", "nekter denne brukeren"}) {
    const auto rows = claim();
    ASSERT_EQ(rows.size(), 1U);
    write([&](Transaction& tx) { must(tx.outbox().dead(rows.front(), why, kNoon)); });
    EXPECT_EQ(redrive("say"), 0) << "how it is stored is nothing that people see";
    EXPECT_EQ(redrive(reason), 1) << reason;
  }
}

TEST_P(Delivering, RedrivesByVerbReasonAndAge) {
  queue({"k1", status("Ny"), ""});
  queue({"k2", comment(), "", kSecond});
  for (const OutboxRow& row : claim()) {
    write([&](Transaction& tx) {
      must(tx.outbox().dead(
          row, row.case_number == kFirst ? "Redmine forbids it" : "no such ticket", kNoon));
    });
  }
  const auto redrive = [&](const DeadLetterFilter& wanted) {
    return write([&](Transaction& tx) { return must(tx.outbox().redrive(wanted, kNoon + 1h)); });
  };
  EXPECT_EQ(redrive({.verb = "fields"}), 0);
  EXPECT_EQ(redrive({.reason = "100%"}), 0);
  EXPECT_EQ(redrive({.issued_before = kNoon}), 0);
  EXPECT_EQ(redrive({.verb = "status", .reason = "NO SUCH"}), 0);
  EXPECT_EQ(redrive({.verb = "status", .reason = "FORBIDS"}), 1);
  EXPECT_EQ(redrive({.issued_before = kNoon + 1ms}), 1);
  EXPECT_EQ(state("k2"), OutboxState::waiting);
}

SAKSBRO_EVERY_STORE(Delivering);

}  // namespace
}  // namespace saksbro::store
