// Whatever reads what comes from outside takes time in proportion to its length.
#include <gtest/gtest.h>

#include <functional>

#include "bridge/codec/fit.h"
#include "bridge/codec/form.h"
#include "bridge/codec/imap.h"
#include "bridge/codec/markup/dialects.h"
#include "bridge/codec/markup/html.h"
#include "bridge/codec/markup/html_text.h"
#include "bridge/codec/mime/mime.h"
#include "bridge/codec/mime/mime_words.h"
#include "bridge/codec/url.h"
#include "bridge/codec/utf8.h"
#include "tests/codec/growth.h"
#include "tests/rig/sanitized.h"

namespace saksbro::codec {
namespace {

struct Row {
  const char* name;
  std::string begin;
  std::string piece;
  std::string end;
  std::function<void(const std::string&)> read;
  std::size_t pieces = 4'000;
};

class LinearTime : public testing::TestWithParam<Row> {};

TEST_P(LinearTime, GrowsWithTheLength) {
  const Row& row = GetParam();
  testing_growth::expect_linear(
      [&](std::size_t pieces) {
        const std::string text = row.begin + testing_growth::repeated(pieces, row.piece) + row.end;
        return testing_growth::seconds_of([&] { row.read(text); });
      },
      row.pieces);
}

void from_html(const std::string& html) { (void)text_from_html(html); }
void markdown(const std::string& text) { (void)document_from_markdown(text); }
void wiki(const std::string& text) { (void)document_from_wiki(text); }
void plain(const std::string& text) { (void)document_from_plain(text); }
void textile(const std::string& text) { (void)document_from_textile(text); }
void adf(const std::string& text) {
  if (const auto json = parse_json(text, "adf")) (void)document_from_adf(*json);
}
void page(const std::string& html) { (void)document_from_html(html); }
void merge_words(const std::string& header) { (void)with_merged_words(header); }
void read(const std::string& bytes) {
  (void)read_mail(bytes, "mail", {.bytes = 10'000'000, .header_bytes = 10'000'000});
}
const std::string kHead = "From: Kari <kari@ude.test>\nSubject: Hei\nMessage-ID: <1@ude.test>\n";

// GMime grows its buffer of one header step by step: the allocator of AddressSanitizer copies it
// each time.
constexpr std::size_t kLinesOfOneHeader = rig::kSanitized ? 500 : 4'000;

const Row kRows[] = {
    {"HtmlOfTags", "", "<p>", "", from_html},
    {"HtmlOfTagsThatAreNone", "", "<", ">", from_html},
    {"HtmlOfNumbersThatAreLess", "", "<3 ", ">", from_html},
    {"HtmlOfTagsThatNeverEnd", "", "<a", "", from_html},
    {"HtmlOfComments", "", "<!-- x --", "", from_html},
    {"HtmlOfScripts", "", "<script>", "", from_html},
    {"HtmlOfEntities", "", "&#229;&", "", from_html},
    {"HtmlOfBlanks", "", " <br> ", "", from_html},
    {"PageOfLists", "", "<ul><li>a", "", page},
    {"PageOfPhrases", "", "<b><i>a", "", page},
    {"PageOfTables", "", "<table><tr><th>a", "", page},
    {"PageOfCells", "<table border=1>", "<td>a", "", page},
    {"PageOfLinks", "", "<a href=https://x.no>a", "", page},
    {"PageOfCode", "", "<code>a", "", page},
    {"PlainQuotations", "", ">", "", plain},
    {"PlainLines", "", "> a\nb\n", "", plain},
    {"PlainItems", "", "* ", "", plain},
    {"PlainIndents", "", "* a\n  ", "", plain},
    {"PlainFences", "", "```\n", "", plain},
    {"PlainAddresses", "", "https://x.no ", "", plain},
    {"PlainAddressesThatAreNone", "", "https://", "", plain},
    {"WikiPhrases", "", "*a _b ", "", wiki},
    {"WikiSigns", "", "*", "", wiki},
    {"WikiBrackets", "", "[", "", wiki},
    {"WikiBraces", "", "{{", "", wiki},
    {"WikiPictures", "", "!a", "", wiki},
    {"WikiCells", "", "|a", "", wiki},
    {"WikiHeads", "", "||a", "", wiki},
    {"WikiItems", "", "* a\n** b\n", "", wiki},
    {"WikiCode", "", "{code}\n", "", wiki},
    {"WikiEntities", "", "&#42", "", wiki},
    {"TextilePhrases", "", "*a _b ", "", textile},
    {"TextileSigns", "", "*", "", textile},
    {"TextileDoubledSigns", "", "**a ", "", textile},
    {"TextileCode", "", "@a ", "", textile},
    {"TextileTags", "", "<code>", "", textile},
    {"TextilePreformatted", "", "<pre>\n", "", textile},
    {"TextilePreformattedWithEnds", "", "> <pre>a</pre>", "", textile},
    {"TextileComments", "", "<!-- ", "", textile},
    {"TextileLinks", "", "\"a\":", "", textile},
    {"TextilePictures", "", " !a", "", textile},
    {"TextileCells", "|", "a|", "", textile},
    {"TextileCodeInCells", "|", "<code>|", "", textile},
    {"TextileRowsThatNeverEnd", "", "|a\n", "", textile},
    {"TextileQuotations", "", ">", "", textile},
    {"TextileQuotedLines", "", "> a\nb\n", "", textile},
    {"TextileItems", "", "* a\n** b\n", "", textile},
    {"TextileBlocks", "", "bq. a\n", "", textile},
    {"TextileEntities", "", "&#42", "", textile},
    {"AdfParagraphs", R"({"type":"doc","content":[{"type":"paragraph"})",
     R"(,{"type":"paragraph","content":[{"type":"text","text":"a","marks":[{"type":"em"}]}]})",
     "]}", adf},
    {"AdfTexts", R"({"type":"doc","content":[{"type":"paragraph","content":[{"type":"hardBreak"})",
     R"(,{"type":"text","text":"a","marks":[{"type":"strong"},{"type":"code"}]})", "]}]}", adf},
    {"AdfOfOneNodeInAnother", "", R"({"type":"blockquote","content":[)", "", adf},
    {"MarkdownOfQuotations", "", ">", "", markdown},
    {"MarkdownOfLists", "", "- ", "", markdown},
    {"MarkdownOfStars", "", "*a **a ", "", markdown},
    {"MarkdownOfUnderscores", "", "_a ", "", markdown},
    {"MarkdownOfUnderscoresAlone", "", "_", "a", markdown},
    {"MarkdownOfBrackets", "", "[", "", markdown},
    {"MarkdownOfImages", "", "![[]()", "", markdown},
    {"MarkdownOfLinks", "", "[a](<b", "", markdown},
    {"MarkdownOfReferences", "", "[a]: /x\n", "", markdown},
    {"MarkdownOfTicks", "", "`a``b", "", markdown},
    {"MarkdownOfTags", "", "<a <!-- <?", "", markdown},
    {"MarkdownOfEntities", "", "&a;&", "", markdown},
    {"MarkdownOfAddresses", "", "www.a.no http://a ", "", markdown},
    {"MarkdownOfMail", "", "a@b.no.", "", markdown},
    {"MarkdownOfColons", "", "mailto:", "", markdown},
    {"MarkdownOfStruckWords", "", "~a ~~b ", "", markdown},
    {"MarkdownOfCells", "|a|b|\n|-|-|\n", "|a|", "", markdown},
    {"MarkdownOfRows", "|a|b|\n|-|-|\n", "|a|\n", "", markdown},
    {"MarkdownOfNestedQuotations", "", "> > > a\n", "", markdown},
    {"MarkdownOfHeads", "", "a|b\n-|-\n", "", markdown},
    {"MarkdownOfColumns", "", "|-", "\n", markdown},
    {"WordsThatNeverEnd", "", "=?utf-8?B?", "", merge_words},
    {"WordsWithoutCharset", "", "=?", "", merge_words},
    {"Words", "", "=?utf-8?B?w6U=?= ", "", merge_words},
    {"Latin1", "", "\xe5 \xc3\xa5", "", [](const std::string& text) { (void)repair_latin1(text); }},
    {"EscapedHtml", "", "\xe5<", "", [](const std::string& text) { (void)escape_html(text); }},
    {"Form", "", "a=%C3%A5&", "", [](const std::string& text) { (void)read_form(text); }},
    {"TypedWords", "", "\r \x01", "", [](const std::string& text) { (void)typed_words(text); }},
    {"PercentEncoded", "", "\xc3\xa5 ", "",
     [](const std::string& text) { (void)percent_encode(text); }},
    {"CleanText", "", "a\u0301\x01", "", [](const std::string& text) { (void)clean_text(text); }},
    {"CutToBytes", "", "\U0001F469\u200D", "",
     [](const std::string& text) { (void)cut_to(text, text.size() - 5, Measure::bytes); }},
    {"WithoutFourBytes", "", "\U0001F469\u200D", "",
     [](const std::string& text) { (void)without_four_bytes(text); }},
    {"ImapLines", "", "* 1 FETCH (UID 7 BODY[] {1}\r\na)\r\n", "",
     [](const std::string& text) { (void)read_fetched(text); }},
    {"ImapLinesThatNeverEnd", "", "* 1 FETCH (UID (", "\r\n",
     [](const std::string& text) { (void)read_fetched(text); }},
    {"ImapNumbers", "* SEARCH", " 7 8", "\r\n",
     [](const std::string& text) { (void)read_search(text); }},
    {"MailOfLines", kHead + "\n", "Hei\n", "", read},
    {"MailOfQuotedLines", kHead + "\n", "> Hei\nJa\n", "", read},
    {"MailOfHeaders", kHead, "X-A: b\n", "\nHei\n", read},
    {"MailOfReferences", kHead + "References:", " <a@b.test>\n", "\nHei\n", read,
     kLinesOfOneHeader},
    {"MailOfRecipients", kHead + "To: a@b.test", ",\n b@b.test", "\n\nHei\n", read,
     kLinesOfOneHeader},
    {"MailOfQuotedPrintable",
     kHead + "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: "
             "quoted-printable\n\n",
     "=C3=A5=\n", "", read},
};

INSTANTIATE_TEST_SUITE_P(Codec, LinearTime, testing::ValuesIn(kRows),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace saksbro::codec
