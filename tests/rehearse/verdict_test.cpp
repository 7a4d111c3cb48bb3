// What people read when a scenario does not hold, whole.
#include "bridge/rehearse/verdict.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/rehearse/shipped.h"

namespace saksbro::rehearse {
namespace {

Scenario named(const std::string& name) {
  const auto& all = shipped().scenarios;
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Scenario& one) { return one.name == name; });
  return found == all.end() ? Scenario{} : *found;
}

std::string told_of(Scenario scenario) {
  const core::Mapping& mapping = shipped().mapping;
  Verdict verdict = judge(mapping, {std::move(scenario)});
  verdict.gaps = {};  // one scenario leaves almost everything untouched
  return told(mapping, verdict);
}

std::string without_lines(std::string text) {  // of the mappings: they move
  for (std::size_t at = text.find(".yaml:"); at != text.npos; at = text.find(".yaml:", at + 6)) {
    const std::size_t end = text.find_first_not_of("0123456789:", at + 6);
    text.erase(at + 6, end - at - 6);
  }
  return without_root(text);
}

TEST(Verdict, SaysWhatWasExpectedWhatWasSeenAndWhy) {
  Scenario scenario = named("M.1.1.3 2. linje tar saken");
  ASSERT_EQ(scenario.rounds.back().expected.front().told, "activity M.1.1.3");
  scenario.rounds.back().expected.front().what = {"M.1.2.1"};
  scenario.rounds.back().expected.front().told = "activity M.1.2.1";
  EXPECT_EQ(without_lines(told_of(scenario)),
            "mappings/m1.scenarios.yaml: M.1.1.3 2. linje tar saken: expected activity M.1.2.1; "
            "seen M.1.1.3\n"
            "    Status \"Under arbeid\" by second_line means \"tatt\" at M.1.1.2 "
            "(mappings/m1.yaml:).\n"
            "    Enters M.1.1.3 (mappings/m1.yaml:).\n"
            "1 of 1 scenarios does not hold; activities covered: all 39 (M.1: 18, M.2: 21)\n");
}

TEST(Verdict, SaysWhatCannotBeDone) {
  Scenario scenario = named("M.1.1.3 2. linje tar saken");
  ASSERT_FALSE(scenario.rounds.empty());
  Acts acts;
  acts.role = core::Role{"operator"};
  acts.at = SystemName{"operator"};
  scenario.rounds = {{{{acts, "trial.yaml:3:5"}}, {}}};
  EXPECT_EQ(told_of(scenario),
            "trial.yaml:3:5: M.1.1.3 2. linje tar saken: expected that this can be done; seen the "
            "case has no ticket in operator\n"
            "1 of 1 scenarios does not hold; activities covered: all 39 (M.1: 18, M.2: 21)\n");
}

TEST(Verdict, SaysThatAScenarioMustPassWhatItsNameSays) {
  Scenario scenario = named("M.1.1.3 2. linje tar saken");
  scenario.shows = {core::ActivityId{"M.1.2.1"}};
  EXPECT_EQ(without_lines(told_of(scenario)),
            "mappings/m1.scenarios.yaml: M.1.1.3 2. linje tar saken: expected that the case passes "
            "M.1.2.1; seen M.1.1.1, M.1.1.2, M.1.1.3\n"
            "1 of 1 scenarios does not hold; activities covered: all 39 (M.1: 18, M.2: 21)\n");
}

TEST(Verdict, NamesActivitiesAndWaysThatNoScenarioTakes) {
  const core::Mapping& mapping = shipped().mapping;
  const std::string text = told(mapping, judge(mapping, {named("M.1.1.3 2. linje tar saken")}));
  EXPECT_NE(text.find("no scenario shows M.1.2.1\n"), std::string::npos);
  EXPECT_NE(text.find(": M.1.1.2, teknisk feil\n"), std::string::npos);
  EXPECT_NE(text.find("1 scenario holds; activities covered: 1 of 39 (M.1: 1 of 18, M.2: 0 of 21)"),
            std::string::npos)
      << text;
}

// Only a party that has mail and no tracker tells its number later.
TEST(Gaps, AreNoneWhereNobodyCanGo) {
  const auto asks_for_a_number = [](const load::Configuration& instance) {
    const Gaps left = gaps(instance.mapping, instance.scenarios, {});
    return std::count_if(left.branches.begin(), left.branches.end(), [](const std::string& one) {
      return one.ends_with("leverandørens saksnummer");
    });
  };
  EXPECT_EQ(asks_for_a_number(shipped()), 0) << "each party has a tracker";
  EXPECT_EQ(asks_for_a_number(shipped_with_mail()), 2);
}

}  // namespace
}  // namespace saksbro::rehearse
