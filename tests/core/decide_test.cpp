// What the core makes of tickets, of its own writes come back, and of refusals: one rule a test.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/play.h"

namespace saksbro::core {
namespace {

using testing::Contains;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

// --- births

TEST(Birth, WithoutANumberAsksForOneAndSaysWhatIsKnownOfTheCase) {
  Play play;
  play.registers(kDesk, kPer, "Faktura feiler", "Feil ved godkjenning.", kFilledIn);
  Surroundings around;
  around.now = play.ticket(kDesk).created;
  const Decision first = decide(shipped_mapping(), std::optional<Case>{}, kDesk,
                                Observation{TicketState{play.ticket(kDesk)}}, around);
  EXPECT_TRUE(first.needs_number);
  EXPECT_THAT(first.commands, IsEmpty());
  EXPECT_THAT(first.facts, Contains(Fact{ValueKept{"title", "Faktura feiler"}}));
  around.next_number = CaseNumber{"SAK-2026-00007"};
  const Decision second = decide(shipped_mapping(), std::optional<Case>{}, kDesk,
                                 Observation{TicketState{play.ticket(kDesk)}}, around);
  EXPECT_FALSE(second.needs_number);
  EXPECT_EQ(second.after->number, around.next_number);
}

// --- hints and snapshots

TEST(Hint, OfAChangeThatHasBeenSeenIsNothing) {
  Play play = registered_case();
  const Instant changed = play.ticket(kDesk).updated;
  play.pass(std::chrono::seconds{10});
  play.sees(kDesk);
  const auto& decision = play.sees(kDesk, TicketHint{RemoteKey{"17"}, changed});
  EXPECT_THAT(decision.commands, IsEmpty());
  EXPECT_EQ(in_english(decision.because), "Nothing to do: this change has been seen already.");
}

TEST(Hint, OfTheSecondInWhichTheTicketWasReadIsReadAgain) {
  Play play = registered_case();
  const auto& decision = play.sees(kDesk, TicketHint{RemoteKey{"17"}, play.ticket(kDesk).updated});
  ASSERT_THAT(decision.commands, SizeIs(1));
  EXPECT_EQ(std::get<ReadTicket>(decision.commands[0].command.action).ticket, RemoteKey{"17"});
}

TEST(Hint, WithoutAStampIsReadAgain) {
  Play play = registered_case();
  play.pass(std::chrono::hours{1});
  play.sees(kDesk);
  EXPECT_THAT(play.sees(kDesk, TicketHint{RemoteKey{"17"}, std::nullopt}).commands, SizeIs(1));
}

TEST(Snapshot, OlderThanTheOneKnownIsNothing) {
  Play play = registered_case();
  const Ticket old = play.ticket(kDesk);
  play.comments(kDesk, kPer, "Haster.");
  play.sees(kDesk);
  const auto& decision = play.sees(kDesk, TicketState{old});
  EXPECT_THAT(decision.facts, IsEmpty());
  EXPECT_EQ(in_english(decision.because),
            "Nothing to do: this state of the ticket is older than the one known.");
}

TEST(Snapshot, TheSameTwiceSaysNothingTheSecondTime) {
  Play play = registered_case();
  play.comments(kDesk, kKari, "/sak videresend drift");
  EXPECT_THAT(play.sees(kDesk).commands, Not(IsEmpty()));
  const auto& again = play.sees(kDesk);
  EXPECT_THAT(again.commands, IsEmpty());
  EXPECT_EQ(in_english(again.because), "Nothing to do: the ticket shows nothing new.");
}

TEST(Snapshot, ThatShowsNothingNewIsNoFact) {
  Play play = registered_case();
  play.pass(std::chrono::seconds{10});
  EXPECT_THAT(play.sees(kDesk).facts, SizeIs(1)) << "now it is sure that the second had no more";
  for (int night = 0; night < 3; ++night) {
    play.pass(std::chrono::hours{24});
    EXPECT_THAT(play.sees(kDesk).facts, IsEmpty());
  }
  const auto& hint = play.sees(kDesk, TicketHint{RemoteKey{"17"}, play.ticket(kDesk).updated});
  EXPECT_THAT(hint.commands, IsEmpty()) << "a hint of what was seen asks for no other look";
  play.sets_field(kDesk, kPer, "Eier 1. linje", "Kari");
  EXPECT_THAT(play.sees(kDesk).facts, Not(IsEmpty()));
}

TEST(Snapshot, OfATicketThatIsGoneIsRemembered) {
  Play play = registered_case();
  const auto& decision = play.sees(kDesk, TicketGone{RemoteKey{"17"}, "404"});
  EXPECT_EQ(in_english(decision.because), "Ticket #17 in desk is gone: 404.");
  EXPECT_TRUE(play.state().tickets.at(kDesk).gone);
}

// --- echoes

TEST(Echo, OfEachOfOurWritesCausesNothing) {
  Play play = registered_case();
  play.comments(kDesk, kKari, "/sak videresend drift");
  play.sees(kDesk);
  play.carry_out();
  EXPECT_THAT(play.told(), HasSubstr("+ EchoRecognised desk/"));
  EXPECT_THAT(play.told(), Not(HasSubstr("DeviationNoted")));
  EXPECT_EQ(play.state().activity.text(), "M.1.3.2");
}

TEST(Echo, OfAStatusOnTheWayIsOursToo) {
  Play play = registered_case();
  play.comments(kDesk, kKari, "/sak videresend drift");
  play.sees(kDesk);  // AVVENTER is on its way
  play.sets_status(kDesk, kBot, "Under arbeid");
  const auto& decision = play.sees(kDesk);
  EXPECT_THAT(decision.commands, IsEmpty());
  EXPECT_THAT(in_english(decision.because), StartsWith("This is Saksbro's own write ("));
  EXPECT_THAT(play.told(), Not(HasSubstr("DeviationNoted")));
}

TEST(Echo, APersonWhoQuotesUsAndCommandsBelowIsHeard) {
  Play play = case_at_operator();
  play.comments(kDesk, kKari,
                "Saksbro skrev:\n> Skal 1. linje informeres?\n>\n> [SAK-2026-00001/1]\n\n"
                "/sak info nei");
  play.sees(kDesk);
  EXPECT_EQ(play.state().activity.text(), "M.1.3.5");
}

TEST(Echo, ACommentThatEndsWithOurReferenceIsOurs) {
  Play play = case_at_operator();
  play.comments(kDesk, kBot, "/sak info nei\n\n[SAK-2026-00001/99]\n");
  const auto& decision = play.sees(kDesk);
  EXPECT_EQ(in_english(decision.because),
            "A comment that ends with Saksbro's own reference is ignored.");
  EXPECT_EQ(play.state().activity.text(), "M.1.3.2");
}

// --- births

TEST(Birth, ATicketRegisteredBeforeTheEpochStartsNoCase) {
  Play play;
  play.registers(kDesk, kPer, "Gammel", "");
  play.epoch = play.now() + std::chrono::hours{1};
  const auto& decision = play.sees(kDesk);
  EXPECT_THAT(decision.facts, IsEmpty());
  EXPECT_EQ(in_english(decision.because),
            "Nothing to do: ticket #17 was registered before Saksbro began here.");
}

TEST(Birth, ATicketWithTheMarkerOfAnUnknownCaseIsLeftAlone) {
  Play play;
  play.registers(kDesk, kBot, "Ukjent", "", {{"Saksbro-nøkkel", "operator.9/M.2.1.4/desk"}});
  const auto& decision = play.sees(kDesk);
  EXPECT_THAT(decision.facts, IsEmpty());
  EXPECT_EQ(in_english(decision.because),
            "Ignored: ticket #17 carries the marker \"operator.9/M.2.1.4/desk\" of a case that is "
            "not in this store. Was a backup restored?");
}

TEST(Birth, ACopyOfACasesTicketIsLeftAlone) {
  Play play;
  play.registers(kOperator, kOla, "Databasen er full", "");
  play.sees(kOperator);
  play.carry_out();
  Ticket copy = play.ticket(kDesk);
  copy.key = RemoteKey{"18"};
  copy.number = "#18";
  copy.revision += 5;
  const auto& decision = play.sees(kDesk, TicketState{copy});
  EXPECT_THAT(decision.facts, IsEmpty());
  EXPECT_EQ(in_english(decision.because),
            "Ignored: ticket #18 looks like a copy of the ticket of case SAK-2026-00001 (#17). "
            "Saksbro asks about it there once.");
}

TEST(Birth, WhatHappenedBeforeTheFirstLookIsHeard) {
  Play play;
  play.registers(kDesk, kPer, "Faktura feiler", "");
  play.sets_status(kDesk, kKari, "Under arbeid");
  const auto& decision = play.sees(kDesk);
  EXPECT_EQ(play.state().activity.text(), "M.1.1.3");
  EXPECT_EQ(play.state().status.text(), "UNDER ARBEID");
  for (const Issued& issued : decision.commands)
    EXPECT_STRNE(verb(issued.command.action), "status") << "a person's status is written over";
}

// --- refusals

TEST(Refusal, IsSaidOnTheTicketConcerned) {
  Play play = registered_case();
  play.sets_status(kDesk, kKari, "Under arbeid");
  play.sees(kDesk);
  play.carry_out();
  play.comments(kDesk, kKari, "/sak videresend drift");
  play.sees(kDesk);
  ASSERT_STREQ(verb(play.waiting().front().command.action), "status");
  const auto& decision = play.refuse("the workflow forbids it");
  ASSERT_THAT(but_notes(decision), SizeIs(1));
  EXPECT_EQ(decision.commands[0].command.to, kDesk);
  EXPECT_EQ(
      comment_in(decision).text,
      "Saksbro fikk ikke gjort dette: sette status «AVVENTER» i «Sak hos kundens brukerstøtte». "
      "Grunn: the workflow forbids it. Saksbro prøver igjen når saken endres her, eller etter: "
      "saksbro redrive SAK-2026-00001\n\n"
      "[SAK-2026-00001/1]");
}

TEST(Refusal, OfATicketThatCouldNotBeOpenedIsSaidOnTheDesk) {
  Play play = registered_case();
  play.comments(kDesk, kKari, "/sak videresend drift");
  play.sees(kDesk);
  ASSERT_STREQ(verb(play.waiting().at(1).command.action), "create");
  play.refuse("status");  // the desk's status, said there
  const auto& decision = play.refuse("no such queue");
  ASSERT_THAT(but_notes(decision), SizeIs(1));
  EXPECT_EQ(decision.commands[0].command.to, kDesk);
  EXPECT_THAT(comment_in(decision).text,
              StartsWith("Saksbro fikk ikke gjort dette: opprette en sak i «Driftsleverandøren»"));
}

TEST(Refusal, OfACommentOnTheDeskIsNotAnsweredByAnotherComment) {
  Play play = registered_case();
  play.comments(kDesk, kKari, "/sak hjelp");
  play.sees(kDesk);
  const auto& decision = play.refuse("may not add notes");
  EXPECT_THAT(but_notes(decision), IsEmpty());
  EXPECT_THAT(in_english(decision.because),
              EndsWith("No ticket can show this; it is listed as a dead letter."));
}

TEST(Refusal, IsTriedAgainWhenThePersonsTicketChanges) {
  Play play = registered_case();
  play.comments(kDesk, kPer, "Nå går det.");
  EXPECT_THAT(play.sees(kDesk).redrive, testing::Contains(kDesk));
}

// --- alerts, ends, numbers

TEST(Alert, IsRepeatedByTheTimerUntilSomebodyAcknowledges) {
  Play play;
  play.registers(kOperator, kOla, "Databasen er full", "", {{"Alvorlighet", "A - kritisk"}});
  play.sees(kOperator);
  play.carry_out();
  const Instant due = play.state().timers.at("alert/M.2.1.3");
  play.pass(std::chrono::minutes{15});
  const auto& again = play.timer("alert/M.2.1.3");
  ASSERT_THAT(again.commands, SizeIs(2));  // through both channels
  EXPECT_EQ(std::get<RaiseAlert>(again.commands[0].command.action).severity, "kritisk");
  EXPECT_GT(play.state().timers.at("alert/M.2.1.3"), due);
  play.carry_out();
  play.comments(kDesk, kKari, "/sak kvittert");
  play.sees(kDesk);
  const auto& late = play.timer("alert/M.2.1.3");
  EXPECT_THAT(late.commands, IsEmpty());
  EXPECT_EQ(in_english(late.because), "Nothing to do: the timer alert/M.2.1.3 is no longer set.");
}

TEST(Alert, IsNotRaisedForWhatIsNotCritical) {
  Play play;
  play.registers(kOperator, kOla, "Treg", "", {{"Alvorlighet", "C - mindre"}});
  for (const Issued& issued : play.sees(kOperator).commands)
    EXPECT_STRNE(verb(issued.command.action), "alert");
  EXPECT_THAT(play.state().timers, IsEmpty());
}

TEST(Alert, RaisedOnATransitionIsRepeatedAsWell) {
  Mapping mapping = shipped_mapping();
  Activity& activity = mapping.processes.at(1).activities.at(ActivityId{"M.2.1.7"});
  activity.transitions.front().actions.push_back(
      {Alert{{SystemName{"vakt"}}, {}, {}, "kritisk", std::chrono::minutes{5}}, {}, "m2.yaml:52"});
  Case state;
  state.number = CaseNumber{"SAK-2026-00001"};
  state.process = ProcessId{"M.2"};
  state.activity = activity.id;
  state.timers["alert/M.2.1.7"] = Instant{};
  const Decision decision = decide(mapping, state, TimerFired{"alert/M.2.1.7"}, {});
  EXPECT_THAT(decision.commands, SizeIs(1));
}

TEST(Closed, CaseAnswersACommandThatItNoLongerHears) {
  Play play = registered_case();
  play.sets_status(kDesk, kPer, "LUKKET");
  play.sees(kDesk);
  play.carry_out();
  ASSERT_TRUE(play.state().closed);
  play.comments(kDesk, kKari, "/sak videresend drift");
  const auto& decision = play.sees(kDesk);
  EXPECT_EQ(comment_in(decision).text,
            "«/sak videresend drift» går ikke nå (M.1 slutt). Mulig nå: /sak ta\n\n"
            "[SAK-2026-00001/1]");
  EXPECT_EQ(in_english(decision.because),
            "The case is closed: /sak videresend drift (\"teknisk feil\") by second_line is not "
            "possible at M.1 slutt.");
  play.comments(kDesk, kKari, "Takk for hjelpen!");
  EXPECT_THAT(play.sees(kDesk).commands, IsEmpty());
}

int writes_of(const Play& play, const std::string& field) {
  int count = 0;
  for (const Fact& fact : play.facts()) {
    const auto* kept = std::get_if<Remembered>(&fact);
    const auto* sent = kept == nullptr ? nullptr : std::get_if<FieldSent>(&kept->memo);
    if (sent != nullptr && sent->at == kDesk && sent->field == field) ++count;
  }
  return count;
}

TEST(Numbers, AreWrittenOnceAndOnlyWhenTheyChange) {
  Play play = case_in_work();
  EXPECT_EQ(writes_of(play, "Saksnummer"), 1);
  EXPECT_EQ(writes_of(play, "Leverandørens saksnummer"), 1);
}

TEST(Numbers, EachHasASlotOfItsOwnSoThatNoOtherReplacesIt) {
  Play play;
  play.registers(kDesk, kPer, "Faktura feiler", "", kFilledIn);
  const std::string first = play.sees(kDesk).commands.at(0).slot;
  play.forget_commands();
  play.comments(kDesk, kKari, "/sak videresend drift");
  play.sees(kDesk);
  play.carry_out();
  EXPECT_EQ(first, "fields/Saksnummer");
  EXPECT_EQ(play.ticket(kDesk).fields.at("Leverandørens saksnummer"), "#5");
  EXPECT_THAT(play.told(), HasSubstr("> desk: fields Leverandørens saksnummer=\"#5\"\n"));
}

TEST(Numbers, ThatAPersonWritesOverAreNotWrittenBack) {
  Play play = case_in_work();
  play.sets_field(kDesk, kKari, "Leverandørens saksnummer", "D-99");
  EXPECT_THAT(play.sees(kDesk).commands, IsEmpty());
}

}  // namespace
}  // namespace saksbro::core
