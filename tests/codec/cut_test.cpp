#include "bridge/codec/cut.h"

#include <gtest/gtest.h>

namespace saksbro::codec {
namespace {

struct Row {
  const char* name;
  std::string text;
  std::size_t most;
  Length counted;
  std::string expected;
};

std::string many(const std::string& what, std::size_t count) {
  std::string all;
  while (count-- > 0) all += what;
  return all;
}

const std::string kFamily = "👨‍👩‍👧";
const std::string kFlag = "🇳🇴";
const std::string kThumb = "👍🏽";
const std::string kAccent = "e\u0301";

const std::vector<Row> rows{
    {"Empty", "", 5, Length::code_points, ""},
    {"WhatFits", "abcde", 5, Length::code_points, "abcde"},
    {"OneTooMany", "abcdef", 5, Length::code_points, "abcd…"},
    {"AtTheBoundary254", many("å", 254), 255, Length::code_points, many("å", 254)},
    {"AtTheBoundary255", many("å", 255), 255, Length::code_points, many("å", 255)},
    {"AtTheBoundary256", many("å", 256), 255, Length::code_points, many("å", 254) + "…"},
    {"FourBytesCountOne", many("😀", 6), 5, Length::code_points, many("😀", 4) + "…"},
    {"Bytes", "æøåæøå", 10, Length::bytes, "æøå…"},
    {"BytesThatFit", "æøåæø", 10, Length::bytes, "æøåæø"},
    {"AMarkStaysWithItsLetter", "abc" + kAccent + "f", 5, Length::code_points, "abc…"},
    {"AFamilyStaysTogether", "a" + kFamily + "bc", 5, Length::code_points, "a…"},
    {"AFlagStaysWhole", "ab" + kFlag + kFlag, 4, Length::code_points, "ab…"},
    {"TwoFlagsAreTwo", kFlag + kFlag + "abc", 5, Length::code_points, kFlag + kFlag + "…"},
    {"ASkinStaysWithItsHand", "abc" + kThumb + "x", 5, Length::code_points, "abc…"},
    {"NoUtf8", "ab\xFF\xFF\xFF\xFF", 4, Length::code_points, "ab\xFF\xFF\xFF\xFF"},
    {"CutInASequence", "abc\xF0\x9F", 3, Length::code_points, "ab…"},
    {"NoRoomAtAll", "abc", 1, Length::code_points, "…"},
};

class Cut : public testing::TestWithParam<Row> {};

TEST_P(Cut, LeavesWholeCharacters) {
  EXPECT_EQ(cut(GetParam().text, GetParam().most, GetParam().counted), GetParam().expected);
}

// Promise 49.
INSTANTIATE_TEST_SUITE_P(Boundaries, Cut, testing::ValuesIn(rows),
                         [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace saksbro::codec
