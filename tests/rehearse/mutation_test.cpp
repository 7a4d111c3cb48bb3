// Scenarios can fail: take any line out of the process, and one of them says so.
#include <gtest/gtest.h>

#include <functional>

#include "bridge/rehearse/run_scenario.h"
#include "tests/rehearse/shipped.h"

namespace saksbro::rehearse {
namespace {

void each_list(core::Process& process,
               const std::function<void(std::vector<core::Transition>&)>& look) {
  for (auto& [id, activity] : process.activities) look(activity.transitions);
  look(process.anywhere);
}

// `look` gets the line behind which the actions stand: it is among those that explain tells.
void each_deeds(
    core::Process& process,
    const std::function<void(const std::string& behind, std::vector<core::ProcessAction>&)>& look) {
  for (auto& [id, activity] : process.activities) {
    look(activity.where, activity.actions);
    for (core::TimedMove& one : activity.timed) look(one.move.where, one.move.actions);
  }
  each_list(process, [&](auto& all) {
    for (core::Transition& one : all) look(one.where, one.actions);
  });
}

// Lines to take out, each with the line that a scenario must pass to notice it.
using Lines = std::map<std::string, std::string>;

Lines ways_of(core::Mapping mapping) {
  Lines lines;
  for (core::Process& process : mapping.processes) {
    each_list(process, [&](auto& all) {
      for (const core::Transition& one : all) lines[one.where] = one.where;
    });
    for (auto& [id, activity] : process.activities) {
      for (const core::TimedMove& one : activity.timed) lines[one.move.where] = one.move.where;
    }
  }
  return lines;
}

Lines deeds_of(core::Mapping mapping) {
  Lines lines;
  for (core::Process& process : mapping.processes) {
    each_deeds(process, [&](const std::string& behind, auto& all) {
      for (const core::ProcessAction& one : all) lines[one.where] = behind;
    });
  }
  return lines;
}

core::Mapping without(const core::Mapping& mapping, const std::string& where) {
  core::Mapping less = mapping;
  for (core::Process& process : less.processes) {
    each_list(process, [&](auto& all) {
      std::erase_if(all, [&](const core::Transition& one) { return one.where == where; });
    });
    for (auto& [id, activity] : process.activities)
      std::erase_if(activity.timed,
                    [&](const core::TimedMove& one) { return one.move.where == where; });
    each_deeds(process, [&](const std::string&, auto& all) {
      std::erase_if(all, [&](const core::ProcessAction& one) { return one.where == where; });
    });
  }
  return less;
}

using Instances = std::vector<const load::Configuration*>;

// What an operator with a tracker never meets, one with mail only does.
const Instances& instances() {
  static const Instances kAll{&shipped(), &shipped_with_mail()};
  return kAll;
}

// The lines that each scenario of an instance passes.
std::vector<std::set<std::string>> lines_of(const load::Configuration& instance) {
  std::vector<std::set<std::string>> all;
  for (const Scenario& one : instance.scenarios) all.push_back(play(instance.mapping, one).lines);
  return all;
}

// Only scenarios that pass the line can notice that it is not there any more.
bool noticed(const std::string& where, const std::string& passed) {
  static const auto kLines = [] {
    std::vector<std::vector<std::set<std::string>>> all;
    for (const load::Configuration* one : instances()) all.push_back(lines_of(*one));
    return all;
  }();
  for (std::size_t which = 0; which < kLines.size(); ++which) {
    const load::Configuration& instance = *instances()[which];
    const core::Mapping less = without(instance.mapping, where);
    for (std::size_t i = 0; i < kLines[which].size(); ++i) {
      if (!kLines[which][i].contains(passed)) continue;
      if (play(less, instance.scenarios[i]).difference) return true;
    }
  }
  return false;
}

void expect_each_noticed(const Lines& lines) {
  EXPECT_GT(lines.size(), 30U);
  for (const auto& [where, passed] : lines)
    EXPECT_TRUE(noticed(where, passed)) << without_root(where);
}

TEST(Mutated, AProcessWithoutOneOfItsWaysIsNoticed) {
  expect_each_noticed(ways_of(shipped().mapping));
}

TEST(Mutated, AProcessWithoutOneOfItsDeedsIsNoticed) {
  expect_each_noticed(deeds_of(shipped().mapping));
}

}  // namespace
}  // namespace saksbro::rehearse
