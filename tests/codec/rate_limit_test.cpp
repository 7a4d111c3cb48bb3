#include "bridge/codec/rate_limit.h"

#include <gtest/gtest.h>

#include "bridge/codec/rfc3339.h"

namespace saksbro::codec {
namespace {

struct Row {
  const char* name;
  const char* header;
  const char* value;
  long long seconds;  // -1: none
};

class RateLimit : public testing::TestWithParam<Row> {};

TEST_P(RateLimit, TellsHowLongToWait) {
  const Instant now = *parse_rfc3339("2026-03-26T15:30:00Z");
  const auto wait = wait_until_reset({{GetParam().header, GetParam().value}}, now);
  EXPECT_EQ(wait ? wait->count() / 1000 : -1, GetParam().seconds);
}

INSTANTIATE_TEST_SUITE_P(
    Forms, RateLimit,
    testing::Values(Row{"SecondsLeft", "ratelimit-reset", "30", 30},
                    Row{"SecondsSince1970", "ratelimit-reset", "1774539060", 60},
                    Row{"ATime", "x-ratelimit-reset", "2026-03-26T16:00:00Z", 1800},
                    Row{"ATimeWithoutItsSeconds", "x-ratelimit-reset", "2026-03-26T16:00Z", 1800},
                    Row{"ATimeInAnotherZone", "x-rate-limit-reset", "2026-03-26T17:00+01:00", 1800},
                    Row{"ATimeGoneBy", "x-ratelimit-reset", "2026-03-26T15:00Z", 0},
                    Row{"OfSeveralTheOneThatIsUsedUp", "ratelimit",
                        "\"burst\";r=40;t=1, \"quota\";r=0;t=600", 600},
                    Row{"TheLongestOfThem", "beta-ratelimit", "\"a\";r=0;t=5,\"b\";r=0;t=70", 70},
                    Row{"NoneIsUsedUp", "ratelimit", "\"burst\";r=40;t=1", -1},
                    Row{"Nonsense", "x-ratelimit-reset", "soon", -1},
                    Row{"Negative", "x-ratelimit-reset", "-4", -1},
                    Row{"Endless", "ratelimit-reset", "9223372036854775807", 98225461000},
                    Row{"AnotherHeader", "x-ratelimit-limit", "100", -1}),
    [](const auto& row) { return row.param.name; });

TEST(RateLimits, AreNoneWithoutAHeader) {
  EXPECT_EQ(wait_until_reset({}, Instant{}), std::nullopt);
}

}  // namespace
}  // namespace saksbro::codec
