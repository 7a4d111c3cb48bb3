// What the workflow of a tracker must allow follows from the mappings; the whole list for the
// shipped ones stands in tests/cli/told/CheckListsTheMovesThatWorkflowsMustAllow.txt.
#include "bridge/core/proof/needed_moves.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "bridge/core/model/mapping.h"
#include "tests/core/play.h"

namespace saksbro::core {
namespace {

using testing::Contains;
using testing::IsEmpty;
using testing::Not;

// "second_line: NY -> UNDER ARBEID" at the desk; the bridge is nobody.
std::vector<std::string> at_desk(const Mapping& mapping) {
  std::vector<std::string> lines;
  for (const NeededMove& move : needed_moves(mapping)) {
    if (move.at != kDesk) continue;
    const std::string who = move.by ? move.by->text() + ": " : "";
    const std::string from = move.from == NeededMove::From::status ? move.before.text() : "new";
    lines.push_back(who + from + " -> " + move.to.text());
  }
  return lines;
}

Mapping with_m1(const std::function<void(Process&)>& change) {
  Mapping mapping = shipped_mapping();
  change(mapping.processes.front());
  return mapping;
}

TEST(NeededMoves, WhatIsTakenBackNeedsTheWayBack) {
  EXPECT_THAT(at_desk(shipped_mapping()), Contains("LUKKET -> NY"));
  Mapping mapping = shipped_mapping();
  for (Process& process : mapping.processes) process.deviations[Signal{"lukket"}] = Treatment::flag;
  EXPECT_THAT(at_desk(mapping), Not(Contains("LUKKET -> NY")));
  for (Process& process : mapping.processes) {
    process.deviations.clear();
    process.deviation = Treatment::revert;
  }
  EXPECT_THAT(at_desk(mapping), Contains("LUKKET -> NY"));
}

TEST(NeededMoves, WhatARoleSaysByAStatusItMustBeAbleToSet) {
  EXPECT_THAT(at_desk(shipped_mapping()), Contains("second_line: NY -> UNDER ARBEID"));
  EXPECT_THAT(at_desk(shipped_mapping()), Not(Contains("first_line: NY -> UNDER ARBEID")));
  Mapping mapping = shipped_mapping();
  auto& cues = mapping.systems.at(kDesk).signals.at(Signal{"tatt"});
  std::erase_if(cues, [](const Cue& cue) { return cue.kind == Cue::Kind::status; });
  EXPECT_THAT(at_desk(mapping), Not(Contains("second_line: NY -> UNDER ARBEID")));
  EXPECT_THAT(at_desk(mapping), Contains("NY -> UNDER ARBEID"));  // for the bridge: by a command
}

TEST(NeededMoves, WhatOnlyAStatusSaysIsNotSetAgainByTheBridge) {
  Mapping mapping = shipped_mapping();
  mapping.processes.resize(1);  // in M.2 no person says it
  auto& cues = mapping.systems.at(kDesk).signals.at(Signal{"tatt"});
  std::erase_if(cues, [](const Cue& cue) { return cue.kind != Cue::Kind::status; });
  EXPECT_THAT(at_desk(mapping), Not(Contains("NY -> UNDER ARBEID")));
  EXPECT_THAT(at_desk(mapping), Contains("second_line: NY -> UNDER ARBEID"));
}

TEST(NeededMoves, AnActivityWithoutAStatusShowsThatOfTheOneBefore) {
  const auto mapping = with_m1([](Process& process) {
    // From M.1.3.2, which has none of its own: the ticket shows what M.1.3.1 brought.
    process.activities.at(ActivityId{"M.1.3.1"}).status = Status{"NY"};
    process.activities.at(ActivityId{"M.1.2.1"}).status = Status{"NY"};
    process.activities.at(ActivityId{"M.1.1.3 retur"}).status = Status{"NY"};
  });
  Mapping only_m1 = mapping;
  only_m1.processes.resize(1);
  EXPECT_THAT(at_desk(only_m1), Not(Contains("AVVENTER -> LØST")));
  EXPECT_THAT(at_desk(only_m1), Contains("UNDER ARBEID -> NY"));
  EXPECT_THAT(at_desk(only_m1), Contains("NY -> LØST"));
}

TEST(NeededMoves, ATicketThatDoesNotFollowTheCaseIsMovedFromWhateverItHas) {
  std::vector<NeededMove> operators;
  for (const NeededMove& move : needed_moves(shipped_mapping()))
    if (move.at == kOperator && !move.by) operators.push_back(move);
  ASSERT_EQ(operators.size(), 2U);
  EXPECT_EQ(operators[0].from, NeededMove::From::any);
  EXPECT_EQ(operators[0].to, Status{"UNDER ARBEID"}) << "it is sent to the operator again";
  EXPECT_EQ(operators[1].from, NeededMove::From::any);
  EXPECT_EQ(operators[1].to, Status{"LUKKET"});
}

TEST(NeededMoves, NewsOpenTheTicketOfAnOrganisationAgain) {
  const SystemName bym{"bym"};
  const auto opens_again = [&](const Mapping& mapping) {
    const auto moves = needed_moves(mapping);
    return std::any_of(moves.begin(), moves.end(), [&](const NeededMove& move) {
      return move.at == bym && !move.by && move.from == NeededMove::From::any &&
             move.to == Status{"NY"};
    });
  };
  Mapping mapping = shipped_mapping();
  EXPECT_TRUE(opens_again(mapping));
  mapping.organisations.clear();
  EXPECT_FALSE(opens_again(mapping));
}

TEST(NeededMoves, OfASystemWithoutStatusesThereAreNone) {
  Mapping mapping = shipped_mapping();
  for (auto& [name, system] : mapping.systems) system.status_words.clear();
  EXPECT_THAT(needed_moves(mapping), IsEmpty());
}

}  // namespace
}  // namespace saksbro::core
