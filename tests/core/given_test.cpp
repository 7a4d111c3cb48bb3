// What was given in a field of its own, and the words that stand beside a move.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/play.h"

namespace saksbro::core {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kPleasantry = "Takk for samarbeidet, da lukker vi.";

void looks(Play& play, const SystemName& at) {
  play.sees(at);
  play.carry_out();
}

struct Order {
  const char* name;
  void (*act)(Play& play);
};

// The operator fills in the field, replies with a pleasantry and sets the status: in any order,
// seen at once or one by one.
const Order kOrders[] = {{"AllAtOnce",
                          [](Play& play) {
                            play.sets_field(kOperator, kOla, "Løsning", "Driver 5.2");
                            play.comments(kOperator, kOla, kPleasantry);
                            play.sets_status(kOperator, kOla, "løst");
                            looks(play, kOperator);
                          }},
                         {"FieldFirst",
                          [](Play& play) {
                            play.sets_field(kOperator, kOla, "Løsning", "Driver 5.2");
                            looks(play, kOperator);
                            play.comments(kOperator, kOla, kPleasantry);
                            play.sets_status(kOperator, kOla, "løst");
                            looks(play, kOperator);
                          }},
                         {"FieldLast",
                          [](Play& play) {
                            play.comments(kOperator, kOla, kPleasantry);
                            play.sets_status(kOperator, kOla, "løst");
                            looks(play, kOperator);
                            play.sets_field(kOperator, kOla, "Løsning", "Driver 5.2");
                            looks(play, kOperator);
                          }},
                         {"StatusFirst",
                          [](Play& play) {
                            play.sets_status(kOperator, kOla, "løst");
                            looks(play, kOperator);
                            play.sets_field(kOperator, kOla, "Løsning", "Driver 5.2");
                            looks(play, kOperator);
                            play.comments(kOperator, kOla, kPleasantry);
                            looks(play, kOperator);
                          }},
                         {"BelowACommand", [](Play& play) {
                            play.sets_field(kOperator, kOla, "Løsning", "Driver 5.2");
                            play.comments(kOperator, kOla,
                                          std::string("/sak løst\n") + kPleasantry);
                            looks(play, kOperator);
                          }}};

class GivenInAField : public testing::TestWithParam<Order> {};

TEST_P(GivenInAField, HoldsAgainstTheWordsBesideTheMove) {
  Play play = case_in_work();
  GetParam().act(play);
  EXPECT_EQ(play.state().values.at("løsning"), "Driver 5.2");
  EXPECT_EQ(play.state().activity.text(), "M.1.3.7");
  EXPECT_THAT(play.told(), HasSubstr("Løsning på saken #17:\n"));
  EXPECT_THAT(play.told(), HasSubstr("Driver 5.2"));
}

INSTANTIATE_TEST_SUITE_P(Orders, GivenInAField, testing::ValuesIn(kOrders),
                         [](const auto& one) { return std::string(one.param.name); });

TEST(GivenInAField, IsNotGivenAnyMoreWhenTheEndUserSaysThatItDoesNotHelp) {
  Play play = case_in_work();
  kOrders[0].act(play);
  play.comments(kDesk, kPer, "/sak ikke løst Samme feil.");
  looks(play, kDesk);
  play.comments(kDesk, kKari, "/sak videresend drift");
  looks(play, kDesk);
  play.comments(kDesk, kKari, "/sak info nei");
  looks(play, kDesk);
  ASSERT_EQ(play.state().activity.text(), "M.1.3.5");
  play.comments(kOperator, kOla, "Kortet er byttet.");
  play.sets_status(kOperator, kOla, "løst");
  looks(play, kOperator);
  EXPECT_EQ(play.state().values.at("løsning"), "Kortet er byttet.")
      << "the field shows the old one, which was no solution";
}

TEST(GivenInAField, WordsOnTheCommandsOwnLineReplaceIt) {
  Play play = case_in_work();
  play.sets_field(kOperator, kOla, "Løsning", "Driver 5.2");
  play.comments(kOperator, kOla, "/sak løst Kortet er byttet.");
  looks(play, kOperator);
  EXPECT_EQ(play.state().values.at("løsning"), "Kortet er byttet.");
}

TEST(Pleasantry, BesideAFieldIsAMessageToSecondLineAndNoSolution) {
  Play play = case_in_work();
  kOrders[0].act(play);
  EXPECT_THAT(play.told(), HasSubstr("> desk: comment internal\n    Svar fra Driftsleverandøren"));
  for (const Comment& one : play.ticket(kDesk).comments) {
    if (one.visibility != Visibility::everyone) continue;
    EXPECT_THAT(one.text, Not(HasSubstr(kPleasantry)));
  }
}

}  // namespace
}  // namespace saksbro::core
