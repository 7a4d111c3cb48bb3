// What people did counts: nobody's words are taken for another's, nobody's move is undone by an
// older one of ours.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/play.h"

namespace saksbro::core {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST(Quote, OfOurLastLineByAPersonIsHeardAsThatPersons) {
  Play play = case_at_operator();  // our question stands on the desk, as [SAK-2026-00001/1]
  play.comments(kDesk, kKari,
                "/sak info nei\n\nFra: Saksbro\nSkal 1. linje?\n\n[SAK-2026-00001/1]");
  play.sees(kDesk);
  EXPECT_EQ(play.state().activity.text(), "M.1.3.5");
}

TEST(Words, OfAnotherRoleAreNotTakenForTheSolution) {
  Play play = case_in_work();
  play.comments(kDesk, kPer, "Brukeren sier at det fortsatt feiler.");
  play.sets_status(kDesk, kKari, "LØST");
  play.sees(kDesk);
  EXPECT_EQ(play.state().activity.text(), "M.1.3.5");
  ASSERT_TRUE(play.state().waiting.has_value());
  EXPECT_EQ(play.state().waiting->need, "løsning");
}

TEST(Words, LongAfterTheMoveAreNotTakenForItsWords) {
  Play play = case_in_work();
  play.sets_status(kOperator, kOla, "løst");
  play.pass(std::chrono::hours(5));
  play.comments(kOperator, kOla, "God helg!");
  const auto& decision = play.sees(kOperator);
  EXPECT_THAT(in_english(decision.because), HasSubstr("waits for the text of \"løsning\""));
}

TEST(PendingSignal, EndsWhenTheSamePartyMovesOn) {
  Play play = case_in_work();
  play.sets_status(kOperator, kOla, "løst");
  play.sees(kOperator);
  ASSERT_TRUE(play.state().waiting.has_value());
  play.sets_status(kOperator, kOla, "under behandling");
  play.comments(kOperator, kOla, "Feilen er ikke rettet likevel.");
  play.sees(kOperator);
  EXPECT_FALSE(play.state().waiting.has_value());
  EXPECT_EQ(play.state().activity.text(), "M.1.3.5");
}

TEST(Close, ByAPersonIsNotUndoneByAnOlderStatusOfOurs) {
  Play play = case_in_work();
  play.comments(kOperator, kOla, "Rettet.");
  play.sets_status(kOperator, kOla, "løst");
  play.sees(kOperator);  // LØST is on its way to the desk, and has not been sent
  play.sets_status(kDesk, kPer, "LUKKET");
  const auto& decision = play.sees(kDesk);
  ASSERT_TRUE(play.state().closed);
  const auto sets_closed = [](const Issued& issued) {
    const auto* set = std::get_if<SetStatus>(&issued.command.action);
    return set != nullptr && issued.command.to == kDesk && set->status == "LUKKET" &&
           issued.slot == "status";
  };
  EXPECT_THAT(decision.commands, Contains(testing::Truly(sets_closed)));
}

TEST(Close, ByAPersonWithdrawsADeadStatus) {
  Play play = case_in_work();
  play.comments(kOperator, kOla, "Rettet.");
  play.sets_status(kOperator, kOla, "løst");
  play.sees(kOperator);
  play.refuse("the workflow does not allow it");
  play.forget_commands();
  play.sets_status(kDesk, kPer, "LUKKET");
  const auto& decision = play.sees(kDesk);
  EXPECT_THAT(decision.withdrawals, Contains(Withdrawal{kDesk, "status"}));
}

TEST(DeskChange, LetsWhatWasRefusedElsewhereBeTriedAgain) {
  Play play = case_in_work();
  play.comments(kDesk, kKari, "Rettighetene er ordnet.", Visibility::internal);
  EXPECT_THAT(play.sees(kDesk).redrive, ElementsAre(kDesk, kOperator));
}

TEST(OperatorChange, IsNoSignForTheDesk) {
  Play play = case_in_work();
  play.comments(kOperator, kOla, "Vi ser på det.");
  EXPECT_THAT(play.sees(kOperator).redrive, ElementsAre(kOperator));
}

TEST(Operator, WhoIsDoneBeforeTheCaseStandsAtTheDeskIsHeard) {
  Play play;
  play.registers(kOperator, kOla, "Kø stoppet", "Jobbkøen står.", {{"Alvorlighet", "C - mindre"}});
  play.sees(kOperator);
  play.comments(kOperator, kOla, "Køen går igjen.");
  play.sets_status(kOperator, kOla, "under behandling");
  play.sets_status(kOperator, kOla, "løst");
  play.sees(kOperator);
  EXPECT_EQ(play.state().activity.text(), "M.2.1.4");
  play.carry_out();
  EXPECT_EQ(play.state().activity.text(), "M.2.1.10");
  EXPECT_EQ(play.ticket(kDesk).status, "LØST");
}

TEST(GoneTicket, IsToldOnTheDeskOnce) {
  Play play = case_in_work();
  const auto key = play.ticket(kOperator).key;
  const auto& first = play.sees(kOperator, TicketGone{key, "moved to another queue"});
  EXPECT_THAT(comment_in(first).text,
              HasSubstr("finnes ikke lenger der den var: moved to another queue"));
  EXPECT_THAT(play.sees(kOperator, TicketGone{key, "moved to another queue"}).commands, IsEmpty());
}

TEST(PersonalNumbers, AreMaskedOnTheWayToAnExternalPartyAndInAlerts) {
  Play play;
  play.registers(kDesk, kPer, "Gjelder 31129956715", "Fnr 311299 56715 får ikke lønn.");
  play.sees(kDesk);
  play.comments(kDesk, kKari, "/sak videresend drift");
  const auto& decision = play.sees(kDesk);
  for (const Issued& issued : decision.commands) {
    const auto* create = std::get_if<CreateTicket>(&issued.command.action);
    if (create == nullptr) continue;
    EXPECT_EQ(create->title, "Gjelder ***********");
    EXPECT_THAT(create->text, HasSubstr("Fnr *********** får ikke lønn."));
  }
  EXPECT_THAT(in_english(decision.because),
              HasSubstr("2 personal numbers are masked: operator is external."));

  Play alarm;
  alarm.registers(kOperator, kOla, "Feil for 31129956715", "x", {{"Alvorlighet", "A - kritisk"}});
  for (const Issued& issued : alarm.sees(kOperator).commands) {
    const auto* alert = std::get_if<RaiseAlert>(&issued.command.action);
    if (alert == nullptr) continue;
    EXPECT_THAT(alert->title, Not(HasSubstr("31129956715")));
  }
}

TEST(Alerts, ThatCouldNotGoOutAreReplacedAndWithdrawn) {
  Play play;
  play.registers(kOperator, kOla, "Nede", "Alt er nede.", {{"Alvorlighet", "A - kritisk"}});
  const auto& first = play.sees(kOperator);
  EXPECT_EQ(first.commands.front().slot, "alert");
  play.carry_out();
  play.comments(kDesk, kKari, "/sak kvittert", Visibility::internal);
  EXPECT_THAT(play.sees(kDesk).withdrawals, Contains(Withdrawal{SystemName{"vakt"}, "alert"}));
}

}  // namespace
}  // namespace saksbro::core
