// What people say in their trackers, and what the core makes of it: one rule a test.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/moment.h"
#include "tests/core/play.h"

namespace saksbro::core {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;

// --- what people say

TEST(Command, ByTheWrongRoleIsADeviationAndAnswered) {
  Play play = case_at_operator();
  play.comments(kDesk, kPer, "/sak info ja");
  const auto& decision = play.sees(kDesk);
  ASSERT_THAT(but_notes(decision), SizeIs(1));
  EXPECT_EQ(comment_in(decision).visibility, Visibility::everyone) << "Per reads no private notes";
  EXPECT_EQ(comment_in(decision).text,
            "Bare Brukerstøtte 2. linje kan bruke «/sak info ja» nå (M.1.3.2). Mulig for deg: "
            "ingenting\n\n[SAK-2026-00001/2]");
  EXPECT_EQ(play.state().activity.text(), "M.1.3.2");
  EXPECT_THAT(play.told(),
              HasSubstr("+ DeviationNoted: /sak info ja (\"info ja\") by first_line is "
                        "not possible at M.1.3.2\n"));
}

TEST(Command, InAPrivateNoteOrAtAnotherPartyIsAnsweredInternally) {
  Play play = case_at_operator();
  play.comments(kDesk, kKari, "/sak tull", Visibility::internal);
  EXPECT_EQ(comment_in(play.sees(kDesk)).visibility, Visibility::internal);
  play.comments(kOperator, kOla, "/sak tull");
  EXPECT_EQ(comment_in(play.sees(kOperator)).visibility, Visibility::internal);
}

TEST(Command, ThatIsMisspeltIsAnsweredWithTheNearest) {
  Play play = registered_case();
  play.comments(kDesk, kKari, "/sak videresend dirft");
  EXPECT_EQ(
      comment_in(play.sees(kDesk)).text,
      "Saksbro kjenner ikke «/sak videresend dirft». Mente du «/sak videresend drift»? Mulig "
      "nå: /sak ta, /sak løst, /sak videresend 3. linje, /sak videresend drift, /sak videresend "
      "fagsystem, /sak internt nettverk, /sak generell interesse\n\n[SAK-2026-00001/1]");
}

TEST(Command, HelpSaysWhatIsPossibleNow) {
  Play play = case_at_operator();
  play.comments(kDesk, kKari, "/sak hjelp");
  EXPECT_EQ(
      comment_in(play.sees(kDesk)).text,
      "Mulig nå (Melding til 2. linje om at saken er registrert):\n"
      "/sak info ja: fører til M.1.3.3 Melding til 1. linje\n"
      "/sak info alle: fører til M.1.3.3 Melding til 1. linje\n"
      "/sak info nei: fører til M.1.3.5 Løser saken. Melding til 2. linje\n"
      "/sak løst ‹løsning›: fører til M.1.3.6 Løst sak sendes tilbake til 1. linje\n"
      "/sak senere-versjon ‹versjon›: fører til M.1.3.6 Løst sak sendes tilbake til 1. linje\n"
      "/sak ta: fører til M.1.1.3 Løser saken / avgjør videre saksgang\n"
      "/sak generell interesse\n"
      "/sak si leverandør ‹meldingen til leverandøren›\n\n[SAK-2026-00001/2]");
}

TEST(Command, InEnglishIsUnderstood) {
  Play play = registered_case();
  play.comments(kDesk, kKari, "/case forward operator");
  play.sees(kDesk);
  EXPECT_EQ(play.state().activity.text(), "M.1.3.1");
}

TEST(Command, InQuotedLinesOrBelowASignatureIsNotRead) {
  Play play = registered_case();
  play.comments(kDesk, kKari, "> /sak videresend drift\nHva mener du?\n-- \n/sak videresend drift");
  EXPECT_THAT(play.sees(kDesk).commands, IsEmpty());
  EXPECT_EQ(play.state().activity.text(), "M.1.1.2");
}

TEST(Command, BelowAQuotationIsReadAndInCodeItIsNot) {
  Play play = registered_case();
  play.comments(kDesk, kKari, "```\n/sak videresend drift\n```");
  EXPECT_THAT(play.sees(kDesk).commands, IsEmpty());
  play.comments(kDesk, kKari,
                "Per skrev:\n> Hva gjør vi?\n\n\u00A0/sak\u00A0videresend\u202Fdrift\u200B");
  play.sees(kDesk);
  EXPECT_EQ(play.state().activity.text(), "M.1.3.1");
}

TEST(Comment, IsSentOnWithItsQuotation) {
  Play play = case_in_work();
  play.comments(kOperator, kOla, "bro wrote:\n> Hvor ofte?\n\nHver time.");
  EXPECT_THAT(comment_in(sees_a_moment_later(play, kOperator)).text,
              StartsWith("Svar fra Driftsleverandøren (#5):\n\nbro wrote:\n> Hvor ofte?\n\n"
                         "Hver time."));
}

const SystemName kInbox{"innboks"};

// A case that an end user began by mail, and that 2nd line has solved.
Play solved_for_a_mail() {
  Play play;
  play.registers(kInbox, "per@ude.example.no", "Faktura", "Den feiler.",
                 {{"sender", "per@ude.example.no"}, {"sender.name", "Per"}});
  play.sees(kInbox);
  play.carry_out();
  play.sets_field(kDesk, kKari, "Eier 1. linje", "Per");
  play.comments(kDesk, kKari, "/sak løst Startet på nytt.");
  play.sees(kDesk);
  play.carry_out();
  return play;
}

TEST(Reply, IsTheWriterOwnFirstWordWhereverTheQuotationStands) {
  for (const char* text :
       {"Ja, det virker.", "> Er den løst?\n\nJa, det virker.",
        "Den 29.11.2026 22:00, skrev Brukerstøtte:\n> Saken skal være løst:\n>\n\nJa, takk!",
        "yes, thanks\n\nOn Sun, Acme wrote:\nno, never"}) {
    Play play = solved_for_a_mail();
    play.comments(kInbox, "per@ude.example.no", text);
    play.sees(kInbox);
    EXPECT_EQ(play.state().activity.text(), "M.1.2.6") << text << play.told();
  }
}

TEST(Reply, IsNoQuotedWord) {
  for (const char* text :
       {"> Ja, det virker.", "Den 29.11.2026 22:00, skrev Brukerstøtte:\nJa, det virker.",
        "Jeg vet ikke.\n> Ja."}) {
    Play play = solved_for_a_mail();
    const std::string before = play.state().activity.text();
    play.comments(kInbox, "per@ude.example.no", text);
    play.sees(kInbox);
    EXPECT_EQ(play.state().activity.text(), before) << text;
  }
}

TEST(Command, BringsTheWordsAfterItAndBelowIt) {
  Play play = case_at_operator();
  play.comments(kDesk, kKari, "/sak info ja Systemet er tregt.\nVi undersøker.");
  play.sees(kDesk);
  EXPECT_EQ(play.state().values.at("beskjed"), "Systemet er tregt.\nVi undersøker.");
}

TEST(Status, ThatNoTableKnowsIsParkedAndExplained) {
  Play play = registered_case();
  play.sets_status(kDesk, kKari, "Venter på kaffe");
  const auto& decision = play.sees(kDesk);
  EXPECT_THAT(in_english(decision.because),
              StartsWith("Parked: status \"Venter på kaffe\" stands in no table of "));
  EXPECT_THAT(but_notes(decision), SizeIs(1)) << "those that are known are named on the ticket";
}

TEST(Comment, OfThePublicKindIsCopiedAndAnInternalOneStays) {
  Play play = case_in_work();
  play.comments(kOperator, kOla, "Kunden skjønner ingenting.", Visibility::internal);
  EXPECT_THAT(play.sees(kOperator).commands, IsEmpty());
  play.comments(kOperator, kOla, "Vi ser på det.");
  const auto& decision = sees_a_moment_later(play, kOperator);
  ASSERT_THAT(decision.commands, SizeIs(1));
  EXPECT_THAT(comment_in(decision).text,
              StartsWith("Svar fra Driftsleverandøren (#5):\n\nVi ser på det."));
  EXPECT_EQ(comment_in(decision).visibility, Visibility::internal);
}

TEST(CaseNote, OnOneTicketIsNotAPersonsWordsWhereAnotherHasItToo) {
  const SystemName bym{"bym"};
  Play play = case_at_operator();
  play.comments(kDesk, kKari, "/sak info alle Bruk papir.");
  play.sees(kDesk);
  play.carry_out();
  play.sets_status(bym, "eva", "LØST");
  EXPECT_THAT(but_notes(play.sees(bym)), IsEmpty()) << "her status says it, on her own ticket";
}

// --- solved, and the words of the solution

TEST(Solved, WithoutWordsWaitsAndIsCompletedByTheNextReply) {
  Play play = case_in_work();
  play.sets_status(kOperator, kOla, "løst");
  const auto& asked = play.sees(kOperator);
  EXPECT_EQ(comment_in(asked).text,
            "Saksbro venter på løsning: skriv det som et svar her.\n\n[SAK-2026-00001/2]");
  EXPECT_EQ(play.state().activity.text(), "M.1.3.5");
  play.carry_out();
  play.pass(std::chrono::hours{3});
  play.comments(kOperator, kOla, "Indeksen er bygget på nytt.");
  play.sees(kOperator);
  EXPECT_EQ(play.state().activity.text(), "M.1.3.7");
  EXPECT_EQ(play.state().values.at("løsning"), "Indeksen er bygget på nytt.");
  EXPECT_FALSE(play.state().waiting);
}

TEST(Solved, TakesTheWriterOwnWordsAndNoQuotation) {
  Play play = case_in_work();
  play.comments(kOperator, kOla,
                "On Sun Nov 29 21:04:32 2026, bro wrote:\n> Kunden venter.\n\nDisken er byttet.\n"
                "-- \nOla");
  play.sets_status(kOperator, kOla, "løst");
  play.sees(kOperator);
  EXPECT_EQ(play.state().values.at("løsning"), "Disken er byttet.");
}

TEST(Solved, WaitsOnWhenTheReplyOnlyQuotes) {
  Play play = case_in_work();
  play.sets_status(kOperator, kOla, "løst");
  play.sees(kOperator);
  play.carry_out();
  play.comments(kOperator, kOla, "sø. 29. nov. 2026 21.04.32 skrev leif:\n> Startet på nytt.");
  play.sees(kOperator);
  EXPECT_EQ(play.state().activity.text(), "M.1.3.5");
  EXPECT_TRUE(play.state().waiting);
}

TEST(Solved, WaitsOnWhenTheReplyIsInternalAtTheOperator) {
  Play play = case_in_work();
  play.sets_status(kOperator, kOla, "løst");
  play.sees(kOperator);
  play.carry_out();
  play.comments(kOperator, kOla, "Kunden hadde feil passord.", Visibility::internal);
  play.sees(kOperator);
  EXPECT_EQ(play.state().activity.text(), "M.1.3.5");
  EXPECT_TRUE(play.state().waiting);
}

TEST(Solved, WaitsOnWhileOthersAnswerSomethingElse) {
  Play play = case_at_operator();
  play.sets_status(kOperator, kOla, "løst");
  play.sees(kOperator);
  play.carry_out();
  play.comments(kDesk, kKari, "/sak info nei");
  play.sees(kDesk);
  EXPECT_EQ(play.state().activity.text(), "M.1.3.5");
  play.comments(kOperator, kOla, "Indeksen er bygget på nytt.");
  play.sees(kOperator);
  EXPECT_EQ(play.state().values.at("løsning"), "Indeksen er bygget på nytt.");
  EXPECT_EQ(play.state().activity.text(), "M.1.3.7");
}

// At M.2.1.7, where both a solution and a later version may be told.
TEST(Solved, WaitingGivesWayToALaterVersionThatWaitsForItsOwnWords) {
  Play play;
  play.registers(kOperator, kOla, "Databasen er full", "");
  play.sees(kOperator);
  play.carry_out();
  play.comments(kDesk, kKari, "/sak info nei");
  play.sees(kDesk);
  play.carry_out();
  play.comments(kOperator, kOla, "/sak løst");
  play.sees(kOperator);
  play.carry_out();
  play.comments(kOperator, kOla, "/sak senere-versjon");
  EXPECT_THAT(comment_in(play.sees(kOperator)).text, StartsWith("Saksbro venter på versjon:"));
  play.carry_out();
  play.comments(kOperator, kOla, "7.2");
  play.sees(kOperator);
  EXPECT_EQ(play.state().values.at("versjon"), "7.2");
  EXPECT_EQ(play.state().activity.text(), "M.2.1.10");
}

TEST(Solved, TakesNoWordsThatAreOlderThanAQuarterOfAnHour) {
  Play play = case_in_work();
  play.comments(kOperator, kOla, "Vi ser på det.");
  play.sees(kOperator);
  play.carry_out();
  play.pass(std::chrono::minutes{15});
  play.sets_status(kOperator, kOla, "løst");
  play.sees(kOperator);
  EXPECT_EQ(play.state().activity.text(), "M.1.3.5");
  EXPECT_TRUE(play.state().waiting);
}

TEST(Solved, TakesNoCommandForTheWordsOfTheSolution) {
  Play play = case_at_operator();
  play.comments(kDesk, kKari, "/sak info nei");
  play.sets_status(kDesk, kKari, "LØST");
  play.sees(kDesk);
  EXPECT_FALSE(play.state().values.contains("løsning"));
}

}  // namespace
}  // namespace saksbro::core
