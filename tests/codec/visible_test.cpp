#include "bridge/codec/visible.h"

#include <gtest/gtest.h>

#include "bridge/codec/json.h"

namespace saksbro::codec {
namespace {

TEST(Visible, WhatATerminalWouldActOnIsShownAsWhatItIs) {
  EXPECT_EQ(visible_line("\x1B]52;c;cm0gLXJm\x07"), "<U+001B>]52;c;cm0gLXJm<U+0007>");
  EXPECT_EQ(visible_line("a\x7F\u009B2J"), "a<U+007F><U+009B>2J");
  EXPECT_EQ(visible_line(std::string("a\0b", 3)), "a<U+0000>b");
}

TEST(Visible, WhatTurnsOrHidesTheTextIsShownAsWhatItIs) {
  EXPECT_EQ(visible_line("\u061C\u200E\u202Efdp\u2066\u2069"),
            "<U+061C><U+200E><U+202E>fdp<U+2066><U+2069>");
  EXPECT_EQ(visible_line("\u206A\uFEFF\u00AD\u200D"), "<U+206A><U+FEFF><U+00AD><U+200D>");
  EXPECT_EQ(visible_line("\U000E0001\U000E0041\U000E0002"), "<U+E0001><U+E0041><U+E0002>");
}

TEST(Visible, AByteThatIsNoUtf8IsReplaced) {
  EXPECT_EQ(visible_line("a\x9B"
                         "b"),
            "a\uFFFDb");
  EXPECT_EQ(visible_line("\xE2\x80"), "\uFFFD\uFFFD");
}

TEST(Visible, WordsOfAllLanguagesStayAsTheyAre) {
  const std::string words =
      "Blåbærsyltetøy, Čáhci, 東京, עברית, 👍🏽, e\u0301, \u00A0, \u2764\uFE0F";
  EXPECT_EQ(visible_line(words), words);
}

TEST(Visible, ALineStaysOne) {
  EXPECT_EQ(visible_line("a\r\nb\nc\rd\te\u2028f\u0085g"), "a b c d e<U+2028>f<U+0085>g");
}

TEST(Visible, LinesAreIndentedSoThatNoneLooksLikeOurs) {
  EXPECT_EQ(visible_lines("a\r\nSAK-2026-00002\x1B\n", 4), "a\n    SAK-2026-00002<U+001B>\n    ");
}

TEST(Visible, JsonIsEscapedAndMeansTheSame) {
  const Json value{{"a", "\x1B[2J \u202E \U000E0041 \u061C ø 👍\n"}};
  const std::string text = visible_json(write_json(value));
  EXPECT_EQ(text, R"({"a":"\u001b[2J \u202e \udb40\udc41 \u061c ø 👍\n"})");
  EXPECT_EQ(*parse_json(text, "test"), value);
}

}  // namespace
}  // namespace saksbro::codec
