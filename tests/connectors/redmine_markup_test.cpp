// What the connector writes for Redmine's textile and markdown. `|` stands for the joiner U+2060.
// Each textile row was looked at in the HTML of a Redmine 5.0.4.
#include <gtest/gtest.h>

#include "connectors/redmine/markup.h"

namespace saksbro::redmine {
namespace {

struct Row {
  const char* plain;
  const char* written;
};

std::string shown(std::string text) {
  const std::string joiner = "\u2060";
  for (auto at = text.find(joiner); at != std::string::npos; at = text.find(joiner)) {
    text.replace(at, joiner.size(), "|");
  }
  return text;
}

constexpr Row kTextile[] = {
    {"*fet* _kursiv_ -strek- @kode@", "|*fet* |_kursiv_ |-strek- &#64;kode&#64;"},
    {"a*b*c 10-12 SAK-2026-00017 a_b@example.no", "a*b*c 10-12 SAK-2026-00017 a_b@example.no"},
    {"#12 (#1) user#5 user:bro @kari", "|#12 (|#1) user|#5 user|:bro |@|kari"},
    {"{{toc}} [[Side]] !bilde.png! ??sitat??", "{|{toc}} [|[Side]] |!bilde.png! |??sitat??"},
    {"\"lenke\":http://x.no", "\"lenke\"|:http|://x.no"},
    {"se https://example.no/a_b_c?x=1&y=*2*#4 nå", "se https://example.no/a_b_c?x=1&y=*2*#4 nå"},
    {"h1. Stor\nbq. sitat\np{color:red}. x\nfn1. fot",
     "|h1. Stor\n|bq. sitat\n|p{color|:red}. x\n|fn1. fot"},
    {"* punkt\n# en\n - to\n> tre", "|* punkt\n|# en\n |- to\n|> tre"},
    {"<pre>x</pre> a < b R&D &amp;", "<|pre>x<|/pre> a < b R&D &|amp;"},
    {"==rå== ABC(forklart) kl. 10:30 &#64;", "|=|=rå== ABC|(forklart) kl. 10:30 &||#64;"},
    {"[SAK-2026-00001/4]", "[SAK-2026-00001/4]"},
    {"a\r\nb\rc", "a\nb\nc"},
};

TEST(RedmineMarkup, TextileShowsPlainTextAsItIs) {
  for (const Row& row : kTextile) {
    EXPECT_EQ(shown(escaped(row.plain, TextFormat::textile)), row.written);
  }
}

TEST(RedmineMarkup, MarkdownMakesNoPageOfAnAddressInBrackets) {
  EXPECT_EQ(shown(escaped("Fra: Per [per@blåbær.no] [1]", TextFormat::markdown)),
            "Fra: Per \\[|per@blåbær.no\\] \\[1\\]");
  EXPECT_EQ(shown(escaped("[per@xn--blbr-roah.no, a@b.no]", TextFormat::markdown)),
            "\\[|per@xn--blbr-roah.no, a@b.no\\]");
  for (const char* text : {"[per@xn--blbr-roah.no]]", "[a.b+c@y.no] http://xn--blbr-roah.no/a--b"})
    EXPECT_EQ(unescaped(escaped(text, TextFormat::markdown), TextFormat::markdown), text);
}

TEST(RedmineMarkup, WhatWasEscapedIsReadBackAsItWas) {
  for (const TextFormat format : {TextFormat::textile, TextFormat::markdown}) {
    for (const Row& row : kTextile) {
      std::string plain = row.plain;
      if (plain.find('\r') != std::string::npos) plain = "a\nb\nc";  // line ends become LF
      EXPECT_EQ(unescaped(escaped(row.plain, format), format), plain);
    }
    EXPECT_EQ(unescaped(escaped("a  \n \nb", format), format), "a  \n \nb");
    EXPECT_EQ(unescaped(escaped("http://x.no/a\\&b=*1", format), format), "http://x.no/a\\&b=*1");
    EXPECT_EQ(unescaped(escaped("c:\\*.txt \\\\srv\\_x", format), format), "c:\\*.txt \\\\srv\\_x");
  }
}

TEST(RedmineMarkup, OneLineIsCutAtACodePoint) {
  EXPECT_EQ(one_line("blåbær", 6), "blåbær");
  EXPECT_EQ(one_line("blåbær", 5), "blåb…");
  EXPECT_EQ(one_line("a\tb\x7F"
                     "c\n",
                     9),
            "a b c ");
}

}  // namespace
}  // namespace saksbro::redmine
