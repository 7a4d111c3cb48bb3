#include "tests/store/conformance.h"

namespace saksbro::store {
namespace {

using Keys = std::vector<std::string>;

class Redrive : public Conformance {
 protected:
  int redrive(const std::optional<CaseNumber>& number, const SystemName& at = {},
              std::optional<std::int64_t> id = std::nullopt, Again which = Again::everything) {
    return write([&](Transaction& tx) {
      return must(tx.outbox().redrive({number, at, id, which}, kNoon + 1h));
    });
  }
  void SetUp() override {
    open_case(kFirst);
    open_case(kSecond);
    queue({"first", status("Ny"), ""});
    queue({"second", status("Ny"), "", kSecond});
    queue({"theirs", status("Ny"), "", kFirst, kOperator});
    for (const OutboxRow& row : claim()) dead(row);
    for (const OutboxRow& row : claim(kNoon, 9, kOperator)) dead(row);
  }
};

TEST_P(Redrive, TakesEveryDeadLetterWhenNothingIsNamed) {
  EXPECT_EQ(redrive(std::nullopt), 3);
  EXPECT_EQ(redrive(std::nullopt), 0);
  EXPECT_EQ(row("first").next_at, kNoon + 1h);
}

TEST_P(Redrive, TakesThoseOfACaseOrASystemOrOneRow) {
  EXPECT_EQ(redrive(kSecond), 1);
  EXPECT_EQ(redrive(kFirst, kOperator), 1);
  EXPECT_EQ(redrive(std::nullopt, kOperator), 0);
  EXPECT_EQ(redrive(std::nullopt, {}, row("second").id), 0);
  EXPECT_EQ(redrive(std::nullopt, {}, row("first").id), 1);
}

TEST_P(Redrive, RemembersTheAttemptsSoThatTheNextBeginsWithALook) {
  EXPECT_EQ(redrive(kFirst, kDesk), 1);
  EXPECT_EQ(claim_one(kNoon + 1h).issued.command.attempt, 2);
}

TEST_P(Redrive, BeginsTheTimeOfTryingAnew) {
  EXPECT_EQ(redrive(kFirst, kDesk), 1);
  EXPECT_EQ(row("first").created_at, kNoon + 1h);
  EXPECT_EQ(row("second").created_at, kNoon);
}

TEST_P(Redrive, LeavesCommentsToPeopleWhenToldSo) {
  queue({"comment", AddComment{RemoteKey{"17"}, "text", "ref", Visibility::everyone}, ""});
  EXPECT_TRUE(dead(claim_one()));
  EXPECT_EQ(redrive(kFirst, kDesk, std::nullopt, Again::except_comments), 1);
  EXPECT_EQ(state("first"), OutboxState::waiting);
  EXPECT_EQ(state("comment"), OutboxState::dead);
  EXPECT_EQ(redrive(kFirst, kDesk, std::nullopt, Again::everything), 1);
}

TEST_P(Redrive, DoesNotPutTwoOfOneLaneOnTheirWay) {
  queue({"next", status("Løst"), ""});
  EXPECT_EQ(claimed(), Keys{"next"});
  EXPECT_EQ(redrive(kFirst, kDesk), 1);
  EXPECT_EQ(claimed(kNoon + 1h), Keys{}) << "older than the one under way, but the lane is busy";
}

class TakingUpAgain : public Conformance {
 protected:
  void SetUp() override {
    open_case(kFirst);
    open_case(kSecond);
  }
};

TEST_P(TakingUpAgain, HastensWhatWaitsInASystem) {
  queue({"k1", status("Ny"), ""});
  queue({"k2", status("Ny"), "", kFirst, kOperator});
  EXPECT_TRUE(later(claim_one(), kNoon + 1h));
  EXPECT_EQ(write([](Transaction& tx) { return must(tx.outbox().expedite(kOperator, kNoon)); }), 0);
  EXPECT_EQ(write([](Transaction& tx) { return must(tx.outbox().expedite(kDesk, kNoon + 1min)); }),
            1);
  EXPECT_EQ(claimed(kNoon + 1min), Keys{"k1"});
}

TEST_P(TakingUpAgain, HastensNothingBeforeItsTime) {
  queue({"k1", status("Ny"), ""});
  EXPECT_TRUE(later(claim_one(), kNoon + 4h, kNoon + 1h));
  const auto expedite = [&] {
    return write([](Transaction& tx) { return must(tx.outbox().expedite(kDesk, kNoon)); });
  };
  EXPECT_EQ(expedite(), 1);
  EXPECT_EQ(row("k1").next_at, kNoon + 1h);
  EXPECT_EQ(expedite(), 0);
  EXPECT_TRUE(later(claim_one(kNoon + 1h), kNoon + 4h));
  EXPECT_EQ(expedite(), 1);
  EXPECT_EQ(row("k1").next_at, kNoon) << "the last attempt was not asked to wait";
}

TEST_P(TakingUpAgain, ReleasesTheClaimsOfAProcessThatDied) {
  queue({"write", status("Ny"), ""});
  queue({"look", read(), "", kSecond});
  queue({"done", read("5"), "", CaseNumber{}});
  for (const OutboxRow& row : claim()) {
    if (row.issued.command.key.text() == "done") done(row);
  }
  reopen();
  const Instant start = kNoon + 3s;
  EXPECT_EQ(must(store().release_claims(start)), 2);
  EXPECT_EQ(must(store().release_claims(start)), 0);
  EXPECT_EQ(in_english(row("write").last_why), "Saksbro stopped before the answer came");
  EXPECT_EQ(claimed(), Keys{"look"}) << "a look may be repeated at once";
  EXPECT_EQ(write([&](Transaction& tx) { return must(tx.outbox().expedite(kDesk, start)); }), 0);
  EXPECT_EQ(claimed(start + 5s - 1ms), Keys{});
  EXPECT_EQ(claim_one(start + 5s).issued.command.attempt, 2) << "a write waits the settle time";
}

class Withdrawal : public Conformance {
 protected:
  int withdraw(const std::string& slot = "status") {
    return write(
        [&](Transaction& tx) { return must(tx.outbox().withdraw(kFirst, kDesk, slot, kNoon)); });
  }
  void SetUp() override {
    open_case(kFirst);
    open_case(kSecond);
  }
};

TEST_P(Withdrawal, TakesBackWhatWaitsOrIsDeadInTheSlot) {
  queue({"dead", status("Ny"), "status"});
  EXPECT_TRUE(dead(claim_one()));
  EXPECT_EQ(withdraw(), 1);
  queue({"waiting", status("Ny"), "status"});
  EXPECT_EQ(withdraw(), 1);
  EXPECT_EQ(state("dead"), OutboxState::superseded);
  EXPECT_EQ(state("waiting"), OutboxState::superseded);
  EXPECT_EQ(withdraw(), 0);
}

TEST_P(Withdrawal, LeavesOtherSlotsLanesAndWhatHasNoSlot) {
  queue({"none", status("Ny"), ""});
  queue({"other slot", status("Ny"), "status2"});
  queue({"other case", status("Ny"), "status", kSecond});
  queue({"other system", status("Ny"), "status", kFirst, kOperator});
  EXPECT_EQ(withdraw(), 0);
  EXPECT_EQ(withdraw(""), 0);
  for (const char* key : {"none", "other slot", "other case", "other system"}) {
    EXPECT_EQ(state(key), OutboxState::waiting) << key;
  }
}

TEST_P(Withdrawal, OfAFileFindsItInTheLaneThatIsItsOwn) {
  queue({"file", FetchFile{RemoteKey{"17"}, "204", "logg.txt", "/204", 10}, "file/204"});
  queue({"other file", FetchFile{RemoteKey{"17"}, "205", "logg.txt", "/205", 10}, "file/205"});
  EXPECT_EQ(withdraw("file/204"), 1);
  EXPECT_EQ(state("file"), OutboxState::superseded);
  EXPECT_EQ(state("other file"), OutboxState::waiting);
}

TEST_P(Withdrawal, LeavesWhatIsDone) {
  queue({"k1", status("Ny"), "status"});
  EXPECT_TRUE(done(claim_one()));
  EXPECT_EQ(withdraw(), 0);
  EXPECT_EQ(state("k1"), OutboxState::done);
}

TEST_P(Withdrawal, OfWhatIsOnItsWayWaitsForItsEnd) {
  struct Row {
    const char* key;
    std::function<void(const OutboxRow&)> end;
    OutboxState expected;
  };
  const std::vector<Row> rows{
      {"done", [&](const OutboxRow& row) { done(row); }, OutboxState::done},
      {"later", [&](const OutboxRow& row) { later(row, kNoon); }, OutboxState::superseded},
      {"dead", [&](const OutboxRow& row) { dead(row); }, OutboxState::superseded},
      {"crash", [&](const OutboxRow&) { must(store().release_claims(kNoon)); },
       OutboxState::superseded}};
  for (const Row& one : rows) {
    queue({one.key, status("Ny"), "status"});
    const OutboxRow away = claim_one();
    EXPECT_EQ(withdraw(), 0);
    EXPECT_EQ(state(one.key), OutboxState::sending);
    one.end(away);
    EXPECT_EQ(state(one.key), one.expected) << one.key;
  }
}

SAKSBRO_EVERY_STORE(Redrive);
SAKSBRO_EVERY_STORE(Withdrawal);
SAKSBRO_EVERY_STORE(TakingUpAgain);

}  // namespace
}  // namespace saksbro::store
