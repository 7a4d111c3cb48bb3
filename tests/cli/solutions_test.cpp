// saksbro solutions, character by character: told/<test>.txt, as in cli_test.cpp.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "bridge/cli/cli.h"
#include "bridge/codec/json.h"
#include "bridge/store/sqlite/sqlite_store.h"
#include "tests/store/temporary_folder.h"

namespace saksbro::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr Instant kNoon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} +
                        std::chrono::hours{12}};

std::string content_of(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != text.npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

struct Told {
  const char* number;
  const char* title;
  const char* solution;
  const char* organisation;
};

void solve(store::Transaction& tx, const Told& told) {
  core::Case one;
  one.number = CaseNumber{told.number};
  one.closed = true;
  one.values = {
      {"title", told.title}, {"løsning", told.solution}, {"virksomhet", told.organisation}};
  const std::string key = one.number.text().substr(one.number.text().size() - 1);
  const std::vector<core::Fact> facts{core::TicketLinked{SystemName{"desk"}, RemoteKey{key},
                                                         "#" + key, "http://desk/issues/" + key}};
  ASSERT_TRUE(tx.cases().append(one, 1, kNoon, facts));
}

class CliSolutions : public testing::Test {
 protected:
  CliSolutions() {
    for (const char* secret : {"DESK_KEY", "OPERATOR_TOKEN"}) setenv(secret, "x", 1);
    setenv("OPERATOR_SECRET", "a-secret-of-more-than-32-characters", 1);
    std::string text = content_of(std::string(SAKSBRO_SOURCE) + "/config/saksbro.yaml");
    text = replaced(text, "../.work/saksbro.db", folder_.file("saksbro.db"));
    text = replaced(text, "\nlanguage: nb\n", "\nlanguage: en\n");
    std::ofstream(configuration()) << replaced(text, "../", std::string(SAKSBRO_SOURCE) + "/");
    auto store = *store::open_sqlite(folder_.file("saksbro.db"), store::Use::serve, kNoon);
    EXPECT_TRUE(store->keep_solutions({"løsning", "virksomhet", {}}));
    auto tx = *store->begin();
    solve(*tx,
          {"SAK-2026-00001", "Fakturagodkjenningen henger",
           "Anviser har sluttet.\n\nSett inn en stedfortreder.\nStart flyten på nytt.\nFerdig.",
           "Bydel Frogner"});
    solve(*tx, {"SAK-2026-00002", "Godkjenning av faktura for 01010750160",
                "Fødselsnummer 010107 50160 sto på bilaget.", "Bydel Sagene"});
    solve(*tx, {"SAK-2026-00003", "Lønnsslipp mangler", "Kjør jobben på nytt.", ""});
    EXPECT_TRUE(tx->commit());
  }

  [[nodiscard]] std::string configuration() const { return folder_.file("saksbro.yaml"); }

  // "exit <code>", then what was said.
  std::string say(std::vector<std::string> words) {
    words.insert(words.begin(), {"saksbro", "--config", configuration(), "solutions"});
    std::vector<const char*> raw;
    for (const std::string& word : words) raw.push_back(word.c_str());
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    const int code = cli::main(static_cast<int>(raw.size()), raw.data());
    std::fflush(stdout);
    const std::string out = testing::internal::GetCapturedStdout();
    return "exit " + std::to_string(code) + "\n" + out + testing::internal::GetCapturedStderr();
  }

  static void expect_told(const std::string& text) {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    const std::string path =
        std::string(SAKSBRO_SOURCE) + "/tests/cli/told/" + test->name() + ".txt";
    if (std::getenv("SAKSBRO_WRITE_EXPECTED") != nullptr) std::ofstream(path) << text;
    EXPECT_EQ(text, content_of(path)) << path;
  }

  store::TemporaryFolder folder_;
};

TEST_F(CliSolutions, SolutionsListsEachWithItsFirstLinesAndWhereItStands) {
  expect_told(say({"faktura", "godkjenning"}));
}

TEST_F(CliSolutions, SolutionsAsJson) { expect_told(say({"faktura", "--json"})); }

TEST_F(CliSolutions, NoSolutionSaysHowToSearchInstead) { expect_told(say({"kaffemaskin"})); }

TEST_F(CliSolutions, NoSolutionSaysSoInNorwegianToo) {
  expect_told(say({"kaffemaskin", "--lang", "nb", "--organisation", "Bydel Østensjø"}));
}

TEST_F(CliSolutions, NoSolutionIsAnEmptyListForPrograms) {
  EXPECT_EQ(say({"kaffemaskin", "--json"}), "exit 0\n[]\n");
}

TEST_F(CliSolutions, OneOrganisationSeesNothingOfAnother) {
  for (const char* organisation : {"Bydel Sagene", "Bydel Frogner", "Bydel", "*"}) {
    for (const char* query :
         {"faktura", "godkjenning", "lønnsslipp", "faktura lønn stedfortreder"}) {
      const std::string said = say({query, "--json", "--organisation", organisation});
      for (const auto& one : codec::Json::parse(said.substr(said.find('\n'))))
        EXPECT_EQ(one.at("organisation"), organisation) << query;
    }
  }
  EXPECT_THAT(say({"faktura", "--json", "--organisation", "Bydel Sagene"}),
              Not(HasSubstr("Frogner")));
}

TEST_F(CliSolutions, AsManyAsAskedFor) {
  EXPECT_THAT(say({"faktura", "--most", "1"}), Not(HasSubstr("SAK-2026-00001")));
  EXPECT_THAT(say({"faktura", "--most", "0"}), HasSubstr("exit 2"));
}

TEST_F(CliSolutions, AWrongCommandLineIsTwo) {
  EXPECT_THAT(say({}), HasSubstr("exit 2"));
  EXPECT_THAT(say({"faktura", "--lang", "de"}), HasSubstr("exit 2"));
}

}  // namespace
}  // namespace saksbro::cli
