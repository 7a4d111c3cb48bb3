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

// --- a click on a status that a write of ours passes through

struct OnTheWay {
  const char* name;
  std::string clicked;
  std::string who;
  bool heard;
};

class OnTheWayOfOurs : public testing::TestWithParam<OnTheWay> {};

// The operator's ticket is to be closed (ny, under behandling, venter på kunde, løst: all on the
// way), and nothing has been written yet.
TEST_P(OnTheWayOfOurs, AClickIsAPersonsUnlessItIsWhereOurWriteEnds) {
  Play play = case_in_work();
  play.comments(kDesk, kKari, "/sak løst Ordnet hos oss.");
  play.sees(kDesk);
  play.carry_out();
  play.comments(kDesk, kPer, "/sak bekreftet");
  play.comments(kDesk, kPer, "/sak lukk");
  play.sets_status(kDesk, kPer, "LUKKET");
  play.sees(kDesk);
  play.sets_status(kOperator, GetParam().who, GetParam().clicked);
  const auto& decision = play.sees(kOperator);
  const bool echo =
      in_english(decision.because).find("This is Saksbro's own write") != std::string::npos;
  EXPECT_EQ(echo, !GetParam().heard) << in_english(decision.because) << play.told();
}

INSTANTIATE_TEST_SUITE_P(Rows, OnTheWayOfOurs,
                         testing::Values(OnTheWay{"OnTheWay", "løst", kOla, true},
                                         OnTheWay{"AtTheEnd", "lukket", kOla, false},
                                         OnTheWay{"ByOurOwnAccount", "løst", kBot, false},
                                         OnTheWay{"ByNobodyKnown", "løst", "", false}),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace saksbro::core
