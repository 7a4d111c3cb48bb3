// A status that was set too early counts when its time comes, if it still stands there.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/play.h"

namespace saksbro::core {
namespace {

using testing::HasSubstr;

// 1st line closes the ticket although the end user has confirmed nothing; our own move back is the
// oldest command then.
Play closed_too_early() {
  Play play = registered_case();
  for (const char* command : {"/sak ta", "/sak løst Slett mellomlageret."}) {
    play.comments(kDesk, kKari, command);
    play.sees(kDesk);
    play.carry_out();
  }
  play.comments(kDesk, kPer, "/sak overlevert");
  play.sees(kDesk);
  play.carry_out();
  play.sets_status(kDesk, kPer, "LUKKET");
  play.sees(kDesk);
  return play;
}

void confirm(Play& play) {
  play.hears({Signal{"bekreftet"}, Role{"end_user"}, {"", "Kari"}, "", "", "the link in a mail"});
}

TEST(TooEarly, ClosesTheCaseLaterWhenItCouldNotBeTakenBack) {
  Play play = closed_too_early();
  ASSERT_EQ(play.state().activity.text(), "M.1.2.5");
  while (!play.waiting().empty() &&
         !std::holds_alternative<SetStatus>(play.waiting().front().command.action))
    play.refuse("not this one");
  play.refuse("the workflow forbids it");
  ASSERT_EQ(play.state().activity.text(), "M.1.2.5");
  confirm(play);
  EXPECT_EQ(play.state().activity.text(), "M.1 slutt");
  EXPECT_TRUE(play.state().closed);
  EXPECT_THAT(play.told(), HasSubstr("which the ticket shows since before it counted"));
}

TEST(TooEarly, IsNotHeardWhileOurMoveBackIsOnItsWay) {
  Play play = closed_too_early();
  confirm(play);
  EXPECT_EQ(play.state().activity.text(), "M.1.2.6");
}

TEST(TooEarly, IsForgottenWhenItWasTakenBack) {
  Play play = closed_too_early();
  play.carry_out();
  ASSERT_EQ(play.ticket(kDesk).status, "LØST");
  confirm(play);
  play.carry_out();
  EXPECT_EQ(play.state().activity.text(), "M.1.2.6");
  EXPECT_EQ(play.state().memory.tickets.at(kDesk).unheard, std::nullopt);
}

}  // namespace
}  // namespace saksbro::core
