// The two cases of the routine, from birth to LUKKET, told as told/*.txt shows them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/play.h"

namespace saksbro::core {
namespace {

TEST(Walk, TechnicalCaseOfAUserGoesToTheOperatorAndBack) {
  Play play;
  play.registers(kDesk, kPer, "Faktura feiler", "Feil ved godkjenning.", {{"Virksomhet", "UDE"}});
  play.sees(kDesk);
  play.carry_out();
  EXPECT_EQ(play.ticket(kDesk).fields.at("Saksnummer"), "SAK-2026-00001");

  play.comments(kDesk, kKari, "/sak videresend drift");
  play.sees(kDesk);
  play.carry_out();
  EXPECT_EQ(play.ticket(kDesk).status, "AVVENTER");
  EXPECT_EQ(play.ticket(kDesk).fields.at("Leverandørens saksnummer"), "#5");
  EXPECT_EQ(play.ticket(kOperator).fields.at("Kundens saksnummer"), "#17");

  play.comments(kDesk, kKari, "/sak info ja Vi undersøker.");
  play.sees(kDesk);
  play.carry_out();
  play.comments(kDesk, kPer, "/sak informert");
  play.sees(kDesk);
  play.carry_out();
  EXPECT_EQ(play.state().activity.text(), "M.1.3.5");

  play.comments(kOperator, kOla, "Indeksen er bygget på nytt.");
  play.sets_status(kOperator, kOla, "løst");
  play.sees(kOperator);
  play.carry_out();
  EXPECT_EQ(play.ticket(kDesk).status, "LØST");

  play.comments(kDesk, kPer, "/sak bekreftet");
  play.sees(kDesk);
  play.carry_out();
  play.sets_status(kDesk, kPer, "LUKKET");
  play.sees(kDesk);
  play.carry_out();
  EXPECT_TRUE(play.state().closed);
  EXPECT_EQ(play.ticket(kOperator).status, "lukket");
  EXPECT_TRUE(play.state().intents.empty());
  expect_told(play.told());
}

TEST(Walk, CriticalCaseOfTheOperatorWakesSecondLineAndIsClosedByFirst) {
  Play play;
  play.registers(kOperator, kOla, "Databasen er full", "Ingen kan føre bilag.",
                 {{"Alvorlighet", "A - kritisk"}});
  play.sees(kOperator);
  play.carry_out();
  EXPECT_EQ(play.ticket(kDesk).fields.at("Leverandørens saksnummer"), "#5");
  EXPECT_EQ(play.ticket(kOperator).fields.at("Kundens saksnummer"), "#17");
  EXPECT_EQ(play.ticket(kDesk).status, "Under arbeid");
  EXPECT_TRUE(play.state().timers.contains("alert/M.2.1.3"));

  play.comments(kDesk, kKari, "/sak kvittert");
  play.sees(kDesk);
  play.carry_out();
  EXPECT_TRUE(play.state().timers.empty());

  play.comments(kDesk, kKari, "/sak info ja Systemet er nede.");
  play.sees(kDesk);
  play.carry_out();
  EXPECT_EQ(play.ticket(kDesk).status, "AVVENTER");

  play.sets_status(kOperator, kOla, "løst");
  play.comments(kOperator, kOla, "Plassen er utvidet.");
  play.sees(kOperator);
  play.carry_out();
  EXPECT_EQ(play.ticket(kDesk).status, "LØST");

  play.sets_status(kDesk, kPer, "LUKKET");
  play.sees(kDesk);
  play.carry_out();
  EXPECT_TRUE(play.state().closed);
  EXPECT_EQ(play.ticket(kOperator).status, "lukket");
  expect_told(play.told());
}

}  // namespace
}  // namespace saksbro::core
