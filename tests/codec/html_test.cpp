#include "bridge/codec/markup/html.h"

#include <gtest/gtest.h>

namespace saksbro::codec {
namespace {

struct Row {
  std::string text;
  const char* html;
};

const std::vector<Row> kRows{
    {"", ""},
    {"Saken er løst: «æøå» 😀", "Saken er løst: «æøå» 😀"},
    {"<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"},
    {"\" onload='x'", "&quot; onload=&#39;x&#39;"},
    {"&lt;", "&amp;lt;"},
    {"en\n\tto\r\n", "en\n\tto\r\n"},
    {std::string("a\0b\x1b"
                 "c\x7f",
                 6),
     "a\uFFFDb\uFFFDc\uFFFD"},
    {"caf\xe9 <b>", "caf\uFFFD &lt;b&gt;"},
    // Half a letter must not swallow the quote after it.
    {"\xc3\"\xf0\x9f<", "\uFFFD&quot;\uFFFD\uFFFD&lt;"},
};

TEST(Html, ShowsATextAsItIsAndNothingMore) {
  for (const auto& [text, html] : kRows) EXPECT_EQ(escape_html(text), html) << text;
}

TEST(Html, LeavesNoCharacterThatEndsATextOrAnAttribute) {
  for (int byte = 0; byte < 256; ++byte) {
    for (const char* after : {"", "<", "\"", "'", ">"}) {
      const std::string html = escape_html(std::string(1, static_cast<char>(byte)) + after);
      EXPECT_EQ(html.find_first_of("<>\"'"), html.npos) << byte << after;
    }
  }
}

}  // namespace
}  // namespace saksbro::codec
