#include "bridge/store/sqlite/fair_mutex.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <thread>
#include <vector>

namespace saksbro::store {
namespace {

constexpr std::size_t kThreads = 32;

long times_slept() {
  rusage used{};
  getrusage(RUSAGE_THREAD, &used);
  return used.ru_nvcsw;
}

struct Seen {
  std::vector<std::size_t> order;
  std::vector<long> slept = std::vector<long>(kThreads);
};

// The mutex is held until all threads stand in its queue, in their order.
Seen stand_in_line() {
  FairMutex mutex;
  Seen seen;
  std::vector<std::jthread> threads;
  mutex.lock();
  for (std::size_t i = 0; i < kThreads; ++i) {
    threads.emplace_back([&, i] {
      const long before = times_slept();
      const std::lock_guard turn{mutex};
      seen.slept[i] = times_slept() - before;
      seen.order.push_back(i);
      std::this_thread::sleep_for(std::chrono::milliseconds{1});
    });
    while (mutex.waiting() <= i) std::this_thread::yield();
  }
  mutex.unlock();
  threads.clear();
  return seen;
}

TEST(FairMutex, IsGivenToWhoHasWaitedLongest) {
  const Seen seen = stand_in_line();
  ASSERT_EQ(seen.order.size(), kThreads);
  EXPECT_TRUE(std::is_sorted(seen.order.begin(), seen.order.end()));
}

// Each was woken when its turn had come, and not at each turn before it.
TEST(FairMutex, WakesTheNextOneOnly) {
  const Seen seen = stand_in_line();
  EXPECT_THAT(seen.slept, testing::Each(testing::Lt(static_cast<long>(kThreads) / 4)));
}

}  // namespace
}  // namespace saksbro::store
