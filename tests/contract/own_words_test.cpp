// Whose words are heard: tables of what mail programs, trackers and people write.
#include "bridge/contract/own_words.h"

#include <gtest/gtest.h>

namespace saksbro {
namespace {

struct Row {
  const char* name;
  const char* text;
  const char* own;
};

class OwnWords : public testing::TestWithParam<Row> {};

TEST_P(OwnWords, AreTheWritersAndNobodyElses) {
  EXPECT_EQ(own_words(GetParam().text), GetParam().own);
}

const Row kAbove[] = {
    {"GmailInNorwegian", "Ja.\n\nman. 1. jan. 2026 kl. 10:00 skrev Saker <s@k.no>:\n\n> /sak lukk",
     "Ja."},
    {"GmailInEnglish",
     "Yes.\n\nOn Thu, Jan 1, 2026 at 10:00 AM Saker <s@k.no> wrote:\n\n> /sak lukk", "Yes."},
    {"AppleInNorwegian", "Ja.\n\n> 1. jan. 2026 kl. 10:00 skrev Saker <s@k.no>:\n> \n> /sak lukk",
     "Ja."},
    {"AppleWithItsNarrowSpace",
     "Yes.\n\nOn 1 Jan 2026, at 10:00\u202FAM, Saker <s@k.no> wrote:\n/case close", "Yes."},
    {"ThunderbirdInNorwegian", "Ja.\n\nDen 01.01.2026 10:00, skrev Saker:\n> /sak lukk", "Ja."},
    {"ADayWithoutADate", "Yes.\n\nOn Sun, Acme wrote:\n/case close", "Yes."},
    {"RtInNorwegian",
     "Vi ser på saken.\nsø. 29. nov. 2026 21.04.32 skrev leif:\n> /sak løst Startet",
     "Vi ser på saken."},
    {"RtInEnglish", "We look.\nOn Sun Nov 29 21:04:32 2026, bro wrote:\n> Kunden venter.",
     "We look."},
    {"RedmineInNorwegian", "Takk.\n\nKari Nordmann skrev:\n> /sak ta", "Takk."},
    {"RedmineInEnglish", "Thanks.\n\nKari Nordmann wrote in #note-3:\n> /case take", "Thanks."},
    {"SomebodyWithoutADate", "Jeg vet ikke.\n> Saksbehandler skrev tidligere:\n> /sak lukk",
     "Jeg vet ikke."},
    {"InGerman", "Ja.\nAm 1. Januar 2026 um 10:00 schrieb Saker <s@k.no>:\n> /sak lukk", "Ja."},
    {"FoldedIntoThreeLines",
     "Ja.\nDen tor. 1. jan. 2026\nkl. 10:00 skrev Saksportalen\n<s@k.no>:\n\n/sak lukk", "Ja."},
    {"OutlookInNorwegian",
     "Ja.\n\nFra: Saker <s@k.no>\nSendt: torsdag 1. januar 2026 10:00\nTil: Per\nEmne: x\n\n/sak "
     "lukk",
     "Ja."},
    {"OutlookInEnglish",
     "Yes.\n\nFrom: Saker <s@k.no>\nSent: Thursday, January 1, 2026\nTo: Per\n\n/case close",
     "Yes."},
    {"OutlookInBold", "Ja.\n\n*Fra:* Saker\n*Dato:* torsdag\n/sak lukk", "Ja."},
    {"OutlookInNynorsk", "Ja.\n\nFrå: Saker\nSendt: torsdag\n/sak lukk", "Ja."},
    {"OldOutlook", "Ja.\n-----Opprinnelig melding-----\n/sak lukk", "Ja."},
    {"OldOutlookInEnglish", "Yes.\n----- Original Message -----\n/case close", "Yes."},
    {"AForwardedMail",
     "Se under.\n\n---------- Forwarded message ---------\nFrom: Kunde\n/sak lukk", "Se under."},
    {"AForwardedMailOfApple", "Se under.\n\nBegin forwarded message:\n\n/sak lukk", "Se under."},
    {"AForwardedMailInNorwegian", "Se under.\n\n-------- Videresendt melding --------\n/sak lukk",
     "Se under."},
    {"QuotationsWithin", "Ja.\n> Hei.\n>> /sak lukk\n> > /sak ta", "Ja."},
};
INSTANTIATE_TEST_SUITE_P(Above, OwnWords, testing::ValuesIn(kAbove),
                         [](const auto& row) { return row.param.name; });

const Row kBelow[] = {
    {"ThunderbirdInNorwegian",
     "Den 29.11.2026 22:00, skrev Brukerstøtte:\n> Saken du meldte, skal være løst:\n>\n> Startet "
     "på nytt.\n\nJa, det virker nå. Takk!",
     "Ja, det virker nå. Takk!"},
    {"InEnglish",
     "On 29/11/2026 22:00, Support wrote:\n> The case that you reported should be solved.\n\nyes, "
     "thanks",
     "yes, thanks"},
    {"RtInEnglish",
     "On Sun Nov 29 21:04:32 2026, bro wrote:\n> Kunden venter.\n\n/sak løst Disken er byttet.",
     "/sak løst Disken er byttet."},
    {"Redmine", "Den 29.11.2026 skrev Ola:\n> Vi venter.\n\n/sak ta", "/sak ta"},
    {"Between", "Hei.\n> Er den løst?\nNei.\n> Sikkert?\nJa.", "Hei.\nNei.\nJa."},
    {"TwoQuotations", "Per skrev:\n> a\nEn.\n\nKari skrev:\n> b\nTo.", "En.\n\nTo."},
};
INSTANTIATE_TEST_SUITE_P(Below, OwnWords, testing::ValuesIn(kBelow),
                         [](const auto& row) { return row.param.name; });

const Row kOthers[] = {
    {"ASignatureIsNotHeard", "Ja.\n-- \nPer\n/sak lukk", "Ja."},
    {"NorAQuotationBelowIt", "Ja.\n-- \nPer\n\nDen 1. jan. skrev Kari:\n/sak lukk", "Ja."},
    {"CodeIsTheWriters", "Slik:\n```\n/sak ta\n```\nFerdig.", "Slik:\n```\n/sak ta\n```\nFerdig."},
    {"AQuotationInCodeIsCode", "```\n> x\n```", "```\n> x\n```"},
    {"ALineThatEndsWithAColon", "Den kan godt tas:\nnå.", "Den kan godt tas:\nnå."},
    {"ASentenceThatSaysWrote", "Kunden skrev:\nikke noe.", "Kunden skrev:\nikke noe."},
    {"FromWithoutSent", "Fra: i går har det feilet.\nHilsen", "Fra: i går har det feilet.\nHilsen"},
    {"NothingButAQuotation", "> Hei.\n> /sak lukk", ""},
    {"Nothing", "", ""},
};
INSTANTIATE_TEST_SUITE_P(Others, OwnWords, testing::ValuesIn(kOthers),
                         [](const auto& row) { return row.param.name; });

TEST(SpokenLines, SayWhoSpeaks) {
  std::string voices;
  for (const SpokenLine& line :
       spoken_lines("Hei.\r\nPer skrev:\n> a\n\n~~~ log\n/sak\n~~~\n--\nKari")) {
    voices += line.voice == Voice::own         ? 'o'
              : line.voice == Voice::code      ? 'c'
              : line.voice == Voice::quotation ? 'q'
                                               : 's';
  }
  EXPECT_EQ(voices, "oqqocccss");
}

TEST(SpokenLines, AreTheTextLineByLine) {
  const auto lines = spoken_lines("a\r\n\nb");
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[0].text, "a");
  EXPECT_EQ(lines[1].text, "");
  EXPECT_EQ(lines[2].text, "b");
}

TEST(AroundOwnWords, QuotationsStayThatTheWordsReferTo) {
  EXPECT_EQ(around_own_words("Per skrev:\n> a\n\nEn.\n> b\nTo.\n> c\n-- \nPer"), "En.\n> b\nTo.");
  EXPECT_EQ(around_own_words("> bare sitat"), "");
  EXPECT_EQ(around_own_words(""), "");
}

TEST(QuotedTail, IsCutOff) {
  const std::vector<std::pair<std::string, std::string>> rows = {
      {"Ja.\n\nDen ons. 25. nov. 2026 kl. 10:05 skrev Saker <saker@kommune.no>:\n\n> Er den "
       "løst?\n",
       "Ja."},
      {"Ja.\n\nDen ons. 25. nov. 2026 kl. 10:05 skrev Saksportalen i kommunen\n"
       "<saker@kommune.no>:\n> Er den løst?\n>\n> Hilsen oss",
       "Ja."},
      {"Yes.\n\nOn Wed, Nov 25, 2026 at 10:05 AM Saker <saker@kommune.no> wrote:\n> Solved?\n",
       "Yes."},
      {"Yes.\n\nOn Wed, Nov 25, 2026 Saker wrote:\nSolved?\n/sak solved", "Yes."},
      {"Ja\n\n25. nov. 2026 kl. 10:05 skrev Saker <saker@kommune.no>:\n\n> Løst?", "Ja"},
      {"Ja\nHilsen Kari\n\nFra: Saker <saker@kommune.no>\nSendt: onsdag 25. november 2026\n"
       "Til: Kari\nEmne: Sak\n\nEr den løst?\n/sak løst",
       "Ja\nHilsen Kari"},
      {"Ja\n\n________________________________\nFrom: Saker\nTo: Kari\nSent: Wednesday\nHei", "Ja"},
      {"Ja\n\n*Fra:* Saker\n*Sendt:* onsdag\nHei", "Ja"},
      {"Ja\n\n-----Original Message-----\nHei", "Ja"},
      {"Ja\n\n-----Opprinnelig melding-----\nHei", "Ja"},
      {"Ja\n> Er den\n> løst?\n\n", "Ja"},
      // The sender's own words stay, wherever they stand.
      {"> Er den løst?\nNei.\n> Sikkert?\nJa.", "> Er den løst?\nNei.\n> Sikkert?\nJa."},
      {"On 3 of 5 machines he wrote:\n> feil\nSe over.",
       "On 3 of 5 machines he wrote:\n> feil\nSe over."},
      {"Den er ikke løst:\nDet feiler ennå.", "Den er ikke løst:\nDet feiler ennå."},
      {"Fra: i går har det feilet.\nHilsen", "Fra: i går har det feilet.\nHilsen"},
      {"> bare sitat", "> bare sitat"},
      {"", ""},
  };
  for (const auto& [text, own] : rows) EXPECT_EQ(without_quoted_tail(text), own) << text;
}

TEST(PlainBlanks, AreWhatIsComparedByTheEye) {
  EXPECT_EQ(with_plain_blanks("a\u00A0b\u202Fc\u2009d\u3000e\u1680f\u205Fg"), "a b c d e f g");
  EXPECT_EQ(with_plain_blanks("/\u200Bs\u2060a\uFEFFk\u00AD"), "/sak");
  EXPECT_EQ(with_plain_blanks("æøå € 👨\u200D👩 ‐"), "æøå € 👨\u200D👩 ‐");
}

}  // namespace
}  // namespace saksbro
