// What a store forgets, when, and what it never forgets.
#include <gtest/gtest.h>

#include "tests/store/conformance.h"

namespace saksbro::store {
namespace {

using std::chrono::days;

class Forgetting : public Conformance {
 protected:
  // A delivery, handled on arrival.
  void handle(const std::string& id, Instant at) {
    write([&](Transaction& tx) {
      must(tx.inbox().receive({kDesk, DeliveryId{id}, DeliveryKind::webhook, at, "body of " + id}));
    });
    const auto row = must(look()->inbox().next());
    write([&](Transaction& tx) {
      must(tx.cases().decided(kFirst, row->seq, "because of " + id));
      must(tx.inbox().handled(row->seq, "because of " + id, at));
    });
  }
  Forgotten forget(Instant now, int most = 100) {
    return must(store().upkeep().forget(Keep{}, now, most));
  }
  std::vector<InboxRow> inbox() { return must(look()->inbox().list(0, 100)); }
  Received again(const std::string& id, Instant at) {
    return write([&](Transaction& tx) {
      return must(tx.inbox().receive({kDesk, DeliveryId{id}, DeliveryKind::webhook, at, "again"}));
    });
  }
};

TEST_P(Forgetting, EmptiesTheBodiesOfWhatWasHandledThirtyDaysAgo) {
  handle("old", kNoon);
  handle("new", kNoon + days{2});
  const Forgotten gone = forget(kNoon + days{31});
  EXPECT_EQ(gone.bodies, 1);
  const auto rows = inbox();
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].delivery.body, "");
  EXPECT_TRUE(rows[0].emptied);
  EXPECT_EQ(rows[1].delivery.body, "body of new");
  EXPECT_FALSE(rows[1].emptied);
}

// Promise 9.
TEST_P(Forgetting, KnowsADeliveryThatComesAgainForThirtyFiveDays) {
  handle("d1", kNoon);
  (void)forget(kNoon + days{34});
  EXPECT_EQ(again("d1", kNoon + days{34}), Received::before);
}

TEST_P(Forgetting, ForgetsADeliveryThatHasNotComeForThirtyFiveDays) {
  handle("d1", kNoon);
  (void)forget(kNoon + days{34});
  EXPECT_EQ(forget(kNoon + days{36}).ids, 1);
  EXPECT_TRUE(inbox().empty());
  EXPECT_EQ(again("d1", kNoon + days{36}), Received::now);
}

// A poll tells of a released version each time, for years.
TEST_P(Forgetting, CountsFromTheLastTimeThatADeliveryCame) {
  handle("version/7", kNoon);
  for (int day = 20; day <= 400; day += 20) {
    EXPECT_EQ(again("version/7", kNoon + days{day}), Received::before);
    (void)forget(kNoon + days{day});
  }
}

TEST_P(Forgetting, LeavesWhatWaitsAndWhatIsParked) {
  (void)receive("parked");
  (void)receive("waits");
  write([&](Transaction& tx) { must(tx.inbox().parked(1, "not understood", kNoon)); });
  const Forgotten gone = forget(kNoon + days{1000});
  EXPECT_EQ(gone.bodies + gone.ids, 0);
  EXPECT_EQ(inbox().at(0).delivery.body, "body of parked");
  EXPECT_EQ(inbox().at(1).delivery.body, "body of waits");
}

TEST_P(Forgetting, KeepsAReasonForAYearLongerThanItsDelivery) {
  open_case(kFirst);
  handle("d1", kNoon);
  (void)forget(kNoon + days{100});
  (void)forget(kNoon + days{100});
  ASSERT_TRUE(inbox().empty());
  const auto reasons = must(look()->cases().decisions(kFirst));
  ASSERT_EQ(reasons.size(), 1U);
  EXPECT_EQ(reasons[0].because, "because of d1");
  EXPECT_EQ(reasons[0].delivery, DeliveryId{"d1"});
  EXPECT_EQ(reasons[0].at, kNoon);
  EXPECT_EQ(forget(kNoon + days{366}).decisions, 1);
  EXPECT_TRUE(must(look()->cases().decisions(kFirst)).empty());
}

TEST_P(Forgetting, DropsSettledCommandsWithTheirAttemptsAndNoOthers) {
  open_case(kFirst);
  link(kFirst, "17");
  queue({"k/done", status("a"), "", kFirst});
  EXPECT_TRUE(done(claim_one()));
  queue({"k/dead", status("b"), "", kFirst});
  EXPECT_TRUE(dead(claim_one()));
  queue({"k/older", status("c"), "status", kFirst});
  queue({"k/waits", status("d"), "status", kFirst});
  EXPECT_EQ(forget(kNoon + days{89}).commands, 0);
  EXPECT_EQ(forget(kNoon + days{91}).commands, 2);
  std::vector<std::string> left;
  for (const OutboxRow& one : must(look()->outbox().list(std::nullopt, false)))
    left.push_back(one.issued.command.key.text());
  EXPECT_EQ(left, (std::vector<std::string>{"k/dead", "k/waits"}));
  EXPECT_TRUE(must(look()->outbox().attempts(1)).empty());
}

TEST_P(Forgetting, LeavesTheCaseWithItsFactsAndReferences) {
  open_case(kFirst);
  link(kFirst, "17");
  handle("d1", kNoon);
  for (int i = 0; i < 3; ++i) (void)forget(kNoon + days{4000});
  EXPECT_TRUE(must(look()->cases().find(kFirst)).has_value());
  EXPECT_EQ(must(look()->cases().facts(kFirst)).size(), 2U);
  EXPECT_EQ(must(look()->cases().named("#17")), std::vector<CaseNumber>{kFirst});
}

TEST_P(Forgetting, TakesSmallBatchesAndSaysWhetherThereIsMore) {
  for (int i = 0; i < 5; ++i) handle("d" + std::to_string(i), kNoon);
  Forgotten gone = forget(kNoon + days{31}, 3);
  EXPECT_EQ(gone.bodies, 3);
  EXPECT_TRUE(gone.more);
  gone = forget(kNoon + days{31}, 3);
  EXPECT_EQ(gone.bodies, 2);
  gone = forget(kNoon + days{31}, 3);
  EXPECT_FALSE(gone.more);
}

TEST_P(Forgetting, GivesRoomBackToTheDisk) {
  write([&](Transaction& tx) {
    for (int i = 0; i < 100; ++i) {
      must(tx.inbox().receive({kDesk, DeliveryId{std::to_string(i)}, DeliveryKind::webhook, kNoon,
                               std::string(100'000, 'x')}));
      must(tx.inbox().handled(i + 1, "", kNoon));
    }
  });
  for (bool more = true; more;) more = forget(kNoon + days{31}).more;
  const std::int64_t first = must(store().upkeep().give_back(500));
  EXPECT_GT(first, 1000);
  EXPECT_EQ(must(store().upkeep().give_back(100'000)), 0);
}

SAKSBRO_EVERY_STORE(Forgetting);

}  // namespace
}  // namespace saksbro::store
