#include "bridge/store/group_commit.h"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <thread>
#include <vector>

#include "tests/store/conformance.h"

namespace saksbro::store {
namespace {

Delivery delivery(const std::string& id) {
  return {kDesk, DeliveryId{id}, DeliveryKind::webhook, kNoon, "body"};
}

class GroupCommitOf : public Conformance {};

TEST_P(GroupCommitOf, SaysForEachDeliveryWhetherItIsNew) {
  GroupCommit receiver{store()};
  EXPECT_EQ(receiver.receive(delivery("d1")), Received::now);
  EXPECT_EQ(receiver.receive(delivery("d1")), Received::before);
  EXPECT_EQ(receiver.receive(delivery("d2")), Received::now);
}

TEST_P(GroupCommitOf, LosesNothingOfManyReceivers) {
  std::atomic<int> fresh = 0;
  {
    GroupCommit receiver{store()};
    std::vector<std::jthread> threads;
    for (int t = 0; t < 8; ++t) {
      threads.emplace_back([&, t] {
        // Each id is told by two threads: one of them is the first.
        for (int i = 0; i < 50; ++i) {
          const auto id = std::to_string(t / 2) + "-" + std::to_string(i);
          if (must(receiver.receive(delivery(id))) == Received::now) ++fresh;
        }
      });
    }
  }
  EXPECT_EQ(fresh, 200);
  EXPECT_EQ(must(look()->counts()).inbox_waiting, 200);
}

SAKSBRO_EVERY_STORE(GroupCommitOf);

// --- with a store that is counted, or fails

class CountingTransaction final : public Transaction {
 public:
  CountingTransaction(std::unique_ptr<Transaction> real, std::atomic<int>& commits)
      : real_(std::move(real)), commits_(commits) {}
  Result<void> commit() override {
    ++commits_;
    std::this_thread::sleep_for(20ms);  // a slow disk
    return real_->commit();
  }
  Inbox& inbox() override { return real_->inbox(); }
  Cases& cases() override { return real_->cases(); }
  Outbox& outbox() override { return real_->outbox(); }
  Outages& outages() override { return real_->outages(); }
  Polls& polls() override { return real_->polls(); }
  Timers& timers() override { return real_->timers(); }
  Memory& memory() override { return real_->memory(); }
  Recovery& recovery() override { return real_->recovery(); }

 private:
  std::unique_ptr<Transaction> real_;
  std::atomic<int>& commits_;
};

class CountingStore final : public Store {
 public:
  explicit CountingStore(Store& real) : real_(real) {}
  Result<std::unique_ptr<Transaction>> begin() override {
    if (disk_is_full) return fail("store", "the disk is full");
    return std::make_unique<CountingTransaction>(must(real_.begin()), commits);
  }
  Result<std::unique_ptr<Reader>> reader() override { return real_.reader(); }
  Result<int> release_claims(Instant now) override { return real_.release_claims(now); }
  Result<void> keep_solutions(const SolutionSource& source) override {
    return real_.keep_solutions(source);
  }
  Instant epoch() const override { return real_.epoch(); }
  Maintenance& upkeep() override { return real_.upkeep(); }
  CrashJournal& in_hand() override { return real_.in_hand(); }

  std::atomic<int> commits = 0;
  std::atomic<bool> disk_is_full = false;

 private:
  Store& real_;
};

TEST_P(GroupCommitOf, SharesOneCommitAmongAllThatWait) {
  CountingStore counting{store()};
  {
    GroupCommit receiver{counting};
    constexpr int kReceivers = 32;
    std::latch together{kReceivers};
    std::vector<std::jthread> threads;
    for (int i = 0; i < kReceivers; ++i) {
      threads.emplace_back([&, i] {
        together.arrive_and_wait();
        EXPECT_EQ(receiver.receive(delivery(std::to_string(i))), Received::now);
      });
    }
  }
  EXPECT_GE(counting.commits, 1);
  EXPECT_LE(counting.commits, 5) << "32 receivers at once: the first few alone, the rest together";
}

TEST_P(GroupCommitOf, TellsEachReceiverWhyNothingWasWrittenAndGoesOnAfterwards) {
  CountingStore counting{store()};
  counting.disk_is_full = true;
  GroupCommit receiver{counting};
  std::atomic<int> told = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&, i] {
        const auto answer = receiver.receive(delivery(std::to_string(i)));
        if (!answer && answer.error().text() == "store: the disk is full") ++told;
      });
    }
  }
  EXPECT_EQ(told, 4);
  counting.disk_is_full = false;
  EXPECT_EQ(receiver.receive(delivery("0")), Received::now);
}

}  // namespace
}  // namespace saksbro::store
