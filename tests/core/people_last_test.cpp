// Statuses that people set one after the other: however the looks fall between them, the last one
// holds, and a move that the routine does not know is said and listed, and changes nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/play.h"

namespace saksbro::core {
namespace {

using testing::HasSubstr;

struct Click {
  std::string who;
  std::string status;
};

// Bit i of `looks` says whether the ticket is looked at after click i; it is at the end.
Play clicked(const std::vector<Click>& clicks, unsigned looks) {
  Play play = registered_case();
  for (std::size_t i = 0; i < clicks.size(); ++i) {
    play.sets_status(kDesk, clicks[i].who, clicks[i].status);
    if ((looks >> i & 1U) == 0 && i + 1 < clicks.size()) continue;
    play.sees(kDesk);
    play.carry_out();
  }
  return play;
}

struct Row {
  const char* name;
  std::vector<Click> clicks;
  std::string status;    // of the ticket in the end
  std::string activity;  // of the case
};

class StatusesInARow : public testing::TestWithParam<Row> {};

TEST_P(StatusesInARow, EndTheSameHoweverManyLooksThereWere) {
  const Row& row = GetParam();
  for (unsigned looks = 0; looks < 1U << row.clicks.size(); ++looks) {
    Play play = clicked(row.clicks, looks);
    EXPECT_EQ(play.ticket(kDesk).status, row.status) << "looks " << looks;
    EXPECT_EQ(play.state().activity.text(), row.activity) << "looks " << looks;
  }
}

INSTANTIATE_TEST_SUITE_P(
    People, StatusesInARow,
    testing::Values(Row{"taken, then a status that is no move",
                        {{kKari, "Under arbeid"}, {kKari, "AVVENTER"}},
                        "AVVENTER",
                        "M.1.1.3"},
                    Row{"taken, then a status that no table knows",
                        {{kKari, "Under arbeid"}, {kKari, "Avklares"}},
                        "Avklares",
                        "M.1.1.3"},
                    Row{"taken, waiting, and taken again",
                        {{kKari, "Under arbeid"}, {kKari, "AVVENTER"}, {kKari, "Under arbeid"}},
                        "Under arbeid",
                        "M.1.1.3"},
                    Row{"closed too early, and then something else",
                        {{kKari, "Under arbeid"}, {kKari, "LUKKET"}, {kKari, "AVVENTER"}},
                        "AVVENTER",
                        "M.1.1.3"}),
    [](const auto& row) { return "Row" + std::to_string(row.index); });

TEST(StatusesInARow, OfWhichTheLastIsNoMoveAreSaidAndNotTakenBack) {
  Play play = clicked({{kKari, "Under arbeid"}, {kKari, "AVVENTER"}}, 0);
  EXPECT_THAT(play.told(), HasSubstr("+ DeviationNoted: Status \"AVVENTER\""));
  EXPECT_EQ(play.ticket(kDesk).status, "AVVENTER");
}

}  // namespace
}  // namespace saksbro::core
