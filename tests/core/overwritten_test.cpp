// A person clicks a status while ours is on its way: the click is neither lost nor undone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/core/play.h"

namespace saksbro::core {
namespace {

using testing::HasSubstr;
using testing::Not;

// kari sends the case to the operator; before AVVENTER is written, `who` sets `status`.
Play overtaken_on_the_way(const std::string& who, const std::string& status) {
  Play play = registered_case();
  play.comments(kDesk, kKari, "/sak ta");
  play.sees(kDesk);
  play.carry_out();
  play.comments(kDesk, kKari, "/sak videresend drift");
  play.sees(kDesk);
  play.sets_status(kDesk, who, status);  // nobody looks
  play.carry_out();
  return play;
}

struct Row {
  const char* name;
  std::string who;
  std::string clicked;
  std::string activity;  // then
  std::string shown;
  bool deviates;
};

class Overwritten : public testing::TestWithParam<Row> {};

TEST_P(Overwritten, StatusOfAPersonIsHeardAsTheLastAndPutBackWhereItMovesNothing) {
  const Row& row = GetParam();
  Play play = overtaken_on_the_way(row.who, row.clicked);
  EXPECT_EQ(play.state().activity.text(), row.activity) << play.told();
  EXPECT_EQ(play.ticket(kDesk).status, row.shown) << play.told();
  const bool deviates = std::any_of(play.facts().begin(), play.facts().end(), [](const Fact& fact) {
    return std::holds_alternative<DeviationNoted>(fact);
  });
  EXPECT_EQ(deviates, row.deviates) << play.told();
  EXPECT_TRUE(play.ticket(kOperator).key.text() == "5") << "and the case is sent all the same";
}

INSTANTIATE_TEST_SUITE_P(
    Rows, Overwritten,
    testing::Values(
        // It waits for the words; the ticket shows what kari has set.
        Row{"ThatWaitsForWords", kKari, "LØST", "M.1.3.2", "LØST", false},
        // 1st line may not say it there: listed, and left as 1st line has set it.
        Row{"ThatIsNoMoveThere", kPer, "Ny", "M.1.3.2", "Ny", true},
        // The mapping takes a LUKKET that comes too early back.
        Row{"ThatTheRoutineTakesBack", kPer, "LUKKET", "M.1.3.2", "AVVENTER", true}),
    [](const auto& row) { return row.param.name; });

TEST(Overwritten, StatusThatMovesTheCaseMovesIt) {
  Play play = case_at_operator();
  play.comments(kDesk, kKari, "/sak info nei");
  play.sees(kDesk);
  play.carry_out();
  // The operator solves it, and kari takes it back before LØST stands at the desk.
  play.comments(kOperator, kOla, "/sak løst Startet på nytt.");
  play.sees(kOperator);
  ASSERT_EQ(play.state().activity.text(), "M.1.3.7");
  play.sets_status(kDesk, kPer, "LUKKET");
  play.carry_out();
  EXPECT_EQ(play.state().activity.text(), "M.1 slutt") << play.told();
  EXPECT_EQ(play.ticket(kDesk).status, "LUKKET");
}

TEST(Overwritten, NothingIsWhenThePersonCameAfterUs) {
  Play play = case_at_operator();
  play.sets_status(kDesk, kKari, "LØST");
  play.sees(kDesk);
  play.carry_out();
  EXPECT_THAT(play.told(), Not(HasSubstr("Saksbro's write replaced it")));
  EXPECT_EQ(play.ticket(kDesk).status, "LØST");
}

TEST(Overwritten, NothingIsAtAnotherParty) {
  Play play = case_in_work();
  play.comments(kDesk, kKari, "/sak løst Ordnet.");
  play.sees(kDesk);
  play.carry_out();
  play.comments(kDesk, kPer, "/sak bekreftet\n/sak lukk");
  play.sees(kDesk);
  play.sets_status(kOperator, kOla, "løst");  // while ours is on its way
  play.carry_out();
  EXPECT_EQ(play.ticket(kOperator).status, "lukket") << "the customer has closed the case";
}

}  // namespace
}  // namespace saksbro::core
