// What the command line says about a prepared store, character by character: told/<test>.txt, which
// SAKSBRO_WRITE_EXPECTED=1 writes anew.
#include "bridge/cli/cli.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "bridge/codec/digest.h"
#include "bridge/records/order_record.h"
#include "bridge/records/phrase_record.h"
#include "bridge/store/sqlite/sqlite_store.h"
#include "tests/cli/one_case.h"

namespace saksbro::cli {
namespace {

using testing::HasSubstr;

class Cli : public OneCase {};

TEST_F(Cli, OutboxListsWhatWaitsDeadLettersAndWhatWasPutAside) {
  prepare();
  expect_told(say({"outbox"}));
}

TEST_F(Cli, OutboxAsJson) {
  prepare();
  expect_told(say({"outbox", "--json"}));
}

// Promise 41.
TEST_F(Cli, OutboxSaysThatACommandIsForASystemThatIsNotConfiguredAnyMore) {
  {
    auto store = *store::open_sqlite(folder_.file("saksbro.db"), store::Use::command, kNoon);
    auto tx = *store->begin();
    ASSERT_TRUE(tx->outbox().append(std::nullopt, 1, kNoon, comment("k/gone", SystemName{"gone"})));
    ASSERT_TRUE(tx->commit());
  }
  expect_told(say({"outbox"}));
}

// Promise 18.
TEST_F(Cli, OutboxAfterALongOutageListsTheFirstAndSaysHowManyMore) {
  {
    auto store = *store::open_sqlite(folder_.file("saksbro.db"), store::Use::command, kNoon);
    auto tx = *store->begin();
    for (int i = 0; i < 1'234; ++i) {
      const std::string key = "k/" + std::to_string(i);
      ASSERT_TRUE(tx->outbox().append(std::nullopt, 1, kNoon, comment(key, SystemName{"desk"})));
    }
    ASSERT_TRUE(tx->commit());
  }
  const std::string told = say({"outbox"}).out;
  EXPECT_EQ(std::count(told.begin(), told.end(), '\n'), 101);
  EXPECT_TRUE(told.ends_with("\nand 1134 more waiting: saksbro outbox --all\n")) << told;
  const std::string all = say({"outbox", "--all"}).out;
  EXPECT_EQ(std::count(all.begin(), all.end(), '\n'), 1'234);
}

TEST_F(Cli, OutboxOfAnEmptyStoreSaysSo) {
  make_store();
  expect_told(say({"outbox"}));
}

TEST_F(Cli, RedrivePutsAnOrderIntoTheInbox) {
  prepare();
  const Said said = say({"redrive", "17"});
  auto store = *store::open_sqlite(folder_.file("saksbro.db"), store::Use::command, kNoon);
  const auto rows = (*store->reader())->inbox().list(0, 10);
  ASSERT_TRUE(rows && rows->size() == 3);
  const auto order = records::read_order(rows->back().delivery.body);
  ASSERT_TRUE(order);
  EXPECT_EQ(*order, (records::Order{"redrive", kNumber, {}, std::nullopt}));
  expect_told(said);
}

TEST_F(Cli, RedriveTakesUpADeliveryThatWasPutAside) {
  prepare();
  EXPECT_EQ(say({"redrive", "parked:2"}).code, 0);
  auto store = *store::open_sqlite(folder_.file("saksbro.db"), store::Use::command, kNoon);
  const auto rows = (*store->reader())->inbox().list(0, 10);
  ASSERT_TRUE(rows && rows->size() == 3);
  const auto order = records::read_order(rows->back().delivery.body);
  ASSERT_TRUE(order);
  EXPECT_EQ(*order, (records::Order{"unpark", {}, {}, 2}));
}

TEST_F(Cli, ComparePutsAnOrderIntoTheInbox) {
  prepare();
  EXPECT_EQ(say({"compare"}).out,
            "Queued: the service reads all open cases' tickets, a page at a time.\n");
  EXPECT_EQ(say({"compare", "--system", "desk"}).out,
            "Queued: the service reads all open cases' tickets in desk, a page at a time.\n");
  auto store = *store::open_sqlite(folder_.file("saksbro.db"), store::Use::command, kNoon);
  const auto rows = (*store->reader())->inbox().list(0, 10);
  ASSERT_TRUE(rows && rows->size() == 4);
  EXPECT_EQ(*records::read_order(rows->at(2).delivery.body),
            (records::Order{"compare", {}, {}, std::nullopt}));
  EXPECT_EQ(*records::read_order(rows->at(3).delivery.body),
            (records::Order{"compare", {}, kDesk, std::nullopt}));
}

TEST_F(Cli, CompareOfASystemThatIsNotThereNamesTheNearest) {
  const Said said = say({"compare", "--system", "dsk"});
  EXPECT_EQ(said.code, 1);
  EXPECT_THAT(said.err, HasSubstr("unknown system \"dsk\"; did you mean \"desk\"?"));
}

TEST_F(Cli, AVerbThatIsMisspeltIsNamedWithTheNearest) {
  const Said said = say({"statsu"});
  EXPECT_EQ(said.code, 2);
  EXPECT_EQ(said.err, "unknown verb \"statsu\"; did you mean \"status\"?\n");
  EXPECT_EQ(say({"xyzzy"}).err, "unknown verb \"xyzzy\"; `saksbro --help` lists them\n");
}

TEST_F(Cli, AVerbThatIsMissingIsAskedForByTheVerbsThatThereAre) {
  const std::string all =
      "serve, check, cases, compare, explain, outbox, process, redrive, export, version, "
      "deviations, report, solutions, token, backup, restore, status";
  EXPECT_EQ(say({}).err, "`saksbro` needs a verb: " + all + "; `saksbro --help` describes them\n");
  const Said norwegian = say({"--lang", "nb"});
  EXPECT_EQ(norwegian.code, 2);
  EXPECT_EQ(norwegian.err,
            "`saksbro` trenger et verb: " + all + ". `saksbro --help` beskriver dem\n");
  const Said token = say({"token"});
  EXPECT_EQ(token.code, 2);
  EXPECT_EQ(token.err,
            "`saksbro token` needs a verb: create; `saksbro token --help` describes them\n");
}

TEST_F(Cli, RedriveMustBeToldWhich) { expect_told(say({"redrive"})); }

TEST_F(Cli, RedriveOfAnIdThatIsNoneIsRefused) {
  make_store();
  expect_told(say({"redrive", "id:x"}));
}

// By root, it would belong to root, and the service could not open it.
TEST_F(Cli, BeforeTheFirstStartNoVerbMakesAStore) {
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"cases"},
                                             {"cases", "show", "7"},
                                             {"explain", "7"},
                                             {"outbox"},
                                             {"deviations"},
                                             {"solutions", "faktura"},
                                             {"status"},
                                             {"report", "--month", "2026-11"},
                                             {"export"},
                                             {"redrive", "--all"},
                                             {"compare"},
                                             {"version", "announce", "7"}}) {
    const Said said = say(words);
    EXPECT_EQ(said.code, 1) << words.front();
    EXPECT_EQ(said.err, "store: " + folder_.file("saksbro.db") +
                            ": there is no store yet; `saksbro serve` creates it\n")
        << words.front();
    EXPECT_EQ(said.out, "");
  }
  EXPECT_FALSE(std::filesystem::exists(folder_.file("saksbro.db")));
}

TEST_F(Cli, TokenCreatePrintsATokenOnceAndItsHashForTheConfiguration) {
  const Said said = say({"token", "create", "operator"});
  EXPECT_EQ(said.code, 0);
  const std::string token = said.out.substr(0, said.out.find('\n'));
  EXPECT_EQ(token.size(), std::string("saksbro_").size() + 64);
  EXPECT_EQ(said.out,
            token +
                "\n\nThe token is shown once and stored nowhere. In the configuration, below "
                "listen.operations:\n\n    tokens:\n      NAME: { role: operator, sha256: " +
                codec::to_hex(codec::sha256(token)) + ", expires: YYYY-MM-DD }\n");
  EXPECT_NE(say({"token", "create", "operator"}).out, said.out);
}

TEST_F(Cli, TokenCreateOfARoleThatIsNoneIsRefused) {
  EXPECT_EQ(say({"token", "create", "owner"}).code, 2);
}

TEST_F(Cli, CheckListsTheMovesThatWorkflowsMustAllow) { expect_told(say({"check", "--moves"})); }

TEST_F(Cli, CheckListsTheMovesInNorwegianToo) {
  expect_told(say({"check", "--moves", "--lang", "nb"}));
}

TEST_F(Cli, CheckListsTheMovesForPrograms) {
  const Said said = say({"check", "--moves", "--json"});
  EXPECT_EQ(said.code, 0);
  EXPECT_THAT(said.out, HasSubstr(R"x({"because":"M.1.2.4 -> M.1 slutt (lukket)","from":"status",)x"
                                  R"x("role":"first_line","status":"LØST","system":"desk",)x"
                                  R"x("to":"LUKKET"})x"));
  EXPECT_THAT(said.out, HasSubstr(R"x({"because":"M.1 slutt","from":"any","system":"operator",)x"
                                  R"x("to":"lukket"})x"));
}

TEST_F(Cli, CheckOfTheSmallExampleSaysThatItIsRight) {
  setenv("VENDOR_TOKEN", "t", 1);
  const Said said =
      say({"check", "--config", std::string(SAKSBRO_SOURCE) + "/examples/small/saksbro.yaml"});
  EXPECT_EQ(said.code, 0) << said.err;
  EXPECT_THAT(said.out, HasSubstr("\n6 scenarios hold; activities covered: all 6 (Help: 6)\n"));
}

TEST_F(Cli, CheckTellsProgramsWhatIsWrong) {
  EXPECT_EQ(say({"check", "--json"}).out, "{\"errors\":[],\"right\":true}\n");
  const std::string text = content_of(configuration());
  std::ofstream(configuration()) << text << "alarm: ja\n";
  const Said said = say({"check", "--json"});
  EXPECT_EQ(said.code, 1);
  EXPECT_THAT(said.out, HasSubstr("\"right\":false"));
  EXPECT_THAT(said.out, HasSubstr("{\"what\":\"alarm: unknown key; expected one of calendar, "));
}

TEST_F(Cli, ProcessesAreListedForPrograms) {
  EXPECT_EQ(say({"process", "--json"}).out,
            R"x([{"activities":18,"process":"M.1","title":{"en":"Cases reported by users",)x"
            R"x("nb":"Saker som meldes fra bruker"}},{"activities":21,"process":"M.2",)x"
            R"x("title":{"en":"Cases reported by the operator",)x"
            R"x("nb":"Saker som meldes av driftsleverandør"}}])x"
            "\n");
}

TEST_F(Cli, CheckSaysThatTheStoreCannotBeWritten) {
  // Below a file there is no folder, not even for root.
  const std::string text = content_of(configuration());
  std::ofstream(folder_.file("file")) << "";
  std::ofstream(configuration()) << replaced(text, folder_.file("saksbro.db"),
                                             folder_.file("file/saksbro.db"));
  const Said said = say({"check"});
  EXPECT_EQ(said.code, 1);
  EXPECT_EQ(said.err, "store: " + folder_.file("file") +
                          "/saksbro.db cannot be written by this user: " + folder_.file("file") +
                          ": it is not a folder\n1 error\n");
}

TEST_F(Cli, CheckOfARightConfigurationSaysSo) { expect_told(say({"check"})); }

TEST_F(Cli, CheckOfAWrongOneNamesEveryErrorAndIsOne) {
  std::string text = content_of(configuration());
  text = replaced(text, "connector: rt", "connector: rtt");
  text = replaced(text, "project: saksportal", "projekt: saksportal");
  std::ofstream(configuration()) << text;
  expect_told(say({"check"}));
}

TEST_F(Cli, CheckWarnsOfASecretThatOthersMayRead) {
  const std::string key = folder_.file("desk.key");
  std::ofstream(key) << "k";
  std::string text = content_of(configuration());
  text = replaced(text, "{ env: DESK_KEY }", "{ file: desk.key }");
  // Scenarios are no matter of this: they would be played each time.
  const auto scenarios = text.find("  scenarios:");
  ASSERT_NE(scenarios, text.npos);
  text.erase(scenarios, text.find('\n', scenarios) + 1 - scenarios);
  std::ofstream(configuration()) << text;
  const auto warning = [&](std::filesystem::perms mode) {
    std::filesystem::permissions(key, mode);
    const Said said = say({"check"});
    EXPECT_EQ(said.code, 0) << said.err;
    return said.err;
  };
  using std::filesystem::perms;
  EXPECT_EQ(
      warning(perms{0666}),
      "warning: " + key + " can be read or changed by others (mode 0666): chmod 600 " + key + "\n");
  EXPECT_THAT(warning(perms{0604}), HasSubstr("(mode 0604)"));
  EXPECT_THAT(warning(perms{0660}), HasSubstr("(mode 0660)"));
  EXPECT_EQ(warning(perms{0600}), "");
}

TEST_F(Cli, CheckNeedsTheSecretsAndLookingDoesNot) {
  prepare();
  unsetenv("DESK_KEY");
  EXPECT_EQ(say({"cases"}).code, 0);
  expect_told(say({"check"}));
}

TEST_F(Cli, EachSecretThatCannotBeReadIsOneError) {
  for (const char* name : {"DESK_KEY", "INNBOKS_PASSWORD", "OPERATOR_SECRET"}) unsetenv(name);
  setenv("INNBOKS_SECRET", "", 1);
  expect_told(say({"check"}));
}

TEST_F(Cli, AConfigurationThatIsNotThereIsOne) {
  std::filesystem::remove(configuration());
  expect_told(say({"cases"}));
}

TEST_F(Cli, ExportWritesTheCasesOfThePeriod) {
  prepare();
  const auto traces = [&](std::vector<std::string> words) {
    words.insert(words.begin(), {"export", "--format", "xes"});
    const Said said = say(words);
    EXPECT_EQ(said.code, 0) << said.err;
    return said.out.find("<trace>") != std::string::npos;
  };
  EXPECT_TRUE(traces({}));
  EXPECT_TRUE(traces({"--from", "2026-11-23", "--to", "2026-11-23"}));
  EXPECT_FALSE(traces({"--from", "2026-11-24"}));
  EXPECT_FALSE(traces({"--to", "2026-11-22"}));
}

TEST_F(Cli, ExportToAFileSaysHowManyCases) {
  prepare();
  const std::string file = folder_.file("log.json");
  const Said said = say({"export", "--format", "ocel", "-o", file});
  EXPECT_EQ(said.out, file + ": 1 cases\n");
  EXPECT_THAT(content_of(file), HasSubstr("\"SAK-2026-00001\""));
}

TEST_F(Cli, ExportRefusesADayThatIsNone) {
  for (const char* day : {"2026-02-30", "23.11.2026", "2026-11-23T12:00"}) {
    const Said said = say({"export", "--from", day});
    EXPECT_EQ(said.code, 1);
    EXPECT_EQ(said.err,
              "--from: \"" + std::string(day) + "\" is not a date; write it as 2026-11-23\n");
  }
}

TEST_F(Cli, AWrongCommandLineIsTwo) {
  EXPECT_EQ(say({"case"}).code, 2);
  EXPECT_EQ(say({}).code, 2);
  EXPECT_EQ(say({"explain"}).code, 2);
  EXPECT_EQ(say({"cases", "--jsn"}).code, 2);
  EXPECT_EQ(say({"process", "show", "m1", "--format", "pdf"}).code, 2);
  EXPECT_EQ(say({"export", "--format", "csv"}).code, 2);
}

TEST_F(Cli, HelpNamesEveryVerb) {
  const Said said = say({"--help"});
  EXPECT_EQ(said.code, 0);
  for (const char* verb : {"serve", "check", "cases", "explain", "export", "outbox", "process",
                           "redrive", "version", "deviations", "report", "solutions"})
    EXPECT_THAT(said.out, HasSubstr(verb));
}

}  // namespace
}  // namespace saksbro::cli
