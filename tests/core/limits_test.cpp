#include "bridge/core/model/limits.h"

#include <gtest/gtest.h>

namespace saksbro::core {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Ticks kStart{1'000'000};

TEST(Bucket, GivesAQuarterAtOnceAndThenAtItsRate) {
  Bucket bucket(Rate{60, minutes{1}});
  for (int i = 0; i < 15; ++i) {
    ASSERT_EQ(bucket.wait(kStart).count(), 0) << i;
    bucket.take(kStart);
  }
  EXPECT_EQ(bucket.wait(kStart), seconds{1});
  EXPECT_EQ(bucket.wait(kStart + milliseconds{400}), milliseconds{600});
  EXPECT_EQ(bucket.wait(kStart + seconds{1}).count(), 0);
}

TEST(Bucket, GivesHardlyMoreThanItsRateInAnyPeriod) {
  Bucket bucket(Rate{10, seconds{1}});
  int given = 0;
  for (Ticks now = kStart; now < kStart + seconds{60}; now += milliseconds{1}) {
    if (bucket.wait(now).count() > 0) continue;
    bucket.take(now);
    ++given;
  }
  EXPECT_GE(given, 600);
  EXPECT_LE(given, 603);
}

TEST(Bucket, OfOneHasOne) {
  Bucket bucket(Rate{1, seconds{10}});
  EXPECT_EQ(bucket.wait(kStart).count(), 0);
  bucket.take(kStart);
  EXPECT_EQ(bucket.wait(kStart), seconds{10});
  EXPECT_FALSE(bucket.full(kStart + seconds{9}));
  EXPECT_TRUE(bucket.full(kStart + seconds{10}));
}

TEST(Bucket, SavesUpNoMoreThanItHolds) {
  Bucket bucket(Rate{4, seconds{1}});
  bucket.take(kStart);
  EXPECT_EQ(bucket.wait(kStart + seconds{3'600}).count(), 0);
  bucket.take(kStart + seconds{3'600});
  EXPECT_EQ(bucket.wait(kStart + seconds{3'600}), milliseconds{250});
}

TEST(Budgets, AreUnlimitedWhereNothingIsSaid) {
  Budgets budgets{Limits{}};
  for (int i = 0; i < 1'000; ++i) {
    EXPECT_EQ(budgets.take(CallClass::write, kStart).count(), 0);
    EXPECT_EQ(budgets.take_ticket("17", kStart).count(), 0);
  }
}

TEST(Budgets, CountEachClassAndAllCallsTogether) {
  Limits limits;
  limits.calls = Rate{12, seconds{1}};  // 3 at once
  limits.writes = Rate{1, seconds{1}};
  Budgets budgets{limits};
  EXPECT_EQ(budgets.take(CallClass::write, kStart).count(), 0);
  EXPECT_EQ(budgets.take(CallClass::write, kStart), seconds{1});
  EXPECT_EQ(budgets.take(CallClass::read, kStart).count(), 0) << "the refused write cost nothing";
  EXPECT_EQ(budgets.take(CallClass::search, kStart).count(), 0);
  EXPECT_EQ(budgets.take(CallClass::search, kStart), milliseconds{84});
}

TEST(Budgets, LimitTheWritesToOneTicketAndNoOther) {
  Limits limits;
  limits.per_ticket = Rate{6, minutes{1}};
  Budgets budgets{limits};
  EXPECT_EQ(budgets.take_ticket("17", kStart).count(), 0);
  EXPECT_EQ(budgets.take_ticket("17", kStart), seconds{10});
  EXPECT_EQ(budgets.take_ticket("18", kStart).count(), 0);
}

TEST(Budgets, ForgetTicketsThatNobodyWroteToForLong) {
  Limits limits;
  limits.per_ticket = Rate{1, minutes{1}};
  Budgets budgets{limits};
  for (int i = 0; i < 5'000; ++i) {
    const Ticks now = kStart + milliseconds{100 * i};
    ASSERT_EQ(budgets.take_ticket(std::to_string(i), now).count(), 0);
  }
  EXPECT_EQ(budgets.take_ticket("4999", kStart + milliseconds{499'900}), minutes{1});
}

}  // namespace
}  // namespace saksbro::core
