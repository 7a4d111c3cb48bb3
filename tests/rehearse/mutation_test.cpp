// Scenarios can fail: take any line out of the process, and one of them says so.
#include <gtest/gtest.h>

#include <algorithm>
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

void each_deeds(core::Process& process, const std::function<void(std::vector<core::Deed>&)>& look) {
  for (auto& [id, activity] : process.activities) {
    look(activity.deeds);
    for (core::TimedMove& one : activity.timed) look(one.move.deeds);
  }
  each_list(process, [&](auto& all) {
    for (core::Transition& one : all) look(one.deeds);
  });
}

struct Lines {
  std::set<std::string> ways;  // transitions, and what time does
  std::set<std::string> deeds;
};

Lines lines_of(core::Mapping mapping) {
  Lines lines;
  for (core::Process& process : mapping.processes) {
    each_list(process, [&](auto& all) {
      for (const core::Transition& one : all) lines.ways.insert(one.where);
    });
    for (auto& [id, activity] : process.activities) {
      for (const core::TimedMove& one : activity.timed) lines.ways.insert(one.move.where);
    }
    each_deeds(process, [&](auto& all) {
      for (const core::Deed& one : all) lines.deeds.insert(one.where);
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
    each_deeds(process, [&](auto& all) {
      std::erase_if(all, [&](const core::Deed& one) { return one.where == where; });
    });
  }
  return less;
}

class Mutated : public testing::Test {
 protected:
  // Those scenarios first that take the line.
  static bool noticed(const core::Mapping& mapping, const std::string& where) {
    static const std::vector<std::set<std::string>> kLines = [] {
      std::vector<std::set<std::string>> all;
      for (const Scenario& one : shipped().scenarios) {
        all.push_back(play(shipped().mapping, one).lines);
      }
      return all;
    }();
    std::vector<std::size_t> order(kLines.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_partition(order.begin(), order.end(),
                          [&](std::size_t i) { return kLines[i].contains(where); });
    return std::any_of(order.begin(), order.end(), [&](std::size_t i) {
      return play(mapping, shipped().scenarios[i]).difference.has_value();
    });
  }
};

TEST_F(Mutated, AProcessWithoutOneOfItsWaysIsNoticed) {
  for (const std::string& where : lines_of(shipped().mapping).ways)
    EXPECT_TRUE(noticed(without(shipped().mapping, where), where)) << without_root(where);
}

TEST_F(Mutated, AProcessWithoutOneOfItsDeedsIsNoticed) {
  for (const std::string& where : lines_of(shipped().mapping).deeds)
    EXPECT_TRUE(noticed(without(shipped().mapping, where), where)) << without_root(where);
}

}  // namespace
}  // namespace saksbro::rehearse
