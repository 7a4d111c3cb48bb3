// An instance whose files have no Norwegian word says none: examples/small, checked, played and
// shown.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bridge/cli/cli.h"
#include "bridge/core/model/overloaded.h"
#include "bridge/rehearse/rehearsal.h"
#include "tests/cli/command_line.h"

namespace saksbro::cli {
namespace {

const std::string kSmall = std::string(SAKSBRO_SOURCE) + "/examples/small/saksbro.yaml";

// Letters and words that no English text of ours has.
std::vector<std::string> norwegian_in(const std::string& text) {
  std::vector<std::string> found;
  for (const char* one : {"æ", "ø", "å", "Æ", "Ø", "Å", "«", "/sak ", " og ", " ikke ", " saken ",
                          " fra ", " til ", " kan bare ", "Status hos", "Ligger hos"}) {
    if (text.find(one) != std::string::npos) found.emplace_back(one);
  }
  return found;
}

std::string text_of(const Action& action) {
  return std::visit(
      core::Overloaded{[](const CreateTicket& one) { return one.title + "\n" + one.text; },
                       [](const AddComment& one) { return one.text; },
                       [](const KeepNote& one) { return one.text; },
                       [](const SetStatus& one) { return one.status; },
                       [](const SendNotice& one) { return one.title + "\n" + one.text; },
                       [](const RaiseAlert& one) { return one.title + "\n" + one.text; },
                       [](const auto&) { return std::string(); }},
      action);
}

class English : public CommandLine {
 protected:
  English() { setenv("VENDOR_TOKEN", "t", 1); }
  Said of(std::vector<std::string> words) const {
    words.insert(words.end(), {"--config", kSmall});
    return say(words);
  }
};

TEST_F(English, InstanceIsRightAndEachScenarioHolds) {
  const Said said = of({"check"});
  EXPECT_EQ(said.code, 0) << said.err;
  EXPECT_THAT(norwegian_in(said.out), testing::IsEmpty()) << said.out;
}

TEST_F(English, ProcessIsShownInEnglish) {
  const Said said = of({"process", "show", "Help"});
  EXPECT_EQ(said.code, 0) << said.err;
  EXPECT_THAT(norwegian_in(said.out), testing::IsEmpty()) << said.out;
}

TEST_F(English, TextIsAllThatTicketsEverGet) {
  const auto configuration = load_to_look(Chosen{kSmall, false, nullptr});
  ASSERT_TRUE(configuration);
  std::size_t texts = 0;
  for (const rehearse::Scenario& scenario : configuration->scenarios) {
    rehearse::Rehearsal played(configuration->mapping);
    for (const rehearse::Round& round : scenario.rounds) {
      for (const rehearse::Step& step : round.steps) ASSERT_TRUE(played.take(step));
    }
    for (const rehearse::Sent& sent : played.sent()) {
      const std::string text = text_of(sent.issued.command.action);
      EXPECT_THAT(norwegian_in(text), testing::IsEmpty()) << scenario.name << ": " << text;
      texts += text.empty() ? 0 : 1;
    }
    for (const Phrases& reasons : played.reasons())
      EXPECT_THAT(norwegian_in(in_english(reasons)), testing::IsEmpty()) << in_english(reasons);
  }
  EXPECT_GT(texts, 20U);
}

}  // namespace
}  // namespace saksbro::cli
