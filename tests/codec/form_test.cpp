#include "bridge/codec/form.h"

#include <gtest/gtest.h>

namespace saksbro::codec {
namespace {

using Fields = std::map<std::string, std::string>;

struct Row {
  const char* body;
  Fields fields;
};

const std::vector<Row> kRows{
    {"", {}},
    {"text=", {{"text", ""}}},
    {"text", {{"text", ""}}},
    {"text=a+b%20c", {{"text", "a b c"}}},
    {"text=l%C3%B8st+%26+%3Cb%3E&seen=3", {{"seen", "3"}, {"text", "løst & <b>"}}},
    {"text=en%0D%0Ato", {{"text", "en\r\nto"}}},
    {"&&text=a&", {{"text", "a"}}},
    {"text=a&text=b", {{"text", "a"}}},
    {"a%3Db=c%3Dd=e", {{"a=b", "c=d=e"}}},
    {"text=%2b%2B+", {{"text", "++ "}}},
};

TEST(Form, GivesItsFields) {
  for (const auto& [body, fields] : kRows) EXPECT_EQ(read_form(body), fields) << body;
}

TEST(Form, ThatIsNoneIsRefused) {
  for (const char* body : {"text=%", "text=%4", "text=%zz", "text=%C3", "text=%C3%28", "%ff=a",
                           "text=\xff", "text=%ED%A0%80"}) {
    EXPECT_EQ(read_form(body), std::nullopt) << body;
  }
}

TEST(TypedWords, HaveLineFeedsAndNoBlanksAroundAndNoControlCharacters) {
  EXPECT_EQ(typed_words("  Det går\r\nikke\ran\tnå\n \r\n"), "Det går\nikke\nan\tnå");
  EXPECT_EQ(typed_words(std::string("a\0b\x1b[2Jc\x7f", 8)), "ab[2Jc");
  EXPECT_EQ(typed_words(" \r\n\t "), "");
  EXPECT_EQ(typed_words(""), "");
}

}  // namespace
}  // namespace saksbro::codec
