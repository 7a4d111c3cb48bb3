// The house as docs/adr/0001-the-house.md draws it: the table is folder_rules.cpp.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/architecture/circles.h"
#include "tests/architecture/folder_rules.h"
#include "tests/architecture/helper_names.h"

namespace saksbro::architecture {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const fs::path kRoot = SAKSBRO_SOURCE;

std::string text_of(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

void add_sources(std::vector<Source>& sources, const fs::path& root, const std::string& folder) {
  for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
    const std::string kind = entry.path().extension();
    if (kind != ".h" && kind != ".cpp") continue;
    sources.push_back({fs::relative(entry.path(), root).string(), text_of(entry.path())});
  }
}

std::vector<Source> sources_below(const std::vector<std::string>& folders) {
  std::vector<Source> sources;
  for (const std::string& folder : folders) {
    add_sources(sources, kRoot, folder);
    // What a new connector begins as keeps to what connectors keep to.
    if (folder == "connectors") add_sources(sources, kRoot / "examples/connector", folder);
  }
  return sources;
}

std::vector<std::string> all_found(const std::vector<Source>& sources, const auto& look) {
  std::vector<std::string> found;
  for (const Source& source : sources) {
    const auto some = look(source);
    found.insert(found.end(), some.begin(), some.end());
  }
  return found;
}

std::vector<fs::path> connector_folders() {
  std::vector<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(kRoot / "connectors")) {
    const bool shared = entry.path().filename() == "tracker";  // what trackers have in common
    if (entry.is_directory() && !shared) folders.push_back(entry.path());
  }
  return folders;
}

TEST(House, NoFileIncludesWhatItsFolderMayNot) {
  const auto sources = sources_below({"bridge", "connectors"});
  ASSERT_GT(sources.size(), 100U);
  EXPECT_THAT(
      all_found(sources, [](const Source& one) { return forbidden_in(one, folder_rules()); }),
      IsEmpty());
}

TEST(House, JsonIsParsedAndItsNumbersAreReadInOnePlace) {
  EXPECT_THAT(all_found(sources_below({"bridge", "connectors"}), unguarded_json_in), IsEmpty());
}

TEST(House, VerbsWriteThroughOneFunction) {
  EXPECT_THAT(all_found(sources_below({"bridge/cli"}), unguarded_output_in), IsEmpty());
}

TEST(House, FilesAreShortAndHeadersAreReadOnce) {
  EXPECT_THAT(all_found(sources_below({"bridge", "connectors"}), misshapen), IsEmpty());
}

TEST(House, NoTwoFilesOfAFolderNameTheirHelpersAlike) {
  EXPECT_THAT(names_given_twice(sources_below({"bridge", "connectors"})), IsEmpty());
}

// From what everybody may know up to what nobody but the engine asks.
const std::vector<std::string> kCoreBottomUp{
    "bridge/core/text",   "bridge/core/time",     "bridge/core/model",
    "bridge/core/speech", "bridge/core/decision", "bridge/core/sync",
    "bridge/core/decide", "bridge/core/report",   "bridge/core/proof"};

TEST(House, NoTwoHeadersIncludeEachOther) {
  EXPECT_THAT(circles_in(header_includes(sources_below({"bridge", "connectors"}))), IsEmpty());
}

TEST(House, NoTwoFoldersIncludeEachOther) {
  EXPECT_THAT(circles_in(folder_includes(sources_below({"bridge", "connectors"}))), IsEmpty());
}

TEST(House, NoTwoModulesOfTheCoreIncludeEachOther) {
  EXPECT_THAT(circles_in(module_includes(sources_below({"bridge/core"}))), IsEmpty());
}

TEST(House, AFolderOfTheCoreKnowsOnlyThoseBelowIt) {
  const auto folders = folder_includes(sources_below({"bridge/core"}));
  ASSERT_GE(folders.size(), kCoreBottomUp.size() - 1);
  EXPECT_THAT(upward_in(folders, kCoreBottomUp), IsEmpty());
}

TEST(House, EveryConnectorIsInTheRegistry) {
  const std::string registry = text_of(kRoot / "connectors/registry.cpp");
  for (const fs::path& folder : connector_folders()) {
    const std::string name = folder.filename();
    EXPECT_NE(registry.find("{\"" + name + "\", " + name + "::configure}"), std::string::npos)
        << "connectors/" << name << " has no line in connectors/registry.cpp";
  }
}

TEST(House, EveryConnectorHasItsReadmeSampleSchemaAndTestcases) {
  for (const fs::path& folder : connector_folders()) {
    for (const char* part : {"README.md", "sample.yaml", "settings.schema.json", "testcases"}) {
      EXPECT_TRUE(fs::exists(folder / part)) << folder.filename() << " has no " << part;
    }
  }
}

TEST(Circles, AreToldWithAllWhoAreInThem) {
  const std::vector<Source> sources{
      {"bridge/a/x.h", "#include \"bridge/b/y.h\"\n#include \"bridge/c/low.h\"\n"},
      {"bridge/b/y.h", "#include \"bridge/b/z.h\"\n"},
      {"bridge/b/z.h", "#include \"bridge/a/x.h\"\n"},
      {"bridge/c/low.h", "#include <string>\n"},
      {"bridge/c/low.cpp", "#include \"bridge/c/low.h\"\n#include \"bridge/c/high.h\"\n"},
      {"bridge/c/high.h", "#include \"bridge/c/low.h\"\n"},
  };
  EXPECT_THAT(circles_in(header_includes(sources)),
              ElementsAre("bridge/a/x.h <-> bridge/b/y.h <-> bridge/b/z.h"));
  EXPECT_THAT(
      circles_in(module_includes(sources)),
      ElementsAre("bridge/a/x <-> bridge/b/y <-> bridge/b/z", "bridge/c/high <-> bridge/c/low"));
  EXPECT_THAT(circles_in(folder_includes(sources)), ElementsAre("bridge/a <-> bridge/b"));
}

TEST(Circles, AFolderThatKnowsOneAboveItIsTold) {
  const Includes folders{{"low", {"high", "other"}}, {"high", {"low"}}};
  EXPECT_THAT(upward_in(folders, {"low", "high"}), ElementsAre("low includes high"));
}

// --- the rules themselves, on invented sources: a rule that cannot be broken tests nothing

struct Row {
  const char* name;
  Source source;
  std::vector<std::string> found;
};

class Rules : public testing::TestWithParam<Row> {};

TEST_P(Rules, SayWhatIsForbiddenAndWhere) {
  EXPECT_EQ(forbidden_in(GetParam().source, folder_rules()), GetParam().found);
}

const Row kRows[] = {
    {"CoreMayKnowTheContract", {"bridge/core/x.cpp", "#include \"bridge/contract/ids.h\"\n"}, {}},
    {"CoreKnowsNoStore",
     {"bridge/core/x.cpp", "// first\n#include \"bridge/store/store.h\"\n"},
     {"bridge/core/x.cpp:2: bridge/store/store.h is not for this folder"}},
    {"CoreKnowsNoJson",
     {"bridge/core/x.h", "#include <nlohmann/json.hpp>\n"},
     {"bridge/core/x.h:1: nlohmann/json.hpp is not for this folder"}},
    {"CoreHasNoClock",
     {"bridge/core/x.cpp", "auto t = std::chrono::system_clock::now();\n"},
     {"bridge/core/x.cpp:1: system_clock::now is not for a pure folder"}},
    {"CoreHasNoThreads",
     {"bridge/core/x.cpp", "#  include <thread>\n"},
     {"bridge/core/x.cpp:1: thread is not for a pure folder"}},
    {"CoreHasNoChance",
     {"bridge/core/x.cpp", "#include <random>\n"},
     {"bridge/core/x.cpp:1: random is not for a pure folder"}},
    {"TheContractKnowsNobody",
     {"bridge/contract/x.h", "#include \"bridge/core/model/case.h\"\n"},
     {"bridge/contract/x.h:1: bridge/core/model/case.h is not for this folder"}},
    {"CodecsOpenNoFiles",
     {"bridge/codec/x.cpp", "#include <fstream>\n#include <sys/socket.h>\n"},
     {"bridge/codec/x.cpp:1: fstream is not for a pure folder",
      "bridge/codec/x.cpp:2: sys/socket.h is not for this folder"}},
    {"TheServerLivesInNet",
     {"bridge/run/x.cpp", "#include <httplib.h>\n"},
     {"bridge/run/x.cpp:1: httplib.h is not for this folder"}},
    {"SqlLivesInTheStore",
     {"bridge/run/x.cpp", "#include <SQLiteCpp/Database.h>\n"},
     {"bridge/run/x.cpp:1: SQLiteCpp/Database.h is not for this folder"}},
    {"YamlLivesInLoad",
     {"bridge/cli/x.cpp", "#include <yaml-cpp/yaml.h>\n"},
     {"bridge/cli/x.cpp:1: yaml-cpp/yaml.h is not for this folder"}},
    {"TheLogLivesInRun",
     {"bridge/net/x.cpp", "#include <spdlog/spdlog.h>\n"},
     {"bridge/net/x.cpp:1: spdlog/spdlog.h is not for this folder"}},
    {"TheStoreKnowsRecords",
     {"bridge/store/x.cpp", "#include \"bridge/records/case_record.h\"\n"},
     {}},
    {"TheStoreKnowsNoNet",
     {"bridge/store/x.cpp", "#include \"bridge/net/client.h\"\n"},
     {"bridge/store/x.cpp:1: bridge/net/client.h is not for this folder"}},
    {"RunKnowsNoConnector",
     {"bridge/run/x.cpp", "#include \"connectors/rt/rt.h\"\n"},
     {"bridge/run/x.cpp:1: connectors/rt/rt.h is not for this folder"}},
    {"TheCommandLineKnowsTheRegistryOnly",
     {"bridge/cli/x.cpp", "#include \"connectors/registry.h\"\n#include \"connectors/rt/rt.h\"\n"},
     {"bridge/cli/x.cpp:2: connectors/rt/rt.h is not for this folder"}},
    {"AConnectorKnowsItself", {"connectors/rt/x.cpp", "#include \"connectors/rt/rt.h\"\n"}, {}},
    {"AConnectorKnowsNoOther",
     {"connectors/rt/x.cpp", "#include \"connectors/redmine/redmine.h\"\n"},
     {"connectors/rt/x.cpp:1: connectors/redmine/redmine.h is not for this folder"}},
    {"AConnectorKnowsNoCore",
     {"connectors/rt/x.cpp", "#include \"bridge/core/model/case.h\"\n"},
     {"connectors/rt/x.cpp:1: bridge/core/model/case.h is not for this folder"}},
    {"StdRegexIsUsedNowhere",
     {"bridge/net/x.cpp", "#include <regex>\n"},
     {"bridge/net/x.cpp:1: regex is not used anywhere: RE2 is"}},
    {"AFolderWithoutARowIsAnError",
     {"bridge/extras/x.cpp", ""},
     {"bridge/extras/x.cpp: the folder bridge/extras is not in the table"}},
};

INSTANTIATE_TEST_SUITE_P(Of, Rules, testing::ValuesIn(kRows),
                         [](const auto& row) { return row.param.name; });

TEST(Output, AroundTheOneFunctionIsFound) {
  EXPECT_THAT(unguarded_output_in({"bridge/cli/print.cpp", "fwrite(x);\n"}), IsEmpty());
  EXPECT_THAT(unguarded_output_in({"bridge/cli/x.cpp", "  fmt::print(\"{}\", title);\n"}),
              ElementsAre("bridge/cli/x.cpp: fmt::print goes around bridge/cli/print.h"));
}

TEST(Json, ParsedOrReadWithoutAGuardIsFound) {
  EXPECT_THAT(unguarded_json_in({"bridge/codec/json.cpp", "Json::parse(text)\n"}), IsEmpty());
  EXPECT_THAT(unguarded_json_in({"connectors/rt/x.cpp", "\nauto j = nlohmann::json::parse(t);\n"}),
              ElementsAre("connectors/rt/x.cpp:2: son::parse( is for bridge/codec/json.cpp only"));
  EXPECT_THAT(unguarded_json_in({"a/x.cpp", "j.value(\"a\", 7) + j.at(\"b\").get<int>();\n"}),
              ElementsAre("a/x.cpp:1: .get<int> is for bridge/codec/json.cpp only",
                          "a/x.cpp:1: .value(\" is for bridge/codec/json.cpp only"));
}

TEST(HelperNames, AreFoundWhereTwoFilesOfAFolderGiveThem) {
  const auto helper = [](const std::string& path, const std::string& code) {
    return Source{path, "namespace a {\nnamespace {\n" + code + "\n}  // namespace\nint f();\n"};
  };
  const auto both = [&](const std::string& one, const std::string& other) {
    return names_given_twice({helper("b/x.cpp", one), helper("b/y.cpp", other)});
  };
  EXPECT_THAT(both("bool f(int a) {\n  return g(a);\n}", "std::string f(std::string a) {"),
              ElementsAre("b/x.cpp and b/y.cpp both have a helper named \"f\""));
  EXPECT_THAT(both("struct Place {", "enum class Place { here };"), SizeIs(1));
  EXPECT_THAT(both("constexpr int kMost = 3;", "constexpr std::array<int, 2> kMost{1, 2};"),
              SizeIs(1));
  EXPECT_THAT(both("using Text = std::string;", "using Text = std::string_view;"), SizeIs(1));
  EXPECT_THAT(both("using Text = std::string;", "using Text = std::string;"), IsEmpty());
  EXPECT_THAT(both("bool f(int a);", "bool g(int f);"), IsEmpty());
  EXPECT_THAT(both("bool f(int a) {", "constexpr auto kSql = R\"(\nCREATE f (\n)\";"), IsEmpty());
  EXPECT_THAT(names_given_twice({helper("b/x.cpp", "int f();"), helper("c/x.cpp", "int f();")}),
              IsEmpty());
}

TEST(Shape, AHeaderWithoutPragmaAndALongFileAreFound) {
  EXPECT_THAT(misshapen({"a/x.h", "#pragma once\n"}), IsEmpty());
  EXPECT_THAT(misshapen({"a/x.h", "int x;\n"}), ElementsAre("a/x.h: has no #pragma once"));
  EXPECT_THAT(misshapen({"a/x.cpp", std::string(400, '\n')}), IsEmpty());
  EXPECT_THAT(misshapen({"a/x.cpp", std::string(401, '\n')}),
              ElementsAre("a/x.cpp: has 401 lines, more than 400"));
}

}  // namespace
}  // namespace saksbro::architecture
