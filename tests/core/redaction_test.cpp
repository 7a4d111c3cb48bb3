#include "bridge/core/text/redaction.h"

#include <gtest/gtest.h>

namespace saksbro::core {
namespace {

struct Row {
  const char* name;
  const char* text;
  const char* redacted;
  int count;
};

class Redact : public testing::TestWithParam<Row> {};

TEST_P(Redact, MasksPersonalNumbersAndNothingElse) {
  const Redacted redacted = redact(GetParam().text);
  EXPECT_EQ(redacted.text, GetParam().redacted);
  EXPECT_EQ(redacted.count, GetParam().count);
}

// 31129956715 is the public example of Skatteetaten; the others are synthetic, made from its rules.
constexpr Row kRows[] = {
    {"AFodselsnummer", "Fnr 31129956715 gjelder", "Fnr *********** gjelder", 1},
    {"ABlankAfterTheDate", "311299 56715", "***********", 1},
    {"BlanksEverywhere", "31 12 99 567 15", "***********", 1},
    {"FullStops", "31.12.99 56715.", "***********.", 1},
    {"ANoBreakSpace",
     "311299\xC2\xA0"
     "56715",
     "***********", 1},
    {"ALineBreak", "311299\r\n56715", "***********", 1},
    {"ADNumber", "71129956709", "***********", 1},
    {"ASyntheticMonthPlus80", "31929956780", "***********", 1},
    {"FirstCheckDigitOf2032", "31129956723", "***********", 1},
    {"TwoOfThem", "31129956715/31129956715", "***********/***********", 2},
    {"AWrongCheckDigit", "31129956716", "31129956716", 0},
    {"AnImpossibleDate", "32129956715", "32129956715", 0},
    {"PartOfALongerNumber", "311299567150", "311299567150", 0},
    {"TheTailOfALongerNumber", "131129956715", "131129956715", 0},
    {"APhoneNumber", "+47 22 22 22 22", "+47 22 22 22 22", 0},
    {"ATime", "2026-11-23 15:04:05", "2026-11-23 15:04:05", 0},
    {"NoDigits", "æøå", "æøå", 0},
    {"Nothing", "", "", 0},
};

INSTANTIATE_TEST_SUITE_P(Spellings, Redact, testing::ValuesIn(kRows),
                         [](const auto& row) { return row.param.name; });

TEST(RedactAtRandom, FlagsAtMostOnePercentOfElevenDigits) {
  unsigned long long state = 88172645463325252ULL;
  int flagged = 0;
  constexpr int kTries = 200'000;
  for (int i = 0; i < kTries; ++i) {
    state ^= state << 13U;
    state ^= state >> 7U;
    state ^= state << 17U;
    const std::string digits = std::to_string(10'000'000'000ULL + state % 90'000'000'000ULL);
    flagged += redact(digits).count;
  }
  EXPECT_LE(flagged, kTries / 100);
}

}  // namespace
}  // namespace saksbro::core
