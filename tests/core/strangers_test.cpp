// Tickets that were there before Saksbro: they are left alone unless somebody asks, and taken as
// they stand when somebody does.
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

// A ticket at the desk, an hour older than Saksbro, that has been worked on.
Play old_ticket(const std::string& status = "AVVENTER") {
  Play play;
  play.registers(kDesk, kPer, "Faktura feiler", "Feil.", kFilledIn);
  play.sets_status(kDesk, kKari, "Under arbeid");
  play.comments(kDesk, kKari, "/sak videresend drift");  // of another program, long ago
  if (status != "Under arbeid") play.sets_status(kDesk, kKari, status);
  play.pass(std::chrono::hours{1});
  play.epoch = play.now();
  return play;
}

std::vector<std::string> verbs(const Decision& decision) {
  std::vector<std::string> all;
  for (const Issued& one : but_notes(decision))
    all.push_back(one.command.to.text() + " " + verb(one.command.action));
  return all;
}

TEST(OldTicket, StartsNoCaseWhenSomebodyTouchesIt) {
  Play play = old_ticket();
  play.comments(kDesk, kPer, "Noe nytt?");
  const auto& decision = play.sees(kDesk);
  EXPECT_THAT(decision.facts, IsEmpty());
  EXPECT_THAT(decision.commands, IsEmpty());
  EXPECT_EQ(in_english(decision.because),
            "Nothing to do: ticket #17 was registered before Saksbro began here.");
}

TEST(OldTicket, ThatBearsANumberInTheCaseFieldIsNotAskedAboutEither) {
  Play play = old_ticket();
  play.sets_field(kDesk, kPer, "Saksnummer", "2019/0815");
  EXPECT_THAT(play.sees(kDesk).commands, IsEmpty());
}

TEST(OldTicket, ThatBearsANumberGetsANewOneWhenSomebodyAsksForACase) {
  Play play = old_ticket();
  play.sets_field(kDesk, kPer, "Saksnummer", "2019/0815");
  play.comments(kDesk, kKari, "/sak start");
  play.sees(kDesk);
  play.carry_out();
  EXPECT_EQ(play.ticket(kDesk).fields.at("Saksnummer"), play.state().number.text());
  EXPECT_EQ(play.ticket(kDesk).status, "AVVENTER") << "nothing sets it back";
}

TEST(OldTicket, ThatSomebodyAsksForIsTakenAsItStands) {
  Play play = old_ticket();
  play.comments(kDesk, kKari, "/sak start");
  const auto& decision = play.sees(kDesk);
  EXPECT_THAT(in_english(decision.because),
              HasSubstr("The ticket is older than Saksbro: it is adopted as it is."));
  EXPECT_THAT(verbs(decision), Not(testing::Contains("desk status")));
  EXPECT_THAT(verbs(decision), Not(testing::Contains("operator create")));
  play.carry_out();
  EXPECT_EQ(play.ticket(kDesk).status, "AVVENTER") << "nothing sets it back";
  EXPECT_THAT(play.told(), Not(HasSubstr("SignalHeard teknisk feil"))) << "its history is no news";
  EXPECT_THAT(in_english(play.sees(kDesk).because), "Nothing to do: the ticket shows nothing new.");
}

TEST(OldTicket, ThatIsWorkedOnBeginsWhereItsStatusSays) {
  Play play = old_ticket("Under arbeid");
  play.comments(kDesk, kPer, "/sak start");
  play.sees(kDesk);
  play.carry_out();
  EXPECT_EQ(play.state().activity.text(), "M.1.1.3");
  EXPECT_EQ(play.ticket(kDesk).status, "Under arbeid");
}

TEST(OldTicket, IsNotStartedByWhoHasNoRole) {
  Play play = old_ticket();
  play.comments(kDesk, "", "/sak starten");
  EXPECT_THAT(play.sees(kDesk).facts, IsEmpty());
}

TEST(OldTicket, RegisteredSinceTheDayThatTheProcessNamesStartsACase) {
  Mapping mapping = shipped_mapping();
  Play play = old_ticket();
  for (Begin& begin : mapping.processes.front().begins)
    begin.from = std::chrono::floor<std::chrono::days>(local_time(mapping.calendar, play.now()));
  Surroundings around;
  around.cause = DeliveryId{"d"};
  around.now = play.now();
  around.epoch = play.epoch;
  around.next_number = CaseNumber{"SAK-2026-00001"};
  Ticket ticket = play.ticket(kDesk);
  ticket.read_at = play.now();
  EXPECT_THAT(in_english(decide(mapping, std::nullopt, kDesk, TicketState{ticket}, around).because),
              AllOf(HasSubstr("Case SAK-2026-00001 begins"), HasSubstr("adopted as it is")));
  ticket.created -= std::chrono::hours{48};
  EXPECT_THAT(decide(mapping, std::nullopt, kDesk, TicketState{ticket}, around).facts, IsEmpty());
}

TEST(ClosedTicket, ThatNobodyFollowedIsLeftAlone) {
  Play play;
  play.registers(kDesk, kPer, "Faktura feiler", "Feil.", kFilledIn);
  play.sets_status(kDesk, kPer, "LUKKET");
  play.comments(kDesk, kPer, "Takk.");
  const auto& decision = play.sees(kDesk);
  EXPECT_THAT(decision.facts, IsEmpty());
  EXPECT_THAT(decision.commands, IsEmpty());
  EXPECT_EQ(in_english(decision.because), "Ignored: ticket #17 is already closed.");
}

TEST(ClosedTicket, OfBeforeIsNotStartedByACommand) {
  Play play = old_ticket("LUKKET");
  play.comments(kDesk, kKari, "/sak start");
  EXPECT_THAT(play.sees(kDesk).commands, IsEmpty());
}

TEST(NewTicket, OfATrackerWhoseClockIsBehindIsNew) {
  Play play;
  play.registers(kDesk, kPer, "Faktura feiler", "Feil.", kFilledIn);
  play.epoch = play.now() - std::chrono::seconds{30};
  Ticket ticket = play.ticket(kDesk);
  for (Instant* stamp : {&ticket.created, &ticket.updated}) *stamp -= std::chrono::minutes{5};
  ticket.read_at = ticket.created + std::chrono::seconds{10};
  EXPECT_THAT(in_english(play.sees(kDesk, TicketState{ticket}).because),
              HasSubstr("begins with ticket #17"));
}

TEST(NewTicket, IsNoMailThatCameBeforeSaksbro) {
  Play play;
  play.registers(kDesk, kPer, "Faktura feiler", "Feil.", kFilledIn);
  Ticket mail = play.ticket(kDesk);
  play.pass(std::chrono::minutes{5});
  play.epoch = play.now() - std::chrono::minutes{1};
  EXPECT_THAT(play.sees(kDesk, TicketState{mail}).facts, IsEmpty());
}

// --- a partner's number that people have written

Play linked_by_hand(const std::string& number) {
  Play play = registered_case();
  play.sets_field(kDesk, kKari, "Leverandørens saksnummer", number);
  play.sees(kDesk);
  play.carry_out();
  play.comments(kDesk, kKari, "/sak videresend drift");
  return play;
}

TEST(PartnersNumber, ThatStandsThereIsLookedAtAndNoSecondTicketIsOpened) {
  Play play = linked_by_hand("#5");
  const auto& decision = play.sees(kDesk);
  EXPECT_THAT(verbs(decision),
              AllOf(testing::Contains("operator read"), Not(testing::Contains("operator create"))));
}

TEST(PartnersNumber, OfATicketThatIsThereIsTheCasesAndIsNotOverwritten) {
  Play play = linked_by_hand("#5");
  play.sees(kDesk);
  play.forget_commands();
  play.registers(kOperator, kOla, "Faktura", "Meldt per telefon.");
  play.comments(kOperator, kOla, "Vi ser på den.");
  const auto& decision = play.sees(kOperator);
  EXPECT_THAT(in_english(decision.because),
              HasSubstr("belongs to case SAK-2026-00001: a person has written its number."));
  EXPECT_THAT(play.told(), Not(HasSubstr("SignalHeard svart"))) << "its history is no news";
  play.carry_out();
  EXPECT_EQ(play.ticket(kDesk).fields.at("Leverandørens saksnummer"), "#5");
  EXPECT_EQ(play.state().activity.text(), "M.1.3.2");
  EXPECT_EQ(play.state().tickets.at(kOperator).key, RemoteKey{"5"});
}

TEST(PartnersNumber, OfNoTicketIsToldAndOneIsOpened) {
  Play play = linked_by_hand("#99");
  const auto look = play.sees(kDesk).commands;
  Surroundings around;
  around.cause = DeliveryId{"a"};
  around.now = play.now();
  for (const Issued& one : look) {
    if (!std::holds_alternative<ReadTicket>(one.command.action)) continue;
    const Decision decision =
        decide(shipped_mapping(), play.state(), kOperator,
               CommandResult{one.command.key, "read", RemoteKey{"99"}, true, ""}, around);
    EXPECT_THAT(verbs(decision), testing::Contains("operator create"));
    EXPECT_THAT(comment_in(decision).text,
                HasSubstr("«#99» er ingen sak hos Driftsleverandøren som denne saken kan ha."));
    return;
  }
  FAIL() << "nothing was looked at";
}

TEST(PartnersNumber, ThatIsARemarkIsToldAndOneIsOpened) {
  Play play = linked_by_hand("se mail fra Ola");
  const auto& decision = play.sees(kDesk);
  EXPECT_THAT(verbs(decision), testing::Contains("operator create"));
  EXPECT_THAT(in_english(decision.because),
              HasSubstr("Not adopted: \"se mail fra Ola\" is no ticket"));
}

}  // namespace
}  // namespace saksbro::core
