#include "bridge/contract/nearest.h"

#include <gtest/gtest.h>

namespace saksbro {
namespace {

struct Row {
  const char* name;
  const char* word;
  std::vector<std::string> candidates;
  std::optional<std::string> near;
};

class Nearest : public testing::TestWithParam<Row> {};

TEST_P(Nearest, FollowsTheTable) {
  EXPECT_EQ(nearest(GetParam().word, GetParam().candidates), GetParam().near);
}

const Row kRows[] = {
    {"Same", "token", {"url", "token"}, "token"},
    {"OneLetterTooFew", "tokn", {"url", "token"}, "token"},
    {"OneLetterTooMany", "tokeen", {"url", "token"}, "token"},
    {"OneLetterWrong", "tokan", {"url", "token"}, "token"},
    {"TwoLettersSwapped", "awiating", {"awaiting", "solved"}, "awaiting"},
    {"ASwapIsTwoEdits", "tokne", {"url", "token"}, {}},
    {"OtherCase", "TOKEN", {"url", "token"}, "token"},
    {"FewestEditsWin", "status", {"statuses", "statusx", "stat"}, "statusx"},
    {"TheFirstOfEquals", "cat", {"bat", "hat"}, "bat"},
    {"NothingLikeIt", "colour", {"url", "token"}, {}},
    {"AThirdIsTooMany", "abcdef", {"abcxyz"}, {}},
    {"AThirdIsAllowed", "abcdef", {"abcdxy"}, "abcdxy"},
    {"OneEditOfAShortWord", "by", {"my"}, "my"},
    {"TwoEditsOfAShortWord", "by", {"it"}, {}},
    {"ALetterIsOneEditHoweverManyBytes", "løst", {"lost"}, "lost"},
    {"NorwegianLetters", "avvnter på", {"avventer på"}, "avventer på"},
    {"NoCandidates", "token", {}, {}},
    {"NoWord", "", {"token"}, {}},
    {"StrayContinuationByte", "\x80\x80", {"token"}, {}},
};

INSTANTIATE_TEST_SUITE_P(Words, Nearest, testing::ValuesIn(kRows),
                         [](const auto& row) { return row.param.name; });

TEST(Nearest, ALongWordCostsNoTime) {
  EXPECT_EQ(nearest(std::string(1'000'000, 'x'), {"token"}), std::nullopt);
}

TEST(DidYouMean, IsMadeToBeAppended) {
  EXPECT_EQ("unknown key" + did_you_mean("tokn", {"url", "token"}),
            "unknown key; did you mean \"token\"?");
  EXPECT_EQ("unknown key" + did_you_mean("colour", {"url", "token"}), "unknown key");
}

}  // namespace
}  // namespace saksbro
