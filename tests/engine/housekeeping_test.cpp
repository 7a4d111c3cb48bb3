// What the store needs now and then, and what monitoring hears of it.
#include "bridge/run/maintain/housekeeping.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/engine/bridge_in_a_box.h"

namespace saksbro::run {
namespace {

class ADisk final : public store::Maintenance {
 public:
  Result<store::Forgotten> forget(const store::Keep& keep, Instant, int most) override {
    kept = keep;
    batch = most;
    return std::exchange(forgotten, {});
  }
  Result<std::int64_t> give_back(int pages) override {
    given_back += pages;
    return free -= std::min<std::int64_t>(free, pages);
  }
  [[nodiscard]] bool full() const override { return is_full; }
  Result<bool> keep_reserve(std::uintmax_t bytes) override {
    reserve = bytes;
    if (has_room) is_full = false;
    return has_room;
  }

  store::Keep kept;
  store::Forgotten forgotten;
  std::int64_t free = 0;
  std::int64_t given_back = 0;
  std::uintmax_t reserve = 0;
  int batch = 0;
  bool is_full = false;
  bool has_room = true;
};

class AStore final : public store::Store {
 public:
  AStore(store::Store& real, store::Maintenance& upkeep) : real_(real), upkeep_(upkeep) {}
  Result<std::unique_ptr<store::Transaction>> begin() override { return real_.begin(); }
  Result<std::unique_ptr<store::Reader>> reader() override { return real_.reader(); }
  Result<int> release_claims(Instant now) override { return real_.release_claims(now); }
  Result<void> keep_solutions(const store::SolutionSource& source) override {
    return real_.keep_solutions(source);
  }
  [[nodiscard]] Instant epoch() const override { return real_.epoch(); }
  store::Maintenance& upkeep() override { return upkeep_; }
  store::CrashJournal& in_hand() override { return real_.in_hand(); }

 private:
  store::Store& real_;
  store::Maintenance& upkeep_;
};

class Keeping : public testing::Test {
 protected:
  bool round() { return need(housekeeping_.round()); }

  Box box_;
  ADisk disk_;
  AStore store_{box_.store(), disk_};
  HousekeepingSettings settings_{
      {std::chrono::hours{1}, std::chrono::hours{2}, std::chrono::hours{3}, std::chrono::hours{4}},
      5};
  Housekeeping housekeeping_{settings_, store_, box_.clock, box_.metrics};
};

TEST_F(Keeping, AsksForWhatIsConfigured) {
  EXPECT_FALSE(round());
  EXPECT_EQ(disk_.kept, settings_.keep);
  EXPECT_EQ(disk_.reserve, 5U);
  EXPECT_EQ(disk_.batch, 200);
}

TEST_F(Keeping, CountsWhatIsForgottenAndComesSoonAgainForMore) {
  disk_.forgotten = {1, 2, 0, 4, true};
  EXPECT_TRUE(round());
  EXPECT_FALSE(round());
  EXPECT_EQ(box_.metrics.value("saksbro_forgotten_total", label("kind", "bodies")), 1);
  EXPECT_EQ(box_.metrics.value("saksbro_forgotten_total", label("kind", "ids")), 2);
  EXPECT_EQ(box_.metrics.value("saksbro_forgotten_total", label("kind", "decisions")), 4);
}

TEST_F(Keeping, GivesRoomBackBeyondWhatIsSoonUsedAgain) {
  disk_.free = 2'048;
  EXPECT_FALSE(round());
  disk_.free = 2'600;
  int rounds = 1;
  while (round()) ++rounds;
  EXPECT_EQ(rounds, 4) << "the first finds out, three give 256 pages back each";
  EXPECT_EQ(disk_.free, 2'600 - 3 * 256);
}

// Promise 30.
TEST_F(Keeping, ShowsThatTheDiskIsFullUntilThereIsRoomAgain) {
  EXPECT_FALSE(round());
  EXPECT_EQ(box_.metrics.value("saksbro_store_full"), 0);
  disk_.is_full = true;
  disk_.has_room = false;
  EXPECT_FALSE(round());
  EXPECT_EQ(box_.metrics.value("saksbro_store_full"), 1);
  disk_.has_room = true;
  EXPECT_FALSE(round());
  EXPECT_EQ(box_.metrics.value("saksbro_store_full"), 0);
}

}  // namespace
}  // namespace saksbro::run
