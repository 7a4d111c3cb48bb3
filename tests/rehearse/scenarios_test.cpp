// Each scenario that is shipped holds; and scenarios can fail.
#include <gtest/gtest.h>

#include <algorithm>

#include "bridge/core/proof/proof.h"
#include "bridge/rehearse/run_scenario.h"
#include "tests/rehearse/shipped.h"

namespace saksbro::rehearse {
namespace {

std::string told(const Difference& difference) {
  std::string text =
      difference.where + ": expected " + difference.expected + "; seen " + difference.seen + "\n";
  for (const Phrases& reasons : difference.because) text += in_english(reasons) + "\n--\n";
  return without_root(text);
}

class Shipped : public testing::TestWithParam<std::size_t> {};

TEST_P(Shipped, Holds) {
  const Played played = play(shipped().mapping, shipped().scenarios[GetParam()]);
  if (played.difference) ADD_FAILURE() << told(*played.difference);
}

std::string plain(const std::string& name) {
  static const std::vector<std::pair<std::string, std::string>> kLetters{
      {"æ", "ae"}, {"ø", "oe"}, {"å", "aa"}, {"Ø", "OE"}, {"Å", "AA"}, {"Æ", "AE"}};
  std::string text = name;
  for (const auto& [from, to] : kLetters) {
    for (std::size_t at = text.find(from); at != text.npos; at = text.find(from))
      text.replace(at, from.size(), to);
  }
  for (char& letter : text) {
    const bool fits = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                      (letter >= '0' && letter <= '9');
    if (!fits) letter = '_';
  }
  return text;
}

INSTANTIATE_TEST_SUITE_P(Scenarios, Shipped,
                         testing::Range(std::size_t{0}, shipped().scenarios.size()),
                         [](const auto& row) {
                           return plain(shipped().scenarios[row.param].name);
                         });

class ByMail : public testing::TestWithParam<std::size_t> {};

TEST_P(ByMail, Holds) {
  const load::Configuration& instance = shipped_with_mail();
  const Played played = play(instance.mapping, instance.scenarios[GetParam()]);
  if (played.difference) ADD_FAILURE() << told(*played.difference);
}

INSTANTIATE_TEST_SUITE_P(Scenarios, ByMail,
                         testing::Range(std::size_t{0}, shipped_with_mail().scenarios.size()),
                         [](const auto& row) {
                           return plain(shipped_with_mail().scenarios[row.param].name);
                         });

class WithJira : public testing::TestWithParam<std::size_t> {};

TEST_P(WithJira, Holds) {
  const load::Configuration& instance = shipped_with_jira();
  const Played played = play(instance.mapping, instance.scenarios[GetParam()]);
  if (played.difference) ADD_FAILURE() << told(*played.difference);
}

INSTANTIATE_TEST_SUITE_P(Scenarios, WithJira,
                         testing::Range(std::size_t{0}, shipped_with_jira().scenarios.size()),
                         [](const auto& row) {
                           return plain(shipped_with_jira().scenarios[row.param].name);
                         });

TEST(Scenarios, ShowEveryActivityAndTakeEveryBranch) {
  std::set<std::string> lines;
  for (const load::Configuration* instance : {&shipped(), &shipped_with_mail()}) {
    for (const Scenario& one : instance->scenarios) lines.merge(play(instance->mapping, one).lines);
  }
  const Gaps left = gaps(shipped().mapping, shipped().scenarios, lines);
  std::string text;
  for (const core::ActivityId& id : left.activities) text += "no scenario for " + id.text() + "\n";
  for (const std::string& branch : left.branches) text += "not taken: " + branch + "\n";
  EXPECT_EQ(without_root(text), "");
}

TEST(Proof, TheShippedProcessesAreSound) {
  std::string text;
  for (const load::Configuration* instance :
       {&shipped(), &shipped_with_mail(), &shipped_with_jira()}) {
    for (const Error& error : core::prove(instance->mapping)) text += error.text() + "\n";
  }
  EXPECT_EQ(without_root(text), "");
}

}  // namespace
}  // namespace saksbro::rehearse
