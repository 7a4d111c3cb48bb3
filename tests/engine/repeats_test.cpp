// What anybody may cause does not fill the log.
#include "bridge/run/observe/repeats.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace saksbro::run {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

const Repeats::Time kNow{1000h};

RepeatedLine refusal(const std::string& peer, const std::string& reason = "signature") {
  return {"delivery.refused", {{"peer", peer}, {"reason", reason}}};
}

RepeatedLine times(RepeatedLine line, std::int64_t count) {
  line.fields.emplace_back("times", count);
  return line;
}

TEST(Repeats, TheFirstIsWrittenAtOnceTheOthersAreOneLineAMinute) {
  Repeats repeats;
  EXPECT_TRUE(repeats.is_news(refusal("192.0.2.7"), kNow));
  for (int i = 0; i < 16'000; ++i) EXPECT_FALSE(repeats.is_news(refusal("192.0.2.7"), kNow + 30s));
  EXPECT_THAT(repeats.due(kNow + 59s), IsEmpty());
  EXPECT_THAT(repeats.due(kNow + 60s), ElementsAre(times(refusal("192.0.2.7"), 16000)));
  EXPECT_THAT(repeats.due(kNow + 120s), IsEmpty());
  EXPECT_TRUE(repeats.is_news(refusal("192.0.2.7"), kNow + 121s));
}

TEST(Repeats, EachSourceAndReasonIsAKindOfItsOwn) {
  Repeats repeats;
  EXPECT_TRUE(repeats.is_news(refusal("192.0.2.7"), kNow));
  EXPECT_TRUE(repeats.is_news(refusal("192.0.2.8"), kNow));
  EXPECT_TRUE(repeats.is_news(refusal("192.0.2.7", "timestamp"), kNow));
  EXPECT_FALSE(repeats.is_news(refusal("192.0.2.8"), kNow));
  EXPECT_THAT(repeats.due(kNow + 1min), ElementsAre(times(refusal("192.0.2.8"), 1)));
}

TEST(Repeats, OfMoreKindsThanAThousandOnlyTheNumberIsTold) {
  Repeats repeats;
  int written = 0;
  for (int i = 0; i < 100'000; ++i)
    written += repeats.is_news(refusal(std::to_string(i)), kNow) ? 1 : 0;
  EXPECT_EQ(written, 1'000);
  EXPECT_THAT(
      repeats.due(kNow + 1min),
      ElementsAre(RepeatedLine{"delivery.refused", {{"peer", "others"}, {"times", 99000}}}));
}

}  // namespace
}  // namespace saksbro::run
