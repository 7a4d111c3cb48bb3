// Tickets that are not where they were, or not what they seem: deleted, moved, copied, and with a
// status that no table knows.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/play.h"

namespace saksbro::core {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

std::vector<std::string> told_in(const Decision& decision, const SystemName& at) {
  std::vector<std::string> texts;
  for (const Issued& issued : decision.commands) {
    const auto* comment = std::get_if<AddComment>(&issued.command.action);
    if (comment != nullptr && issued.command.to == at) texts.push_back(comment->text);
  }
  return texts;
}

// --- copies

Ticket copy_of(Play& play, const std::string& key) {
  Ticket copy = play.ticket(kDesk);
  copy.key = RemoteKey{key};
  copy.number = "#" + key;
  copy.comments.clear();
  copy.changes.clear();
  return copy;
}

Decision seen_as_stranger(Play& play, const Ticket& ticket) {
  Surroundings around;
  around.cause = DeliveryId{"copy"};
  around.now = play.now();
  around.epoch = play.epoch;
  around.next_number = CaseNumber{"SAK-2026-00002"};
  return decide(shipped_mapping(), std::nullopt, kDesk, TicketState{ticket}, around);
}

// Promise 45.
TEST(Copy, OfATicketStartsNothingAndIsAskedAbout) {
  Play play = registered_case();
  const Decision decision = seen_as_stranger(play, copy_of(play, "18"));
  EXPECT_THAT(decision.facts, IsEmpty());
  ASSERT_THAT(decision.commands, SizeIs(1));
  const auto& ask = std::get<AddComment>(decision.commands[0].command.action);
  EXPECT_EQ(ask.ticket, RemoteKey{"18"});
  EXPECT_EQ(ask.text,
            "Dette ser ut som en kopi av saken SAK-2026-00001. Saksbro gjør ikke noe med den. Skal "
            "den bli en egen sak, så tøm «Saksnummer».\n\n[saksbro/copy/18]");
  EXPECT_THAT(in_english(decision.because),
              HasSubstr("Ignored: ticket #18 looks like a copy of the ticket of "
                        "case SAK-2026-00001"));
}

// Promise 45.
TEST(Copy, IsAskedAboutOnceHoweverOftenItIsRead) {
  Play play = registered_case();
  Ticket copy = copy_of(play, "18");
  const auto first = seen_as_stranger(play, copy).commands.at(0).command.key;
  copy.title = "Noe annet";
  ++copy.revision;
  EXPECT_EQ(seen_as_stranger(play, copy).commands.at(0).command.key, first)
      << "the outbox takes each key once";
}

// Promise 45.
TEST(Copy, WhoseNumberIsEmptiedBecomesACaseOfItsOwn) {
  Play play = registered_case();
  Ticket copy = copy_of(play, "18");
  copy.fields["Saksnummer"] = "";
  const Decision decision = seen_as_stranger(play, copy);
  EXPECT_THAT(in_english(decision.because),
              HasSubstr("Case SAK-2026-00002 begins with ticket #18"));
}

// Promise 45.
TEST(Copy, ThatCarriesTheMarkerInheritsNeitherCaseNorTicket) {
  Play play = case_at_operator();
  Ticket copy = play.ticket(kOperator);
  copy.key = RemoteKey{"6"};
  copy.number = "#6";
  const auto& decision = play.sees(kOperator, TicketState{copy});
  EXPECT_THAT(decision.facts, IsEmpty());
  EXPECT_EQ(play.state().tickets.at(kOperator).key, RemoteKey{"5"});
  ASSERT_THAT(told_in(decision, kOperator), SizeIs(1));
  EXPECT_THAT(told_in(decision, kOperator)[0],
              AllOf(HasSubstr("kopi av saken SAK-2026-00001 (#5)"), HasSubstr("«Saksbro-nøkkel»")));
  EXPECT_EQ(comment_in(decision).visibility, Visibility::internal) << "another party's ticket";
}

// --- gone

// Promise 44.
TEST(GoneTicket, OfTheDeskIsToldWhereTheCaseStillHasATicket) {
  Play play = case_in_work();
  const auto& decision =
      play.sees(kDesk, TicketGone{play.ticket(kDesk).key, "Redmine no longer has this issue"});
  ASSERT_THAT(told_in(decision, kOperator), SizeIs(1));
  EXPECT_THAT(told_in(decision, kOperator)[0], HasSubstr("Saken #17 (desk) finnes ikke lenger"));
}

TEST(GoneTicket, IsToldWhyInTheLanguageOfTheReader) {
  Play play = case_in_work();
  const Phrase why{"moved to the queue \"{queue}\"", {{"queue", "Nett"}}};
  const auto& decision = play.sees(kOperator, TicketGone{play.ticket(kOperator).key, why});
  ASSERT_THAT(told_in(decision, kDesk), SizeIs(1));
  EXPECT_THAT(told_in(decision, kDesk)[0], HasSubstr("flyttet til køen «Nett»"));
  EXPECT_THAT(in_english(decision.because), HasSubstr("is gone: moved to the queue \"Nett\"."));
}

// Promise 44.
TEST(GoneTicket, IsNeitherMadeAnewNorWrittenTo) {
  Play play = case_in_work();
  play.sees(kOperator, TicketGone{play.ticket(kOperator).key, "deleted in RT"});
  play.carry_out();
  play.comments(kDesk, kKari, "/sak løst Vi fant det selv.");
  play.sees(kDesk);
  play.sets_status(kDesk, kPer, "LUKKET");
  const auto& decision = play.sees(kDesk);
  EXPECT_TRUE(play.state().closed);
  for (const Issued& issued : decision.commands) EXPECT_NE(issued.command.to, kOperator);
  EXPECT_THAT(play.told(), HasSubstr("Not done: the case's ticket in operator is gone"));
}

// Promise 44.
TEST(GoneTicket, MeansWhatTheMappingSays) {
  Play play = case_in_work();
  Mapping mapping = shipped_mapping();
  mapping.systems.at(kOperator).gone =
      GoneRule{Signal{"løst"}, Role{"operator"}, "operator.rt.yaml:9:7"};
  Surroundings around;
  around.cause = DeliveryId{"gone"};
  around.now = play.now();
  const Decision decision =
      decide(mapping, play.state(), kOperator,
             TicketGone{play.ticket(kOperator).key, "merged into #9"}, around);
  EXPECT_THAT(in_english(decision.because),
              HasSubstr("The ticket that is gone (operator.rt.yaml:9:7) by operator means \"løst\" "
                        "at M.1.3.5"));
}

// Promise 44.
TEST(GoneTicket, ThatIsSeenAgainIsFollowedAgain) {
  Play play = case_in_work();
  play.sees(kOperator, TicketGone{play.ticket(kOperator).key, "403"});
  EXPECT_TRUE(play.state().tickets.at(kOperator).gone);
  play.comments(kOperator, kOla, "Her er den igjen.");
  play.sees(kOperator);
  EXPECT_FALSE(play.state().tickets.at(kOperator).gone);
}

// --- moved

// Promise 43.
TEST(MovedTicket, IsFollowedByItsKeyAndItsNewNumberGoesToTheOthers) {
  Play play = case_in_work();
  play.ticket(kOperator).number = "XYZ-9";
  play.comments(kOperator, kOla, "Flyttet.", Visibility::internal);
  const auto& decision = play.sees(kOperator);
  EXPECT_THAT(in_english(decision.because),
              HasSubstr("Ticket #5 of operator has the number XYZ-9 now: it was moved."));
  play.carry_out();
  EXPECT_EQ(play.ticket(kDesk).fields.at("Leverandørens saksnummer"), "XYZ-9");
  EXPECT_EQ(play.state().tickets.at(kOperator).key, RemoteKey{"5"});
}

// --- statuses

// Promise 46.
TEST(UnknownStatus, IsParkedAndToldWithThoseThatAreKnown) {
  Play play = case_in_work();
  play.sets_status(kDesk, kKari, "Avklares");
  const auto& decision = play.sees(kDesk);
  EXPECT_THAT(in_english(decision.because),
              HasSubstr("Parked: status \"Avklares\" stands in no table of "));
  ASSERT_THAT(told_in(decision, kDesk), SizeIs(1));
  EXPECT_THAT(
      told_in(decision, kDesk)[0],
      HasSubstr("Saksbro kjenner ikke statusen «Avklares». Kjente her er: AVVENTER, LUKKET, "
                "LØST, Ny, Under arbeid."));
  EXPECT_EQ(play.state().status.text(), "AVVENTER");
  play.carry_out();
  play.sets_status(kDesk, kKari, "Under arbeid");
  play.sees(kDesk);
  play.carry_out();
  play.sets_status(kDesk, kKari, "Avklares");
  EXPECT_THAT(told_in(play.sees(kDesk), kDesk), Not(testing::Contains(HasSubstr("Kjente her er"))))
      << "once is enough";
}

// --- people

// Promise 48.
TEST(UnknownPerson, IsNeverKnownByADisplayName) {
  Mapping mapping = shipped_mapping();
  auto& desk = mapping.systems.at(kDesk);
  desk.roles = {{Role{"second_line"}, false, {"6"}, {}}};
  EXPECT_EQ(desk.role_of({"6", "Kari"}, {}), Role{"second_line"});
  EXPECT_EQ(desk.role_of({"99", "Kari"}, {}), std::nullopt);
  EXPECT_EQ(desk.role_of({"", "6"}, {}), std::nullopt);
  desk.roles.push_back({Role{"first_line"}, true, {}, {}});
  EXPECT_EQ(desk.role_of({"99", "Kari"}, {}), Role{"first_line"})
      << "what the mapping falls back to";
}

}  // namespace
}  // namespace saksbro::core
