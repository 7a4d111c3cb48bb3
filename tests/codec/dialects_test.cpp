// What each dialect's signs mean, and what is written for what might act.
#include <gtest/gtest.h>

#include "tests/codec/documents.h"

namespace saksbro::codec {
namespace {

struct Row {
  const char* name;
  const char* dialect;
  const char* text;
  const char* document;
};

const documents::Dialect& named(std::string_view name) {
  for (const documents::Dialect& one : documents::dialects()) {
    if (one.name == name) return one;
  }
  return documents::dialects().front();
}

class Dialects : public testing::TestWithParam<Row> {};

TEST_P(Dialects, AreReadAsTheirReadersShowThem) {
  const Row& row = GetParam();
  EXPECT_EQ(documents::shown(named(row.dialect).read(row.text)), row.document);
}

const Row kPlain[] = {
    {"PlainParagraphs", "Plain", "en\nto\n\ntre", "p{en / to} p{tre}"},
    {"PlainQuotations", "Plain", "> en\n> > to\n>> tre\nja", "q{p{en} q{p{to / tre}}} p{ja}"},
    {"PlainItems", "Plain", "* en\n  * to\n    mer\n* tre\n3. a\n4. b",
     "ul{li{p{en} ul{li{p{to / mer}}}} li{p{tre}}} ol3{li{p{a}} li{p{b}}}"},
    {"PlainCode", "Plain", "Slik:\n```ruby\n  a\n> b\n```\nja",
     "p{Slik:} pre(ruby){  a\n> b} p{ja}"},
    {"PlainAddresses", "Plain", "Se https://x.no/a. Og xhttp://b",
     "p{Se link{https://x.no/a -> https://x.no/a}. Og xhttp://b}"},
    {"PlainRule", "Plain", "en\n-----\nto", "p{en} rule p{to}"},
};
const Row kMarkdown[] = {
    {"MarkdownPhrases", "Markdown", "*en* __to__ ~~tre~~ `a*b` \\*fire\\*",
     "p{em{en} strong{to} del{tre} code{a*b} *fire*}"},
    {"MarkdownLineEndsAreMeant", "Markdown", "en\nto  \ntre", "p{en / to / tre}"},
    {"MarkdownBlocks", "Markdown", "# En\n\n> to\n> > tre\n\n---\n\n    kode",
     "h1{En} q{p{to} q{p{tre}}} rule pre{kode}"},
    {"MarkdownLists", "Markdown", "- [x] en\n- to\n  1. a\n  2. b",
     "ul{li{p{[x] en}} li{p{to} ol{li{p{a}} li{p{b}}}}}"},
    {"MarkdownTables", "Markdown", "|a|b|\n|-|-|\n|c<br>d|`e`|",
     "table{head{td{a} td{b}} row{td{c / d} td{code{e}}}}"},
    {"MarkdownLinks", "Markdown",
     "[her](https://x.no) https://y.no a@b.no ![bilde](/uploads/1/a.png)",
     "p{link{her -> https://x.no} link{https://y.no -> https://y.no} a@b.no img{bilde -> "
     "/uploads/1/a.png}}"},
    {"MarkdownWithHtml", "Markdown", "en<br>to <b>tre</b> <navn>\n\n<p>fire</p>",
     "p{en / to tre <navn>} p{fire}"},
};
const Row kHtml[] = {
    {"HtmlBlocks", "HTML",
     "<h2>En</h2><p>to<br>tre</p><hr><pre><code class=language-ruby>a\n b</code></pre>",
     "h2{En} p{to / tre} rule pre(ruby){a\n b}"},
    {"HtmlLinesOfMailPrograms", "HTML",
     "<div>en</div><div>to<br></div><div><br></div><div>tre</div>", "p{en / to} p{tre}"},
    {"HtmlPhrases", "HTML", "<b>en <i>to</i></b> <s>tre</s> <kbd>x</kbd>",
     "p{strong{en em{to}} del{tre} code{x}}"},
    {"HtmlLists", "HTML", "<ol start=3><li>en<ul><li>to</ul><li><p>a</p><p>b</p></ol>",
     "ol3{li{p{en} ul{li{p{to}}}} li{p{a} p{b}}}"},
    {"HtmlTablesOfData", "HTML", "<table><tr><th>a<th>b<tr><td>c<td>d</table>",
     "table{head{td{a} td{b}} row{td{c} td{d}}}"},
    {"HtmlTablesOfLayout", "HTML", "<table><tr><td>en<td>to<tr><td>tre</table>", "p{en to / tre}"},
    {"HtmlQuotations", "HTML", "<blockquote type=cite>en</blockquote>to", "q{p{en}} p{to}"},
    {"HtmlPictures", "HTML",
     "<img src=\"cid:a.png@1\"><img src=https://x.no/t.gif width=1 height=1>",
     "p{img{a.png -> cid:a.png@1}}"},
    {"HtmlThatIsHidden", "HTML", "<style>p{}</style><p>en<span style='display:none'>x</span></p>",
     "p{en}"},
    {"HtmlLinksThatLeadNowhere", "HTML", "<a href='javascript:x()'>en</a> <a href='#t'>to</a>",
     "p{en to}"},
};
const Row kAdf[] = {
    {"AdfMarks", "ADF",
     R"({"type":"doc","version":1,"content":[{"type":"paragraph","content":[
      {"type":"text","text":"en ","marks":[{"type":"strong"}]},
      {"type":"text","text":"to","marks":[{"type":"strong"},{"type":"em"}]},
      {"type":"text","text":" tre","marks":[{"type":"underline"}]},
      {"type":"text","text":"x","marks":[{"type":"code"}]},{"type":"hardBreak"},
      {"type":"text","text":"her","marks":[{"type":"link","attrs":{"href":"https://x.no"}}]}]}]})",
     "p{strong{en em{to}} trecode{x} / link{her -> https://x.no}}"},
    {"AdfPeopleAndCards", "ADF",
     R"({"type":"doc","content":[{"type":"paragraph","content":[
      {"type":"mention","attrs":{"id":"5b","text":"@Kari"}},{"type":"text","text":" "},
      {"type":"emoji","attrs":{"shortName":":smile:","text":"😄"}},{"type":"text","text":" "},
      {"type":"inlineCard","attrs":{"url":"https://x.no"}},{"type":"text","text":" "},
      {"type":"date","attrs":{"timestamp":"1764460800000"}},{"type":"text","text":" "},
      {"type":"status","attrs":{"text":"KLAR"}}]},
      {"type":"mediaSingle","content":[{"type":"media","attrs":{"id":"7f","alt":"a.png"}}]}]})",
     "p{@{Kari -> 5b} 😄 link{https://x.no -> https://x.no} 2025-11-30 KLAR} p{img{a.png -> }}"},
    {"AdfBlocks", "ADF",
     R"({"type":"doc","content":[{"type":"heading","attrs":{"level":2},"content":[{"type":"text","text":"En"}]},
      {"type":"orderedList","attrs":{"order":3},"content":[{"type":"listItem","content":[
        {"type":"paragraph","content":[{"type":"text","text":"a"}]}]}]},
      {"type":"codeBlock","attrs":{"language":"c"},"content":[{"type":"text","text":"x\ny"}]},
      {"type":"rule"},{"type":"table","content":[{"type":"tableRow","content":[
        {"type":"tableHeader","content":[{"type":"paragraph","content":[{"type":"text","text":"h"}]}]}]}]}]})",
     "h2{En} ol3{li{p{a}}} pre(c){x\ny} rule table{head{td{h}}}"},
    {"AdfNodesThatNobodyKnows", "ADF",
     R"({"type":"doc","content":[{"type":"panel","content":[{"type":"paragraph","content":[
      {"type":"novelty","attrs":{"text":"ny"},"content":[{"type":"text","text":" tekst"}]}]}]},
      {"type":"expand","attrs":{"title":"Mer"},"content":[{"type":"paragraph","content":[
      {"type":"text","text":"inni"}]}]}]})",
     "p{ny tekst} p{Mer} p{inni}"},
};
const Row kWiki[] = {
    {"WikiPhrases", "Wiki", "*en* _to_ -tre- {{a&#42;}} \\*fire\\* 2026-11-30 a_b_c",
     "p{strong{en} em{to} del{tre} code{a*} *fire* 2026-11-30 a_b_c}"},
    {"WikiBlocks", "Wiki", "h2. En\nto\ntre\\\\fire\n\nbq. sitat\n----\n{quote}\na\n\nb\n{quote}",
     "h2{En} p{to / tre / fire} q{p{sitat}} rule q{p{a} p{b}}"},
    {"WikiLists", "Wiki", "* en\n*# to\n*# tre\n* fire\n- a",
     "ul{li{p{en} ol{li{p{to}} li{p{tre}}}} "
     "li{p{fire}}} ul{li{p{a}}}"},
    {"WikiCode", "Wiki", "{code:ruby|title=x}\n* a\n{code}\n{noformat}b{noformat}",
     "pre(ruby){* a} pre{b}"},
    {"WikiTables", "Wiki", "||a||b||\n|c|[d|https://x.no]|",
     "table{head{td{a} td{b}} row{td{c} td{link{d -> https://x.no}}}}"},
    {"WikiLinks", "Wiki", "[her|https://x.no] [https://y.no] [~kari] !a.png|thumbnail! [nei]",
     "p{link{her -> https://x.no} link{https://y.no -> https://y.no} @{kari -> kari} img{ -> "
     "a.png} [nei]}"},
    {"WikiColours", "Wiki", "{color:red}en{color} to", "p{en to}"},
};

INSTANTIATE_TEST_SUITE_P(Plain, Dialects, testing::ValuesIn(kPlain),
                         [](const auto& row) { return row.param.name; });
INSTANTIATE_TEST_SUITE_P(Markdown, Dialects, testing::ValuesIn(kMarkdown),
                         [](const auto& row) { return row.param.name; });
INSTANTIATE_TEST_SUITE_P(Html, Dialects, testing::ValuesIn(kHtml),
                         [](const auto& row) { return row.param.name; });
INSTANTIATE_TEST_SUITE_P(Adf, Dialects, testing::ValuesIn(kAdf),
                         [](const auto& row) { return row.param.name; });
INSTANTIATE_TEST_SUITE_P(Wiki, Dialects, testing::ValuesIn(kWiki),
                         [](const auto& row) { return row.param.name; });

std::string written(const char* dialect, const std::string& said) {
  return named(dialect).write({documents::paragraph({documents::says(said)})});
}

// "+" stands for U+2060, which nobody sees.
std::string seen(std::string text) {
  for (auto at = text.find("\u2060"); at != text.npos; at = text.find("\u2060"))
    text.replace(at, 3, "+");
  return text;
}

TEST(WhatIsWritten, HasNoQuickActionInGitLab) {
  EXPECT_EQ(written("Markdown", "/close"), "\\/close");
}

TEST(WhatIsWritten, CallsNobodyAndLinksNoTicketInGitLab) {
  EXPECT_EQ(seen(written("Markdown", "Spør @alle om #12, !3 og ~feil")),
            "Spør @+alle om \\#+12, \\!+3 og \\~+feil");
}

TEST(WhatIsWritten, HasNoMacroAndNoKeyOfATicketInJira) {
  EXPECT_EQ(seen(written("Wiki", "{code} [~kari] ABC-12 2026-11-30")),
            "\\{code\\} \\[\\~kari\\] ABC-+12 2026-11-30");
}

TEST(WhatIsWritten, IsNoCommandOfOurs) {
  for (const char* dialect : {"HTML", "Wiki", "ADF"})
    EXPECT_NE(seen(written(dialect, "/sak ta")).find("+/sak ta"), std::string::npos) << dialect;
}

TEST(WhatIsWritten, LoadsNoPictureFromElsewhere) {
  const Document picture{
      documents::paragraph({{InlineKind::image, "Bilde", "https://x.no/a.png", {}}})};
  EXPECT_EQ(markdown_text(picture), "[Bilde](https://x.no/a.png)");
  EXPECT_EQ(wiki_text(picture), "[Bilde|https://x.no/a.png]");
  EXPECT_EQ(html_of(picture), "<p><a href=\"https://x.no/a.png\">Bilde</a></p>\n");
}

TEST(WhatIsWritten, AsPlainTextStaysACommand) { EXPECT_EQ(written("Plain", "/sak ta"), "/sak ta"); }

}  // namespace
}  // namespace saksbro::codec
