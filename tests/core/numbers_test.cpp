// The number of a party whose system gives none.
#include "bridge/core/sync/numbers.h"

#include <gtest/gtest.h>

#include "tests/core/play.h"

namespace saksbro::core {
namespace {

struct Row {
  const char* name;
  const char* text;
  const char* pattern;
  const char* found;
};

class Like : public testing::TestWithParam<Row> {};

TEST_P(Like, FindsTheFirstPieceOfThatForm) {
  EXPECT_EQ(like(GetParam().text, GetParam().pattern), GetParam().found);
}

INSTANTIATE_TEST_SUITE_P(
    Numbers, Like,
    testing::Values(Row{"InASentence", "Registrert som INC0099.", "INC#", "INC0099"},
                    Row{"InASubject", "SV: Faktura [INC7]", "INC#", "INC7"},
                    Row{"WithAYear", "Sak 2026/17, haster", "#/#", "2026/17"},
                    Row{"TheFirst", "INC1 og INC2", "INC#", "INC1"},
                    Row{"NotWithoutDigits", "INC er saksnummeret", "INC#", ""},
                    Row{"NotWithinAWord", "XINC12", "INC#", ""},
                    Row{"NotTheBeginningOfAWord", "INC12b", "INC#", ""},
                    Row{"OtherLetters", "inc12", "INC#", ""}, Row{"Nothing", "", "INC#", ""},
                    Row{"NoPattern", "INC1", "", ""}),
    [](const auto& row) { return row.param.name; });

TEST(Roles, OfADomainAreThoseOfAllItsAddresses) {
  SystemMapping system;
  system.roles = {{Role{"operator"}, false, {"@drift.example.no", "liv@annet.example"}, {}}};
  const auto role = [&](const char* id) { return system.role_of({id, ""}, {}).has_value(); };
  EXPECT_TRUE(role("vakt@drift.example.no"));
  EXPECT_TRUE(role("liv@annet.example"));
  EXPECT_FALSE(role("vakt@ekte-drift.example.no"));
  EXPECT_FALSE(role("per@annet.example"));
  EXPECT_FALSE(role(""));
}

}  // namespace
}  // namespace saksbro::core
