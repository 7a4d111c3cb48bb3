#include "bridge/codec/rfc3339.h"

#include <gtest/gtest.h>

namespace saksbro::codec {
namespace {

using std::chrono::milliseconds;

constexpr Instant kMorning{milliseconds(1795426331000)};  // 2026-11-23T09:32:11Z

struct Good {
  const char* text;
  Instant means;
};

class Rfc3339 : public testing::TestWithParam<Good> {};

TEST_P(Rfc3339, ReadsEverySpelling) { EXPECT_EQ(parse_rfc3339(GetParam().text), GetParam().means); }

// Promise 26.
INSTANTIATE_TEST_SUITE_P(
    Spellings, Rfc3339,
    testing::Values(
        Good{"2026-11-23T09:32:11Z", kMorning}, Good{"2026-11-23t09:32:11z", kMorning},
        Good{"2026-11-23 09:32:11Z", kMorning}, Good{"2026-11-23T10:32:11+01:00", kMorning},
        Good{"2026-11-23T10:32:11+0100", kMorning}, Good{"2026-11-23T10:32:11+01", kMorning},
        Good{"2026-11-23T04:02:11-05:30", kMorning}, Good{"2026-11-24T00:32:11+15:00", kMorning},
        Good{"2026-11-23T09:32:11-00:00", kMorning},
        Good{"2026-11-23T09:32:11.1Z", kMorning + milliseconds(100)},
        Good{"2026-11-23T09:32:11.123Z", kMorning + milliseconds(123)},
        Good{"2026-11-23T09:32:11.123999999999+00:00", kMorning + milliseconds(123)},
        Good{"2026-11-23T09:31:60Z", kMorning - milliseconds(11000)},
        Good{"1970-01-01T00:00:00Z", Instant{}},
        Good{"1969-12-31T23:59:59.999Z", Instant{milliseconds(-1)}},
        Good{"2024-02-29T00:00:00Z", Instant{milliseconds(1709164800000)}}));

// Promise 26.
TEST(Rfc3339, RefusesWhatIsNoTimeOrHasNoZone) {
  for (const char* text : {"",
                           "2026-11-23",
                           "2026-11-23T09:32:11",
                           "2026-11-23T09:32:11.123",
                           "2026-11-23T09:32Z",
                           "2026-11-23T09:32:11.Z",
                           "2026-11-23T09:32:11,5Z",
                           "2026-11-23T24:00:00Z",
                           "2026-11-23T09:60:11Z",
                           "2026-11-23T09:32:61Z",
                           "2026-13-23T09:32:11Z",
                           "2026-00-23T09:32:11Z",
                           "2026-02-29T09:32:11Z",
                           "2026-11-31T09:32:11Z",
                           "2026-11-00T09:32:11Z",
                           "2026-11-23T09:32:11+24:00",
                           "2026-11-23T09:32:11+01:60",
                           "2026-11-23T09:32:11+1",
                           "2026-11-23T09:32:11+01:",
                           "2026-11-23T09:32:11 UTC",
                           "2026-11-23T09:32:11Z ",
                           " 2026-11-23T09:32:11Z",
                           "2026-11-23T09:32:11ZZ",
                           "2026/11/23T09:32:11Z",
                           "26-11-23T09:32:11Z",
                           "+026-11-23T09:32:11Z",
                           "-026-11-23T09:32:11Z",
                           "2026-1-23T09:32:11Z",
                           "1795426331"}) {
    EXPECT_EQ(parse_rfc3339(text), std::nullopt) << text;
  }
}

TEST(Rfc3339, RefusesEveryTimeThatIsCutOff) {
  const std::string whole = "2026-11-23T09:32:11.123Z";
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_EQ(parse_rfc3339(whole.substr(0, length)), std::nullopt) << length;
  }
}

TEST(Rfc3339, IsWrittenInUtc) {
  EXPECT_EQ(write_rfc3339(kMorning + milliseconds(7)), "2026-11-23T09:32:11.007Z");
  EXPECT_EQ(write_rfc3339_seconds(kMorning + milliseconds(999)), "2026-11-23T09:32:11Z");
  EXPECT_EQ(write_rfc3339(Instant{milliseconds(-1)}), "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(write_rfc3339_seconds(Instant{milliseconds(-62135596800000)}), "0001-01-01T00:00:00Z");
}

TEST(Rfc3339, ComesBackAsItWasWritten) {
  for (long long day = -25000; day < 25000; day += 97) {
    const Instant instant{milliseconds(day * 86'400'000 + day * 7919 + 1)};
    EXPECT_EQ(parse_rfc3339(write_rfc3339(instant)), instant) << day;
  }
}

TEST(HttpDate, ReadsTheFormThatServersSend) {
  EXPECT_EQ(parse_http_date("Mon, 23 Nov 2026 09:32:11 GMT"), kMorning);
  EXPECT_EQ(parse_http_date("Thu, 01 Jan 1970 00:00:00 GMT"), Instant{});
}

TEST(HttpDate, RefusesWhatIsNone) {
  for (const char* text : {"", "Mon, 23 Nov 2026 09:32:11", "Mon, 23 Nov 2026 09:32:11 CET",
                           "Mon, 23 Nov 2026 09:32:11 GMT ", "23 Nov 2026 09:32:11 GMT",
                           "Man, 23 Nov 2026 09:32:11 GMT", "Mon, 23 Nox 2026 09:32:11 GMT",
                           "Mon, 31 Nov 2026 09:32:11 GMT", "Monday, 23-Nov-26 09:32:11 GMT",
                           "Mon Nov 23 09:32:11 2026", "Mon, 23 Nov 2026 25:32:11 GMT", "120"}) {
    EXPECT_EQ(parse_http_date(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace saksbro::codec
