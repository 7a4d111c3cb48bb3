#include "bridge/core/model/retry.h"

#include <gtest/gtest.h>

namespace saksbro::core {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Instant kNoon{hours{12}};

Instant::duration wait(int attempts, Throttled throttled, double chance = 0.5) {
  const auto next =
      after_failure({}, {attempts, kNoon, RetryLater{"busy"}, throttled}, kNoon, chance);
  return std::get<RetryAt>(next).at - kNoon;
}

// Promise 4.
TEST(RetrySchedule, IsTheOneThatIsPromised) {
  const std::vector<milliseconds> promised{seconds{5},  seconds{30}, minutes{2},
                                           minutes{10}, minutes{30}, hours{1},
                                           hours{2},    hours{4},    hours{4}};
  for (std::size_t attempt = 1; attempt <= promised.size(); ++attempt) {
    EXPECT_EQ(wait(static_cast<int>(attempt), Throttled::no), promised[attempt - 1]) << attempt;
  }
}

// Promise 8.
TEST(RetrySchedule, WaitsAMinuteAndDoublesItForWhoSaysTooMuchAndNothingElse) {
  EXPECT_EQ(wait(1, Throttled::yes), minutes{1});
  EXPECT_EQ(wait(2, Throttled::yes), minutes{2});
  EXPECT_EQ(wait(3, Throttled::yes), minutes{4});
  EXPECT_EQ(wait(4, Throttled::yes), minutes{10}) << "the schedule is longer by now";
  EXPECT_EQ(wait(50, Throttled::yes), hours{4});
}

// Promise 8.
TEST(RetrySchedule, SpreadsThatWaitButNeverBelowItsFloor) {
  EXPECT_EQ(wait(1, Throttled::yes, 0.0), minutes{1});
  EXPECT_EQ(wait(1, Throttled::yes, 1.0), seconds{72});
  EXPECT_EQ(wait(2, Throttled::yes, 0.0), seconds{96});
}

}  // namespace
}  // namespace saksbro::core
