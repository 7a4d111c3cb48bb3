// Files that go from one ticket of a case onto others (docs/promises.md rows 50 to 52).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/core/play.h"

namespace saksbro::core {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::uint64_t kMegabyte = 1U << 20U;

std::vector<std::string> names_on(Play& play, const SystemName& at) {
  std::vector<std::string> names;
  for (const Attachment& one : play.ticket(at).attachments) names.push_back(one.name);
  return names;
}

std::vector<const FetchFile*> fetches(const Decision& decision) {
  std::vector<const FetchFile*> all;
  for (const Issued& one : decision.commands) {
    if (const auto* fetch = std::get_if<FetchFile>(&one.command.action)) all.push_back(fetch);
  }
  return all;
}

std::vector<AddComment> comments_to(const Decision& decision, const SystemName& to) {
  std::vector<AddComment> all;
  for (const Issued& one : decision.commands) {
    const auto* comment = std::get_if<AddComment>(&one.command.action);
    if (comment != nullptr && one.command.to == to) all.push_back(*comment);
  }
  return all;
}

void look_and_carry_out(Play& play, const SystemName& at) {
  play.sees(at);
  play.carry_out();
}

TEST(Files, AreFetchedFirstAndThenSentInOneCommentThatNamesThem) {
  Play play = case_in_work();
  play.attaches(kDesk, kKari, "skjerm.png", 1000);
  play.attaches(kDesk, kKari, "logg.txt", 20);
  const Decision& asked = play.sees(kDesk);
  ASSERT_THAT(fetches(asked), SizeIs(2));
  EXPECT_EQ(fetches(asked)[0]->name, "skjerm.png");
  EXPECT_EQ(fetches(asked)[0]->ticket, play.ticket(kDesk).key);
  EXPECT_THAT(comments_to(asked, kOperator), IsEmpty());
  play.carry_out();
  EXPECT_THAT(names_on(play, kOperator), ElementsAre("skjerm.png", "logg.txt"));
  EXPECT_THAT(play.ticket(kOperator).comments.back().text, HasSubstr(": skjerm.png, logg.txt"));
  EXPECT_EQ(play.ticket(kOperator).comments.back().visibility, Visibility::everyone);
}

TEST(Files, GoOnceHoweverOftenTheTicketIsRead) {
  Play play = case_in_work();
  play.attaches(kDesk, kKari, "skjerm.png", 1000);
  for (int i = 0; i < 3; ++i) look_and_carry_out(play, kDesk);
  for (int i = 0; i < 3; ++i) look_and_carry_out(play, kOperator);
  EXPECT_THAT(names_on(play, kOperator), ElementsAre("skjerm.png"));
  EXPECT_THAT(names_on(play, kDesk), ElementsAre("skjerm.png"));
}

TEST(Files, OfOursDoNotComeBackAlsoWhereTheTrackerDoesNotTellWhichCommentBroughtThem) {
  for (const bool tells : {true, false}) {
    Play play = case_in_work();
    play.tells_entries = tells;
    play.attaches(kOperator, kOla, "logg.txt", 20);
    look_and_carry_out(play, kOperator);
    look_and_carry_out(play, kDesk);
    look_and_carry_out(play, kOperator);
    EXPECT_THAT(names_on(play, kDesk), ElementsAre("logg.txt")) << tells;
    EXPECT_THAT(names_on(play, kOperator), ElementsAre("logg.txt")) << tells;
  }
}

TEST(Files, ThatAreInternalNeverLeave) {
  Play play = case_in_work();
  play.attaches(kDesk, kKari, "notat.txt", 20, Visibility::internal);
  EXPECT_THAT(fetches(play.sees(kDesk)), IsEmpty()) << "their bytes are not even fetched";
  play.carry_out();
  EXPECT_THAT(names_on(play, kOperator), IsEmpty());
}

// Promise 50.
TEST(Files, ThatAreTooLargeAreNamedWithALinkToTheirTicketOnce) {
  Play play = case_in_work();
  play.ticket(kDesk).url = "https://redmine.example/issues/1";
  play.attaches(kDesk, kKari, "film.mp4", 21 * kMegabyte);
  const Decision decision = play.sees(kDesk);
  EXPECT_THAT(fetches(decision), IsEmpty());
  ASSERT_THAT(comments_to(decision, kOperator), SizeIs(1));
  EXPECT_THAT(comments_to(decision, kOperator)[0].text, HasSubstr("film.mp4"));
  EXPECT_THAT(comments_to(decision, kOperator)[0].text,
              HasSubstr("https://redmine.example/issues/1"));
  play.carry_out();
  EXPECT_THAT(comments_to(play.sees(kDesk), kOperator), IsEmpty());
}

// Promise 52.
TEST(Files, ThatAreGoneBeforeTheyAreFetchedAreSaidAtTheDeskAndTheCaseGoesOn) {
  Play play = case_in_work();
  play.attaches(kOperator, kOla, "logg.txt", 20);
  ASSERT_THAT(fetches(play.sees(kOperator)), SizeIs(1));
  const Decision& refused = play.refuse("the file is not on the ticket any more");
  ASSERT_THAT(comments_to(refused, kDesk), SizeIs(1));
  EXPECT_EQ(comments_to(refused, kDesk)[0].visibility, Visibility::internal);
  play.carry_out();
  EXPECT_THAT(play.state().failed_commands, SizeIs(1));
  play.ticket(kOperator).attachments.clear();
  play.comments(kOperator, kOla, "Se heller her.");
  look_and_carry_out(play, kOperator);
  EXPECT_THAT(play.state().failed_commands, IsEmpty()) << "nobody misses what is not there";
  play.sets_status(kOperator, kOla, "løst");
  play.comments(kOperator, kOla, "Startet på nytt.");
  look_and_carry_out(play, kOperator);
  EXPECT_EQ(play.state().activity.text(), "M.1.3.7");
}

TEST(Files, OneThatIsRefusedKeepsNoOtherBack) {
  Play play = case_in_work();
  play.attaches(kDesk, kKari, "virus.png", 10);
  play.attaches(kDesk, kKari, "skjerm.png", 1000);
  play.sees(kDesk);
  play.refuse("the virus scanner refuses it");
  play.carry_out();
  EXPECT_THAT(names_on(play, kOperator), ElementsAre("skjerm.png"));
}

// Promise 51.
TEST(Files, WithTheSameBytesAreSentOnce) {
  Play play = case_in_work();
  play.attaches(kDesk, kKari, "skjerm.png", 1000);
  look_and_carry_out(play, kDesk);
  play.attaches(kDesk, kPer, "skjerm.png", 1000);
  look_and_carry_out(play, kDesk);
  EXPECT_THAT(names_on(play, kOperator), ElementsAre("skjerm.png"));
}

TEST(Files, OfAConfidentialTicketGoNowhere) {
  Play play = case_in_work();
  play.ticket(kDesk).confidential = true;
  play.attaches(kDesk, kKari, "skjerm.png", 1000);
  look_and_carry_out(play, kDesk);
  EXPECT_THAT(names_on(play, kOperator), IsEmpty());
}

TEST(Files, OfACaseThatIsClosedStayWhereTheyAre) {
  Play play = case_in_work();
  play.sets_status(kOperator, kOla, "løst");
  play.comments(kOperator, kOla, "Startet på nytt.");
  look_and_carry_out(play, kOperator);
  play.sets_status(kDesk, kPer, "LUKKET");
  look_and_carry_out(play, kDesk);
  ASSERT_TRUE(play.state().closed);
  play.attaches(kOperator, kOla, "sent.txt", 20);
  look_and_carry_out(play, kOperator);
  EXPECT_THAT(names_on(play, kDesk), IsEmpty());
}

TEST(Files, GoToTheSupplierThatTheCaseIsWithAndToNoFormerOne) {
  Play play = registered_case();
  const SystemName third{"third_line"};
  play.sets_status(kDesk, kKari, "Under arbeid");
  look_and_carry_out(play, kDesk);
  play.comments(kDesk, kKari, "/sak videresend 3. linje", Visibility::internal);
  look_and_carry_out(play, kDesk);
  play.comments(kDesk, kKari, "/sak ta", Visibility::internal);
  look_and_carry_out(play, kDesk);
  play.comments(kDesk, kKari, "/sak videresend drift", Visibility::internal);
  look_and_carry_out(play, kDesk);
  ASSERT_TRUE(play.state().tickets.contains(third) && play.state().tickets.contains(kOperator));
  play.attaches(kDesk, kKari, "kundelogg.txt", 1000);
  look_and_carry_out(play, kDesk);
  EXPECT_THAT(names_on(play, kOperator), ElementsAre("kundelogg.txt"));
  EXPECT_THAT(names_on(play, third), IsEmpty());
}

TEST(Files, OfAPersonWithTheNameAndSizeOfOneOfOursIsThePersons) {
  Play play = case_in_work();
  play.attaches(kOperator, kOla, "logg.txt", 20);
  look_and_carry_out(play, kOperator);
  play.comments(kDesk, kKari, "Samme logg, fra oss.");
  play.attaches(kDesk, kKari, "logg.txt", 20);
  play.ticket(kDesk).attachments.back().entry = play.ticket(kDesk).comments.back().id;
  EXPECT_THAT(fetches(play.sees(kDesk)), SizeIs(1)) << "its bytes tell whether it is another one";
}

TEST(Files, AreNotFetchedBeforeATicketWantsThem) {
  Play play = registered_case();
  play.attaches(kDesk, kPer, "skjerm.png", 1000);
  play.sees(kDesk);
  EXPECT_THAT(play.waiting(), testing::Each(testing::Truly([](const Issued& one) {
                return !std::holds_alternative<FetchFile>(one.command.action);
              })))
      << "no ticket wants it yet";
}

// Each mail of a thread tells of itself alone.
TEST(Files, OfAnEarlierMailAreThereStillWhenTheNextOneComes) {
  const SystemName inbox{"innboks"};
  const std::string sender = "per@ude.example.no";
  Play play;
  play.registers(inbox, sender, "Faktura", "Den feiler.", {{"sender", sender}});
  play.ticket(inbox).status = "";
  play.attaches(inbox, sender, "skjerm.png", 1000);
  play.sees(inbox);
  const auto sent = play.ticket(inbox).attachments;
  play.ticket(inbox).attachments.clear();
  play.comments(inbox, sender, "Det haster.");
  play.sees(inbox);
  EXPECT_THAT(play.state().tickets.at(inbox).files, SizeIs(1));
  play.ticket(inbox).attachments = sent;  // where it can be fetched still
  play.carry_out();
  EXPECT_THAT(names_on(play, kDesk), ElementsAre("skjerm.png"));
}

}  // namespace
}  // namespace saksbro::core
