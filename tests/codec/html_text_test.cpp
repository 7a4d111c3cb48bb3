// HTML as its reader sees it, in plain text.
#include "bridge/codec/markup/html_text.h"

#include <gtest/gtest.h>

#include <chrono>

namespace saksbro::codec {
namespace {

struct Row {
  const char* name;
  const char* html;
  const char* text;
};

class HtmlText : public testing::TestWithParam<Row> {};

TEST_P(HtmlText, IsWhatAReaderWouldSee) {
  EXPECT_EQ(text_from_html(GetParam().html), GetParam().text);
}

const Row kBlocks[] = {
    {"ParagraphsAndBreaks", "<p>en<br>to</p>\n<p>tre</p>", "en\nto\n\ntre"},
    {"TheBlankLinesOfMailPrograms", "<div>en</div><div><br></div><div>to<br></div><div>tre</div>",
     "en\n\nto\ntre"},
    {"ParagraphsOfOutlook",
     "<p class=MsoNormal>en<o:p></o:p></p><p class=MsoNormal>&nbsp;</p><p>to</p>", "en\n\nto"},
    {"BlanksAreOne", " en \n  to&nbsp; tre ", "en to tre"},
    {"Headings", "<h1>En</h1>to", "En\n\nto"},
    {"Lists", "<ul><li>en<li>to<ul><li>under</ul></ul><ol><li><p>a</p></li><li>b</li></ol>",
     "* en\n* to\n  * under\n1. a\n2. b"},
    {"TablesOfData", "<table><tr><th>Navn<th>Sum<tr><td>Per<td>4</table>etter",
     "Navn | Sum\nPer | 4\netter"},
    {"TablesOfLayout", "<table><tr><td>en</td><td></td><td>to</td></tr><tr><td>tre</table>",
     "en to\ntre"},
    {"PreformattedIsCode", "Slik:<pre>\n  a\n\n    /sak ta</pre>etter",
     "Slik:\n```\n  a\n\n    /sak ta\n```\netter"},
    {"ThunderbirdsPlainTextIsNoCode", "<pre class=\"moz-quote-pre\" wrap>en\n  to</pre>",
     "en\n  to"},
    {"CodeWithinALine", "Kall <code>/sak</code> nå", "Kall /sak nå"},
    {"TagsWithoutEnds", "<div><b>en<p>to<i>tre", "en\ntotre"},
};

const Row kQuotations[] = {
    {"AQuotation", "en<blockquote>to<br>tre</blockquote>fire", "en\n> to\n> tre\nfire"},
    {"WithinAQuotation",
     "<blockquote type=cite><p>a</p><p>b</p><blockquote>c</blockquote></blockquote>",
     "> a\n>\n> b\n>\n>> c"},
    {"RtsOwnForm",
     "<div class=\"gmail_quote\">On Sun Nov 29 21:04:32 2026, bro wrote:<br /><blockquote "
     "class=\"gmail_quote\" type=\"cite\"><p>Kunden venter.</p></blockquote></div><p>/sak "
     "l&oslash;st "
     "Disken er byttet.</p>",
     "On Sun Nov 29 21:04:32 2026, bro wrote:\n> Kunden venter.\n\n/sak løst Disken er byttet."},
    {"GmailsIndentationIsTheWriters",
     "a<blockquote style=\"margin: 0 0 0 40px; border: none; padding: 0px\">b</blockquote>",
     "a\nb"},
    {"GmailsQuotationIsNot", "<blockquote class=gmail_quote style=\"border:none\">b</blockquote>",
     "> b"},
    {"CodeInAQuotation", "<blockquote><pre>a\nb</pre></blockquote>", "> ```\n> a\n> b\n> ```"},
};

const Row kLinks[] = {
    {"ALinkKeepsItsAddress", "Feilen vises <a href=\"https://x.no/f?a=1&amp;b=2\">her</a>.",
     "Feilen vises her <https://x.no/f?a=1&b=2>."},
    {"NotTwice", "<a href=\"https://x.no/\">https://x.no</a>, <a href=\"http://x.no\">x.no</a>",
     "https://x.no, x.no"},
    {"AnAddressOfMail", "<a href=\"mailto:a@b.no\">a@b.no</a> <a href=\"mailto:a@b.no\">Per</a>",
     "a@b.no Per <mailto:a@b.no>"},
    {"APictureIsItsDescription", "Bildet: <img src=\"cid:1\" alt=\"Beløp mangler\">.",
     "Bildet: Beløp mangler."},
    {"APictureInALink", "<a href=\"https://x.no/1\"><img src=x></a>", "<https://x.no/1>"},
    {"WhatLeadsNowhereElse",
     "<a href=\"#a\">a</a> <a href=\"javascript:x()\">b</a> <a href=\"cid:1\">c</a> <a>d</a>",
     "a b c d"},
};

const Row kUnseen[] = {
    {"TheHead", "<html><head><title>Tittel</title><style>p{}</style></head><body>en</body></html>",
     "en"},
    {"ScriptsAndComments", "<script>if (a<b) x('</p>')</script><!-- <p>skjult --><p>en</p>", "en"},
    {"WhatIsHidden", "<div style=\"Display: none\">skjult<p>her</p></div><p hidden>x</p>en", "en"},
    {"ConditionalCommentsOfOutlook", "<!--[if mso]><table><tr><td>x<![endif]-->en", "en"},
};

const Row kCharacters[] = {
    {"OfHtml4", "&aring;&Oslash;&euro;&ndash;&ldquo;&hellip;&amp;&lt;", "åØ€–“…&<"},
    {"OfHtml5",
     "&ccaron;&lstrok;&period;&NewLine;&colon;&lbrack;&apos;&CounterClockwiseContourIntegral;",
     "čł. :['∳"},
    {"InAnAddress", "<a href=\"https&colon;//x.no/&quest;a\">x</a>", "x <https://x.no/?a>"},
    {"ByNumber", "&#229;&#xE5;&#128512;", "åå😀"},
    {"OfWindows1252ByNumber", "&#150;&#x80;", "–€"},
    {"ThatAreNone", "&ukjent; & &#0;&#xD800; &; &a b;", "&ukjent; & &#0;&#xD800; &; &a b;"},
    {"ThatOnlyLookLikeTags", "a < b og 3<4 og <3", "a < b og 3<4 og <3"},
    {"Control", "a\x1b[31m", "a\uFFFD[31m"},
    {"WhateverThePageSaysOfItsCharset",
     "<meta charset=iso-8859-1><meta http-equiv=content-type content=\"text/html; "
     "charset=iso-8859-1\">æøå",
     "æøå"},
};

INSTANTIATE_TEST_SUITE_P(Blocks, HtmlText, testing::ValuesIn(kBlocks),
                         [](const auto& row) { return row.param.name; });
INSTANTIATE_TEST_SUITE_P(Quotations, HtmlText, testing::ValuesIn(kQuotations),
                         [](const auto& row) { return row.param.name; });
INSTANTIATE_TEST_SUITE_P(Links, HtmlText, testing::ValuesIn(kLinks),
                         [](const auto& row) { return row.param.name; });
INSTANTIATE_TEST_SUITE_P(Unseen, HtmlText, testing::ValuesIn(kUnseen),
                         [](const auto& row) { return row.param.name; });
INSTANTIATE_TEST_SUITE_P(Characters, HtmlText, testing::ValuesIn(kCharacters),
                         [](const auto& row) { return row.param.name; });

std::string many(std::string_view what, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += what;
  return all;
}

// Each is a megabyte in a shape that costs the most somewhere: elements that never end, ends of
// elements that are open far below, names that are none, one long attribute.
TEST(HtmlTextOfAMegabyte, TakesTimeByTheLengthWhateverItsShape) {
  const std::vector<std::string> pages{
      many("<b>", 170'000) + many("</i>", 130'000),
      many("<span><p>", 60'000) + many("</p></div>", 50'000),
      many("<blockquote>", 40'000) + many("x<br>", 100'000),
      many("<a href=\"https://x.no/\">", 45'000),
      many("&aa;&ab;", 125'000),
      many("<!--", 250'000),
      many("<a", 500'000),
      "<img alt=\"" + many("x ", 500'000) + "\">",
      many("<table><tr><td>", 66'000),
      many("&", 1'000'000),
  };
  for (const std::string& page : pages) {
    const auto before = std::chrono::steady_clock::now();
    const std::string text = text_from_html(page);
    const auto took = std::chrono::steady_clock::now() - before;
    EXPECT_LT(took, std::chrono::seconds(20)) << page.substr(0, 30);
    EXPECT_LE(text.size(), 8 * page.size()) << page.substr(0, 30);
  }
}

TEST(HtmlTextOfAMegabyte, LosesNoWordWhereElementsNeverEnd) {
  const std::string text = text_from_html(many("<div>æ ord</b> <i>x", 2'000));
  std::size_t count = 0;
  for (auto at = text.find("æ ord"); at != text.npos; at = text.find("æ ord", at + 1)) ++count;
  EXPECT_EQ(count, 2'000U);
}

}  // namespace
}  // namespace saksbro::codec
