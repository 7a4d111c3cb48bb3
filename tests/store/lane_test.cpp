#include "bridge/store/sqlite/lane.h"

#include <gtest/gtest.h>

namespace saksbro::store {
namespace {

const Command kRead{IdempotencyKey{"k"}, SystemName{"desk"}, ReadTicket{RemoteKey{"17"}}, 1};

const Command kWrite{IdempotencyKey{"k"}, SystemName{"desk"}, SetFields{RemoteKey{"17"}, {}}, 1};
const CaseNumber kCase{"SAK-2026-00001"};

TEST(Lane, OfAWriteIsTheCasesTicketInTheSystem) {
  EXPECT_EQ(lane_of(kCase, kWrite), "desk|SAK-2026-00001");
  EXPECT_EQ(lane_of(kCase, SystemName{"desk"}), "desk|SAK-2026-00001");
}

TEST(Lane, OfAWriteIsTheTicketItselfWithoutACase) {
  EXPECT_EQ(lane_of(std::nullopt, kWrite), "desk|ticket:17");
  EXPECT_EQ(lane_of(CaseNumber{}, kWrite), "desk|ticket:17");
}

TEST(Lane, OfALookIsAlwaysTheTicketItself) {
  EXPECT_EQ(lane_of(kCase, kRead), "desk|ticket:17");
  EXPECT_EQ(lane_of(std::nullopt, kRead), "desk|ticket:17");
}

TEST(Series, TakesANumberApartAndPutsItTogether) {
  const auto place = place_in_series(CaseNumber{"SAK-NORD-2026-00017"});
  ASSERT_TRUE(place.has_value());
  EXPECT_EQ(place->series, "SAK-NORD-2026-");
  EXPECT_EQ(place->place, 17);
  EXPECT_EQ(numbered(place->series, place->place), CaseNumber{"SAK-NORD-2026-00017"});
}

TEST(Series, KnowsWhatIsNoNumberOfOurs) {
  for (const char* text :
       {"", "17", "SAK-", "SAK-2026-x", "SAK-2026-1x", "SAK-99999999999999999999"}) {
    EXPECT_EQ(place_in_series(CaseNumber{text}).has_value(), false) << text;
  }
}

}  // namespace
}  // namespace saksbro::store
