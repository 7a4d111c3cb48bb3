// Borders (docs/promises.md row 49): where a text may be cut, and what is no text.
#include "bridge/codec/fit.h"

#include <gtest/gtest.h>

#include <random>

#include "bridge/codec/utf8.h"

namespace saksbro::codec {
namespace {

struct Row {
  const char* name;
  std::string text;
  std::size_t most;
  Measure measure;
  std::string cut;
};

class CutTo : public testing::TestWithParam<Row> {};

TEST_P(CutTo, EndsBetweenCharactersWithANote) {
  const Row& row = GetParam();
  EXPECT_EQ(cut_to(row.text, row.most, row.measure), row.cut);
}

constexpr auto kBytes = Measure::bytes;
constexpr auto kPoints = Measure::code_points;
const std::string kFamily = "👩\u200d👩\u200d👧";  // 5 code points, 18 bytes, one character
const std::string kNorway = "🇳🇴";               // 2 code points, 8 bytes
const std::string kThumb = "👍🏽";          // a colour of skin behind it

// Promise 49.
INSTANTIATE_TEST_SUITE_P(
    At, CutTo,
    testing::Values(Row{"Nothing", "", 3, kBytes, ""},                                     //
                    Row{"JustFits", "abc", 3, kBytes, "abc"},                              //
                    Row{"OneByteTooLong", "abcdefg", 6, kBytes, "abc…"},                   //
                    Row{"OnePointTooLong", "abcdefg", 6, kPoints, "abcde…"},               //
                    Row{"NoRoomForTheNote", "abc", 2, kBytes, "ab"},                       //
                    Row{"NoRoomAtAll", "abc", 0, kBytes, ""},                              //
                    Row{"WithinTwoBytes", "blåbær", 7, kBytes, "blå…"},                    //
                    Row{"BeforeTwoBytes", "blåbær", 6, kBytes, "bl…"},                     //
                    Row{"FourBytesFit", "a😀b😀", 9, kBytes, "a😀b…"},                        //
                    Row{"FourBytesDoNotFit", "a😀b😀", 7, kBytes, "a…"},                     //
                    Row{"CombiningMark", "ae\u0301bc", 4, kPoints, "ae\u0301…"},           //
                    Row{"WithinACombiningMark", "ae\u0301bc", 3, kPoints, "a…"},           //
                    Row{"SeveralMarks", "ae\u0301\u0323bc", 4, kPoints, "a…"},             //
                    Row{"Flag", "a" + kNorway + "bc", 4, kPoints, "a" + kNorway + "…"},    //
                    Row{"WithinAFlag", "a" + kNorway + "bc", 3, kPoints, "a…"},            //
                    Row{"BetweenFlags", kNorway + kNorway, 3, kPoints, kNorway + "…"},     //
                    Row{"Family", "a" + kFamily + "bc", 7, kPoints, "a" + kFamily + "…"},  //
                    Row{"WithinAFamily", "a" + kFamily + "bc", 6, kPoints, "a…"},          //
                    Row{"WithinAFamilyByBytes", "a" + kFamily + "bc", 20, kBytes, "a…"},   //
                    Row{"WithinAColour", "a" + kThumb + "bc", 3, kPoints, "a…"},           //
                    Row{"Variation", "a❤\uFE0Fbc", 3, kPoints, "a…"},                      //
                    Row{"LineEnd", "ab\r\ncd", 4, kPoints, "ab…"},                         //
                    Row{"Hangul", "a\u1112\u1161\u11ABbc", 4, kPoints, "a…"},              //
                    Row{"OneEndlessCharacter", "e" + std::string("\u0301\u0301\u0301\u0301"), 3,
                        kPoints, "e\u0301…"},
                    Row{"NoUtf8",
                        "ab\xff\xfe"
                        "cdef",
                        5, kPoints, "ab\xff\xfe…"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(CutTo, FitsAndIsUtf8WhateverTheTextIs) {
  const std::vector<std::string> pieces = {"a",      "å",  "😀",      kFamily, kNorway, "\u0301",
                                           "\u200d", "\n", "\uFE0F", kThumb,  "한",    "\r\n"};
  std::mt19937 random(20261125);
  for (int i = 0; i < 10'000; ++i) {
    std::string text;
    for (std::size_t left = random() % 30; left > 0; --left)
      text += pieces[random() % pieces.size()];
    const std::size_t most = random() % 40;
    const std::string by_bytes = cut_to(text, most, kBytes);
    ASSERT_LE(by_bytes.size(), most) << text;
    ASSERT_FALSE(first_invalid_utf8(by_bytes)) << text;
    const std::string by_points = cut_to(text, most, kPoints);
    ASSERT_EQ(cut_to(by_points, most, kPoints), by_points) << text;
    ASSERT_FALSE(first_invalid_utf8(by_points)) << text;
  }
}

// Promise 49.
TEST(CutBeforeTail, KeepsWhatTheTextEndsWith) {
  const std::string tail = "[SAK-2026-00001/2]";
  const std::string text = "Først " + std::string(100, 'x') + "\n\n" + tail;
  EXPECT_EQ(cut_before_tail(text, tail, 200), text);
  EXPECT_EQ(cut_before_tail(text, tail, 35), "Først xx\n[…]\n\n" + tail);
  EXPECT_EQ(cut_before_tail("Uten den: " + std::string(100, 'x'), tail, 20), "Uten den: xxxx\n[…]");
  EXPECT_EQ(cut_before_tail(text, tail, 10), "Før\n[…]");
}

// Promise 49.
TEST(CleanText, ReplacesWhatIsNoText) {
  EXPECT_EQ(clean_text("Sak: «æøå» 😀\r\n\tto"), "Sak: «æøå» 😀\r\n\tto");
  EXPECT_EQ(clean_text(std::string("a\0b\x1b[31mc\x7f", 10)), "a\uFFFDb\uFFFD[31mc\uFFFD");
  EXPECT_EQ(clean_text("a\xC2\x85z\xEF\xBF\xBE\xEF\xB7\x90"), "a\uFFFDz\uFFFD\uFFFD");
  EXPECT_EQ(clean_text("caf\xe9 \xed\xa0\x80"), "caf\uFFFD \uFFFD\uFFFD\uFFFD");
}

// Promise 49.
TEST(WithoutFourBytes, ReplacesWholeCharacters) {
  EXPECT_EQ(without_four_bytes("æ€한❤\uFE0F"), "æ€한❤\uFE0F");
  EXPECT_EQ(without_four_bytes("a😀b" + kFamily + kNorway + "c" + kThumb),
            "a\uFFFDb\uFFFD\uFFFDc\uFFFD");
}

TEST(WithTexts, ChangesTextsForPeopleAndNothingElse) {
  const auto loud = [](const std::string& text) { return text + "!"; };
  EXPECT_EQ(with_texts(CreateTicket{"t", "x", {{"f", "v"}}, "m"}, loud),
            Action(CreateTicket{"t!", "x!", {{"f", "v!"}}, "m"}));
  EXPECT_EQ(with_texts(AddComment{RemoteKey("7"), "x", "r"}, loud),
            Action(AddComment{RemoteKey("7"), "x!", "r"}));
  EXPECT_EQ(with_texts(SetStatus{RemoteKey("7"), "Løst", {"Ny"}}, loud),
            Action(SetStatus{RemoteKey("7"), "Løst", {"Ny"}}));
  EXPECT_EQ(with_texts(SendNotice{"a@b.no", "t", "x", "l", "r"}, loud),
            Action(SendNotice{"a@b.no", "t!", "x!", "l", "r"}));
}

}  // namespace
}  // namespace saksbro::codec
