#include "bridge/codec/utf8.h"

#include <gtest/gtest.h>

namespace saksbro::codec {
namespace {

struct Row {
  const char* name;
  std::string text;
  std::optional<std::size_t> bad;
  std::string repaired;
};

class Utf8 : public testing::TestWithParam<Row> {};

TEST_P(Utf8, FindsTheFirstByteThatIsNone) {
  EXPECT_EQ(first_invalid_utf8(GetParam().text), GetParam().bad);
}

TEST_P(Utf8, ReadsOtherBytesAsLatin1) {
  EXPECT_EQ(repair_latin1(GetParam().text), GetParam().repaired);
}

TEST_P(Utf8, IsValidOnceRepaired) {
  EXPECT_EQ(first_invalid_utf8(repair_latin1(GetParam().text)), std::nullopt);
}

const Row kRows[] = {
    {"Empty", "", {}, ""},
    {"Ascii", "abc", {}, "abc"},
    {"ShortestOfEachLength",
     "\x7f\xc2\x80\xe0\xa0\x80\xf0\x90\x80\x80",
     {},
     "\x7f\xc2\x80\xe0\xa0\x80\xf0\x90\x80\x80"},
    {"LastCodePoint", "\xf4\x8f\xbf\xbf", {}, "\xf4\x8f\xbf\xbf"},
    {"BorderOfTheSurrogates", "\xed\x9f\xbf\xee\x80\x80", {}, "\xed\x9f\xbf\xee\x80\x80"},
    {"Latin1LetterAlone", "l\xf8st", 1, "l\u00f8st"},
    {"Latin1BesideUtf8", "\u00e6\xf8\u00e5", 2, "\u00e6\u00f8\u00e5"},
    {"Latin1AtTheEnd", "bl\xe5", 2, "bl\u00e5"},
    {"Continuation", "\x80", 0, "\u0080"},
    {"Overlong", "\xc0\xaf", 0, "\u00c0\u00af"},
    {"OverlongOfThree", "\xe0\x9f\xbf", 0, "\u00e0\u009f\u00bf"},
    {"Surrogate", "a\xed\xa0\x80", 1, "a\u00ed\u00a0\u0080"},
    {"AboveTheLast", "\xf4\x90\x80\x80", 0, "\u00f4\u0090\u0080\u0080"},
    {"CutOff", "ab\xe2\x82", 2, "ab\u00e2\u0082"},
    {"NeverAFirstByte", "\xff", 0, "\u00ff"},
};

INSTANTIATE_TEST_SUITE_P(Bytes, Utf8, testing::ValuesIn(kRows),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace saksbro::codec
