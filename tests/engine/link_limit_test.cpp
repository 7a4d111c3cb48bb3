// How many answers links bring.
#include "bridge/run/web/link_limit.h"

#include <gtest/gtest.h>

namespace saksbro::run {
namespace {

using namespace std::chrono_literals;

constexpr Instant kNow{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23}};

core::LinkClaim link(int which) {
  core::LinkClaim claim;
  claim.number = CaseNumber{"SAK-2026-00001"};
  claim.signal = core::Signal{"informert"};
  claim.role = core::Role{"first_line"};
  claim.organisation = "Bydel " + std::to_string(which);
  return claim;
}

TEST(LinkLimit, OfALinkIsTwentyAnHour) {
  LinkLimit limit;
  for (int i = 0; i < 20; ++i) {
    EXPECT_FALSE(limit.wait_for(link(1), kNow + i * 1min));
    limit.stored(link(1), kNow + i * 1min);
  }
  EXPECT_EQ(limit.wait_for(link(1), kNow + 20min), 40min);
  EXPECT_FALSE(limit.wait_for(link(2), kNow + 20min)) << "another link of the case";
  EXPECT_FALSE(limit.wait_for(link(1), kNow + 60min)) << "the first is an hour old";
}

TEST(LinkLimit, OfACaseIsAHundredAnHourByAllItsLinks) {
  LinkLimit limit;
  for (int i = 0; i < 100; ++i) limit.stored(link(i), kNow);
  EXPECT_EQ(limit.wait_for(link(100), kNow + 1min), 59min);
  core::LinkClaim other = link(100);
  other.number = CaseNumber{"SAK-2026-00002"};
  EXPECT_FALSE(limit.wait_for(other, kNow + 1min));
}

}  // namespace
}  // namespace saksbro::run
