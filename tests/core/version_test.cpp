// A version that is out is told once.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/play.h"

namespace saksbro::core {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const ExternalSignal kOut{Signal{"versjon lansert"}, Role{"saksbro"}, {}, "", "7.2", "Version 7.2"};

Play waiting_for_a_version() {
  Play play = case_in_work();
  play.comments(kOperator, kOla, "/sak senere-versjon 7.2");
  play.sees(kOperator);
  play.carry_out();
  return play;
}

TEST(Version, IsToldOnceHoweverOftenItIsAnnounced) {
  Play play = waiting_for_a_version();
  EXPECT_THAT(but_notes(play.hears(kOut)), Not(IsEmpty()));
  play.carry_out();
  play.pass(std::chrono::hours{1});
  const Decision& again = play.hears(kOut);
  EXPECT_THAT(again.commands, IsEmpty());
  EXPECT_THAT(in_english(again.because),
              HasSubstr("the case was notified of version 7.2 on 23.11.2026"));
}

TEST(Version, IsToldAgainToACaseThatHasComeToWaitForItAgain) {
  Play play = waiting_for_a_version();
  play.hears(kOut);
  play.carry_out();
  play.comments(kDesk, kPer, "/sak ikke løst Samme feil.");
  play.sees(kDesk);
  play.carry_out();
  play.comments(kDesk, kKari, "/sak videresend drift");
  play.sees(kDesk);
  play.carry_out();
  play.comments(kOperator, kOla, "/sak senere-versjon 7.2");
  play.sees(kOperator);
  play.carry_out();
  EXPECT_THAT(but_notes(play.hears(kOut)), Not(IsEmpty()));
}

}  // namespace
}  // namespace saksbro::core
