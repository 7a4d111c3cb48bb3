#include "tests/store/conformance.h"

namespace saksbro::store {
namespace {

using Keys = std::vector<std::string>;

class Redrive : public Conformance {
 protected:
  int redrive(const std::optional<CaseNumber>& number, const SystemName& at = {},
              std::optional<std::int64_t> id = std::nullopt) {
    return write([&](Transaction& tx) { return must(tx.redrive(number, at, id, kNoon + 1h)); });
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
  EXPECT_EQ(write([](Transaction& tx) { return must(tx.hasten(kOperator, kNoon)); }), 0);
  EXPECT_EQ(write([](Transaction& tx) { return must(tx.hasten(kDesk, kNoon + 1min)); }), 1);
  EXPECT_EQ(claimed(kNoon + 1min), Keys{"k1"});
}

TEST_P(TakingUpAgain, ReleasesTheClaimsOfAProcessThatDied) {
  queue({"write", status("Ny"), ""});
  queue({"look", read(), "", kSecond});
  queue({"done", read("5"), "", CaseNumber{}});
  for (const OutboxRow& row : claim()) {
    if (row.issued.command.key.text() == "done") done(row);
  }
  reopen();
  EXPECT_EQ(must(store().release_claims()), 2);
  EXPECT_EQ(must(store().release_claims()), 0);
  EXPECT_EQ(row("write").last_why, "the bridge stopped before the answer came");
  EXPECT_EQ(claimed(), Keys{"look"}) << "a look may be repeated at once";
  EXPECT_EQ(claimed(kNoon + 5s - 1ms), Keys{});
  EXPECT_EQ(claim_one(kNoon + 5s).issued.command.attempt, 2) << "a write waits the settle time";
}

SAKSBRO_EVERY_STORE(Redrive);
SAKSBRO_EVERY_STORE(TakingUpAgain);

}  // namespace
}  // namespace saksbro::store
