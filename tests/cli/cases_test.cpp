// What `cases` and `explain` say of a case, character by character: told/<test>.txt, which
// SAKSBRO_WRITE_EXPECTED=1 writes anew.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cli/one_case.h"

namespace saksbro::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class CliCases : public OneCase {};

TEST_F(CliCases, CasesListsThoseThatFitAllFilters) {
  prepare();
  const std::string all = say({"cases"}).out;
  for (const auto& words : std::vector<std::vector<std::string>>{
           {"cases", "--open"},
           {"cases", "list", "--status", "AVVENTER"},
           {"cases", "--system", "operator", "--status", "AVVENTER", "--open"}})
    EXPECT_EQ(say(words).out, all);
  EXPECT_EQ(say({"cases", "--status", "LUKKET"}).out, "No case matches.\n");
  EXPECT_EQ(say({"cases", "--system", "lonn", "--open"}).out, "No case matches.\n");
  EXPECT_EQ(say({"cases", "--status", "LUKKET", "--json"}).out, "[]\n");
}

TEST_F(CliCases, CasesOfAnEmptyStoreSaysSo) {
  make_store();
  expect_told(say({"cases"}));
}

TEST_F(CliCases, CasesListsThemWithEveryNumber) {
  prepare();
  expect_told(say({"cases"}));
}

TEST_F(CliCases, CasesListsThemInNorwegian) {
  prepare();
  prepare_second();
  expect_told(say({"cases", "--lang", "nb"}));
}

TEST_F(CliCases, NoCaseOrNoneThatFitsIsSaidInNorwegian) {
  make_store();
  EXPECT_EQ(say({"cases", "--lang", "nb"}).out, "Det er ingen saker ennå.\n");
  prepare();
  EXPECT_EQ(say({"cases", "--status", "LUKKET", "--lang", "nb"}).out, "Ingen sak passer.\n");
}

TEST_F(CliCases, CasesShowTellsOneCaseInNorwegian) {
  prepare();
  expect_told(say({"cases", "show", "17", "--lang", "nb"}));
}

TEST_F(CliCases, CasesShowTellsAWordOfAClosedListByItsTitle) {
  prepare();
  prepare_words();
  EXPECT_THAT(say({"cases", "show", "17"}).out, AllOf(HasSubstr("generell interesse  yes\n"),
                                                      HasSubstr("henvendelse     Error report\n")));
  EXPECT_THAT(
      say({"cases", "show", "17", "--lang", "nb"}).out,
      AllOf(HasSubstr("generell interesse  ja\n"), HasSubstr("henvendelse     Feilmelding\n")));
  EXPECT_THAT(say({"cases", "show", "17", "--json"}).out,
              HasSubstr("\"generell interesse\":\"ja\",\"henvendelse\":\"Feilmelding\""));
}

TEST_F(CliCases, CasesListAsJson) {
  prepare();
  expect_told(say({"cases", "list", "--json"}));
}

TEST_F(CliCases, CasesShowTellsOneCase) {
  prepare();
  expect_told(say({"cases", "show", "SAK-2026-00001"}));
}

TEST_F(CliCases, CasesShowAsJson) {
  prepare();
  expect_told(say({"cases", "show", "SAK-2026-00001", "--json"}));
}

TEST_F(CliCases, AnyPartysNumberFindsTheCase) {
  prepare();
  const std::string whole = say({"cases", "show", "SAK-2026-00001"}).out;
  for (const char* number : {"17", "#17", "5", "#5"}) {
    EXPECT_EQ(say({"cases", "show", number}).out, whole) << number;
  }
}

TEST_F(CliCases, ANumberThatSeveralCasesHaveNamesEachWithItsSystem) {
  prepare();
  prepare_second();
  const std::string several =
      "\"#5\" names several cases: SAK-2026-00001 (operator), SAK-2026-00002 (desk); choose one of "
      "them\n";
  for (const auto& words : std::vector<std::vector<std::string>>{
           {"cases", "show", "#5"}, {"explain", "#5"}, {"explain", "#5", "--json"}}) {
    const Said said = say(words);
    EXPECT_EQ(said.code, 1);
    EXPECT_EQ(said.out, "");
    EXPECT_EQ(said.err, several);
  }
}

TEST_F(CliCases, ExplainTellsOfATicketOfAnotherSystemThatHasTheSameNumberAndNoCase) {
  prepare();
  prepare_stray();
  const std::string whole = say({"explain", "17"}).out;
  EXPECT_EQ(say({"explain", "#5"}).out,
            whole +
                "\n#5 is also the number of a ticket that belongs to no case. Decisions about it, "
                "newest first:\n\n"
                "2026-11-23 13:00:00  an answer from bym\n"
                "    Nothing to do: ticket #5 was registered before Saksbro began here.\n\n"
                "Times are of Europe/Oslo.\n");
  EXPECT_THAT(say({"explain", "#5", "--lang", "nb"}).out,
              HasSubstr("\n#5 er også nummeret til noe som ikke hører til noen sak."));
  EXPECT_THAT(say({"explain", "#5", "--json"}).out, HasSubstr("\"other_tickets\":[{\"at\":"));
}

TEST_F(CliCases, ANumberThatNobodyKnowsIsRefused) {
  prepare();
  expect_told(say({"cases", "show", "99"}));
}

TEST_F(CliCases, ExplainTellsEachEventWhatWasSentAndWhatWaits) {
  prepare();
  expect_told(say({"explain", "17"}));
}

TEST_F(CliCases, ExplainLeavesOutUpkeep) {
  prepare();
  prepare_upkeep();
  expect_told(say({"explain", "17"}));
}

TEST_F(CliCases, ExplainTellsAllWhenAsked) {
  prepare();
  prepare_upkeep();
  expect_told(say({"explain", "17", "--all"}));
}

TEST_F(CliCases, ExplainAsJson) {
  prepare();
  expect_told(say({"explain", "17", "--json"}));
}

}  // namespace
}  // namespace saksbro::cli
