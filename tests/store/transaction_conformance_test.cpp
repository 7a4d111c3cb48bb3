#include <atomic>
#include <thread>

#include "tests/store/conformance.h"

namespace saksbro::store {
namespace {

class Writing : public Conformance {};

TEST_P(Writing, IsUndoneWithoutACommit) {
  {
    auto tx = must(store().begin());
    must(tx->inbox().receive({kDesk, DeliveryId{"d1"}, DeliveryKind::webhook, kNoon, ""}));
  }
  EXPECT_EQ(must(look()->counts()).inbox_waiting, 0);
  EXPECT_EQ(receive("d1"), Received::now);
}

TEST_P(Writing, IsAllOrNothingAfterAnError) {
  auto tx = must(store().begin());
  must(tx->inbox().receive({kDesk, DeliveryId{"d1"}, DeliveryKind::webhook, kNoon, ""}));
  EXPECT_FALSE(tx->inbox().handled(9, "", kNoon).has_value());
  EXPECT_EQ(tx->commit().error().text(), "store: no delivery 9 is in the inbox");
  tx.reset();
  EXPECT_EQ(must(look()->counts()).inbox_waiting, 0);
}

TEST_P(Writing, IsKeptWhenTheStoreIsOpenedAgain) {
  receive("d1");
  open_case(kFirst);
  queue({"k1", create(), ""});
  reopen();
  EXPECT_EQ(must(look()->counts()).inbox_waiting, 1);
  EXPECT_EQ(must(look()->counts()).cases_open, 1);
  EXPECT_EQ(must(look()->counts()).outbox_waiting, 1);
}

TEST_P(Writing, IsDoneByOneAtATime) {
  std::atomic<bool> began = false;
  auto first = must(store().begin());
  std::thread other([&] {
    auto second = must(store().begin());
    began = true;
  });
  std::this_thread::sleep_for(30ms);
  EXPECT_FALSE(began);
  first.reset();
  other.join();
  EXPECT_TRUE(began);
}

TEST_P(Writing, IsFirstComeFirstServed) {
  std::atomic<bool> stop = false;
  std::atomic<bool> busy = false;
  std::thread engine([&] {
    while (!stop) {
      auto tx = must(store().begin());
      busy = true;
      std::this_thread::sleep_for(1ms);
    }
  });
  while (!busy) std::this_thread::yield();
  const auto before = std::chrono::steady_clock::now();
  for (int i = 0; i < 10; ++i) receive(std::to_string(i));
  EXPECT_LT(std::chrono::steady_clock::now() - before, 2s);
  stop = true;
  engine.join();
}

class Reading : public Conformance {};

TEST_P(Reading, SeesOneMomentAndDoesNotWaitForWriters) {
  receive("d1");
  auto tx = must(store().begin());
  must(tx->inbox().receive({kDesk, DeliveryId{"d2"}, DeliveryKind::webhook, kNoon, ""}));
  const auto reader = look();
  must(tx->commit());
  EXPECT_EQ(must(reader->counts()).inbox_waiting, 1);
  EXPECT_EQ(must(reader->inbox().list(0, 9)).size(), 1U);
  EXPECT_EQ(must(look()->counts()).inbox_waiting, 2);
}

TEST_P(Reading, CanBeDoneBySeveralAtATime) {
  receive("d1");
  const auto one = look();
  const auto other = look();
  EXPECT_EQ(must(one->counts()).inbox_waiting, must(other->counts()).inbox_waiting);
}

class Epoch : public Conformance {};

TEST_P(Epoch, IsWhenTheStoreWasMadeNotWhenItWasOpened) {
  EXPECT_EQ(store().epoch(), kNoon);
  reopen(kNoon + 24h);
  EXPECT_EQ(store().epoch(), kNoon);
}

SAKSBRO_EVERY_STORE(Writing);
SAKSBRO_EVERY_STORE(Reading);
SAKSBRO_EVERY_STORE(Epoch);

}  // namespace
}  // namespace saksbro::store
