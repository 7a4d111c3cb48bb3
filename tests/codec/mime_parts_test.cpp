// Which parts of a mail are its words, and in which letters: mails as programs send them.
#include "bridge/codec/mime/mime_parts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bridge/codec/mime/mime.h"
#include "bridge/codec/mime/mime_flowed.h"

namespace saksbro::codec {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;

struct Part {
  std::string head;  // without its line end
  std::string body;
};

std::string one(const std::string& head, const std::string& body) {
  return "From: Per <per@ude.example.no>\r\n" + head + "\r\n\r\n" + body;
}

std::string several(const std::string& kind, const std::vector<Part>& parts) {
  std::string body;
  for (const Part& part : parts) body += "--b\r\n" + part.head + "\r\n\r\n" + part.body + "\r\n";
  return one("Content-Type: multipart/" + kind + "; boundary=b", body + "--b--\r\n");
}

struct Row {
  const char* name;
  std::string mail;
  std::string text;
  std::vector<std::string> attachments;
};

class MailParts : public testing::TestWithParam<Row> {};

TEST_P(MailParts, AreReadAsTheirSenderMeantThem) {
  const auto read = read_mail(GetParam().mail, "test");
  ASSERT_TRUE(read) << read.error().text();
  EXPECT_EQ(read->text, GetParam().text);
  EXPECT_THAT(read->attachments, ElementsAreArray(GetParam().attachments));
}

const Part kPlain{"Content-Type: text/plain; charset=utf-8", "Hei."};
const Part kHtml{"Content-Type: text/html; charset=utf-8", "<p>Hei i HTML.</p>"};
const Part kBlank{"Content-Type: text/plain; charset=utf-8", "\xC2\xA0\r\n"};
const Part kInvitation{"Content-Type: text/calendar; charset=utf-8; method=REQUEST",
                       "BEGIN:VCALENDAR\r\nEND:VCALENDAR"};
const Part kInner{"Content-Type: message/rfc822",
                  "From: Nett <noc@nett.example.com>\r\nSubject: =?utf-8?Q?L=C3=B8st?=\r\n\r\n"
                  "Den er byttet.\r\n/sak lukk"};

std::string with_file(const std::string& head, const std::string& body) {
  return several("mixed", {kPlain, {head, body}});
}

const Row kAlternatives[] = {
    {"HtmlAndCalendar",
     several("alternative", {kHtml, kInvitation}),
     "Hei i HTML.",
     {"kalender.ics"}},
    {"BlankPlainHtmlAndCalendar",
     several("alternative", {kBlank, kHtml, kInvitation}),
     "Hei i HTML.",
     {"kalender.ics"}},
    {"PlainHtmlAndCalendar",
     several("alternative", {kPlain, kHtml, kInvitation}),
     "Hei.",
     {"kalender.ics"}},
    {"CalendarAlone",
     one("Content-Type: text/calendar; method=REPLY", "BEGIN:VCALENDAR"),
     "",
     {"kalender.ics"}},
    {"BlankPlainAndHtml", several("alternative", {kBlank, kHtml}), "Hei i HTML.", {}},
    {"HtmlBeforePlain", several("alternative", {kHtml, kPlain}), "Hei.", {}},
    {"BlankHtmlAndPlain",
     several("alternative", {kPlain, {"Content-Type: text/html", "<p>&nbsp;</p>"}}),
     "Hei.",
     {}},
    {"SomethingRicher",
     several("alternative", {kPlain, {"Content-Type: text/enriched", "<bold>Hei</bold>"}}),
     "Hei.",
     {"vedlegg"}},
};

const Row kFiles[] = {
    {"ALogShownInline",
     with_file("Content-Type: text/plain; name=\"app.log\"\r\nContent-Disposition: inline; "
               "filename=\"app.log\"",
               "ERROR\r\n/sak lukk"),
     "Hei.",
     {"app.log"}},
    {"ATable",
     with_file("Content-Type: text/csv; name=\"ansatte.csv\"", "navn;fnr"),
     "Hei.",
     {"ansatte.csv"}},
    {"ACard",
     with_file("Content-Type: text/x-vcard; name=\"per.vcf\"", "BEGIN:VCARD"),
     "Hei.",
     {"per.vcf"}},
    {"ATextOfAnotherKind", with_file("Content-Type: text/x-log", "x"), "Hei.", {"vedlegg"}},
    {"APageAsAFile",
     with_file("Content-Type: text/html; name=feil.html", "<p>x"),
     "Hei.",
     {"feil.html"}},
    {"ANamedMailOfOneText",
     one("Content-Type: text/plain; name=\"melding.txt\"", "Hei."),
     "Hei.",
     {}},
    {"APictureWithinThePage",
     several("related",
             {kHtml, {"Content-Type: image/png; name=\"skjerm.png\"\r\nContent-ID: <1>", "x"}}),
     "Hei i HTML.",
     {"skjerm.png"}},
    {"ASignedMail",
     several("signed",
             {kPlain, {"Content-Type: application/pgp-signature; name=signature.asc", "x"}}),
     "Hei.",
     {}},
    {"ATextAfterTheFile",
     several("mixed", {kPlain,
                       {"Content-Type: image/png; name=a.png", "x"},
                       {"Content-Type: text/plain", "Hilsen Per"}}),
     "Hei.\n\nHilsen Per",
     {"a.png"}},
};

const Row kMails[] = {
    {"AnAttachedMailIsSomebodyElsesText",
     several("mixed", {kHtml, kInner}),
     "Hei i HTML.",
     {"message.eml"}},
    {"AMailForwardedWithoutAWord",
     several("mixed", {kBlank,
                       {"Content-Type: message/rfc822\r\nContent-Disposition: attachment; "
                        "filename=\"Feil fra kunden.eml\"",
                        kInner.body}}),
     "Feil fra kunden.eml:\n> From: Nett <noc@nett.example.com>\n> Subject: Løst\n>\n> Den er "
     "byttet.\n> /sak lukk",
     {"Feil fra kunden.eml"}},
    {"TwoMails",
     several("mixed", {kInner, kInner}),
     "message.eml:\n> From: Nett <noc@nett.example.com>\n> Subject: Løst\n>\n> Den er byttet.\n> "
     "/sak lukk\n\nmessage.eml:\n> From: Nett <noc@nett.example.com>\n> Subject: Løst\n>\n> Den er "
     "byttet.\n> /sak lukk",
     {"message.eml", "message.eml"}},
};

const Row kLetters[] = {
    {"Windows1252CalledLatin1",
     one("Content-Type: text/plain; charset=\"iso-8859-1\"\r\nContent-Transfer-Encoding: "
         "quoted-printable",
         "Meldingen sier =93Bel=F8p mangler=94 =96 500 =80=85"),
     "Meldingen sier “Beløp mangler” – 500 €…",
     {}},
    {"Windows1252CalledAscii",
     one("Content-Type: text/plain; charset=us-ascii", "Bel\xF8p \x96 500 \x80"),
     "Beløp – 500 €",
     {}},
    {"Windows1252CalledNothing",
     one("Content-Type: text/plain",
         "\x93"
         "Bel\xF8p\x94"),
     "“Beløp”",
     {}},
    {"Utf8CalledNothing", one("Content-Type: text/plain", "“Beløp”"), "“Beløp”", {}},
    {"Utf8CalledAscii", one("Content-Type: text/plain; charset=ascii", "Beløp"), "Beløp", {}},
    {"OneWrongByteInUtf8",
     one("Content-Type: text/plain; charset=utf-8", "Bel\xC3\xB8p \xFF og p\xC3\xA5 nytt"),
     "Beløp ÿ og på nytt",
     {}},
    {"OneWrongByteInJapanese",
     one("Content-Type: text/plain; charset=iso-2022-jp", "\x1B$B$3\x1B(B a\xFF b"),
     "こ a\uFFFD b",
     {}},
    {"JapaneseOfWindows", one("Content-Type: text/plain; charset=Shift_JIS", "\x87\x40"), "①", {}},
    {"ACharsetThatNobodyKnows",
     one("Content-Type: text/plain; charset=x-egen", "Bel\xF8p"),
     "Beløp",
     {}},
    {"APageInWindows1252",
     one("Content-Type: text/html; charset=iso-8859-1", "<p>\x80&ndash;</p>"),
     "€–",
     {}},
};

const Row kFlowed[] = {
    {"WithBrokenWords",
     one("Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes",
         "Den er brutt og som egentlig h\xC3\xB8 \r\nrer sammen.\r\n >dette er ikke et sitat\r\n "
         "From "
         "start\r\n-- \r\nPer"),
     "Den er brutt og som egentlig hører sammen.\n>dette er ikke et sitat\nFrom start\n-- \nPer",
     {}},
    {"WithQuotations",
     one("Content-Type: text/plain; format=flowed",
         "> en lang \r\n> linje\r\n>> eldre \r\n>> linje\r\nsvar \r\n\r\nslutt"),
     "> en lang linje\n>> eldre linje\nsvar \n\nslutt",
     {}},
    {"ButNotWhereNobodySaysSo", one("Content-Type: text/plain", "en \r\nto"), "en \nto", {}},
};

INSTANTIATE_TEST_SUITE_P(Alternatives, MailParts, testing::ValuesIn(kAlternatives),
                         [](const auto& row) { return row.param.name; });
INSTANTIATE_TEST_SUITE_P(Files, MailParts, testing::ValuesIn(kFiles),
                         [](const auto& row) { return row.param.name; });
INSTANTIATE_TEST_SUITE_P(Mails, MailParts, testing::ValuesIn(kMails),
                         [](const auto& row) { return row.param.name; });
INSTANTIATE_TEST_SUITE_P(Letters, MailParts, testing::ValuesIn(kLetters),
                         [](const auto& row) { return row.param.name; });
INSTANTIATE_TEST_SUITE_P(Flowed, MailParts, testing::ValuesIn(kFlowed),
                         [](const auto& row) { return row.param.name; });

TEST(LineFlowOfHeaders, IsWhatTheTopmostContentTypeSaysHoweverItIsWritten) {
  const auto flow = [](const std::string& headers) {
    const LineFlow read = line_flow(headers);
    return read.delsp ? "delsp" : read.flowed ? "flowed" : "as it is";
  };
  EXPECT_STREQ(
      flow("Subject: æ\nContent-Type: text/plain;\n\tformat=\"flowed\";\n delsp=\"yes\"\n"),
      "delsp");
  EXPECT_STREQ(flow("CONTENT-TYPE:text/plain; FORMAT=Flowed; delsp=no\r\nX: y"), "flowed");
  EXPECT_STREQ(flow("Content-Type: text/plain; delsp=yes\n"), "as it is");
  EXPECT_STREQ(flow("Content-Type: text/plain\nX-Note: a;\n format=flowed\n"), "as it is");
  EXPECT_STREQ(flow("Content-Type: text/plain\nContent-Type: text/plain; format=flowed"),
               "as it is");
  EXPECT_STREQ(flow("X-Content-Type: text/plain; format=flowed"), "as it is");
  EXPECT_STREQ(flow("Content-Type:"), "as it is");
  EXPECT_STREQ(flow(std::string("Content-Type: ;\0=\"; format=flowed", 33)), "as it is");
  EXPECT_STREQ(flow(""), "as it is");
}

TEST(MailHeads, HaveTheLettersThatTheirProgramMeant) {
  const auto subject = [](const std::string& written) {
    return read_mail("Subject: " + written + "\r\n\r\nHei", "test")->subject;
  };
  EXPECT_EQ(subject("=?iso-8859-1?Q?Feil_i_=93L=F8nn=94_=96_=80?="), "Feil i “Lønn” – €");
  EXPECT_EQ(subject("=?us-ascii?B?gA==?= =?iso-8859-1?Q?=80?="), "€€");
  EXPECT_EQ(subject("Bel\xF8p \x96 \x80"), "Beløp – €");
  EXPECT_EQ(subject("=?utf-8*nb?Q?p=C3=A5?="), "på");
  EXPECT_EQ(subject("=?iso-8859-1?Q?med blank =80?="), "med blank €");
}

TEST(MailHeads, NameTheMailsThatAreAnsweredHoweverTheyAreWritten) {
  const auto answered = [](const std::string& written) {
    return read_mail("In-Reply-To: " + written + "\r\n\r\nHei", "test")->in_reply_to;
  };
  EXPECT_THAT(answered("<saksbro.1.2@k.no>"), ElementsAre("saksbro.1.2@k.no"));
  EXPECT_THAT(answered("=?utf-8?Q?=3Csaksbro=2E1?=\r\n =?utf-8?Q?=2E2=40k=2Eno=3E?="),
              ElementsAre("saksbro.1.2@k.no"));
  EXPECT_THAT(answered("=?us-ascii?B?PHNha3Nicm8uMS4yQGsubm8+?="), ElementsAre("saksbro.1.2@k.no"));
  EXPECT_THAT(answered("<saksbro.1.\r\n 2@k.no>"), testing::Contains("saksbro.1.2@k.no"));
}

TEST(MailHeads, TellWhomToAnswer) {
  const auto read = read_mail("From: a@b.no\r\nReply-To: Per <per@ude.no>, x\r\n\r\nHei", "test");
  EXPECT_THAT(read->reply_to, ElementsAre(Mailbox{"Per", "per@ude.no"}));
}

}  // namespace
}  // namespace saksbro::codec
