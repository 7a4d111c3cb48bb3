// The JSON Schemas that editors complete by say the same as the program: what is shipped fits, and
// an unknown key does not. Needs python3-jsonschema and python3-yaml.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace saksbro::load {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = SAKSBRO_SOURCE;

struct Ran {
  int status = 0;
  std::string output;
};

Ran run(const std::string& command) {
  Ran ran;
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return {-1, "popen failed"};
  std::array<char, 4096> piece{};
  while (std::fgets(piece.data(), static_cast<int>(piece.size()), pipe) != nullptr)
    ran.output += piece.data();
  ran.status = pclose(pipe);
  return ran;
}

Ran run_python(const std::string& script, const std::string& arguments) {
  return run("python3 " + (kRoot / "tests/load" / script).string() + " " + arguments);
}

Ran check_schemas(const std::string& arguments) {
  return run_python("check_schemas.py", arguments);
}

// Which schema a file of right/ or wrong/ belongs to.
fs::path schema_of(const fs::path& file) {
  const std::string name = file.stem();
  if (name == "saksbro") return kRoot / "config/schemas/saksbro.schema.json";
  const bool system = name != "process" && name != "house";
  return kRoot / "mappings/schemas" / ((system ? "system" : name) + ".schema.json");
}

TEST(Schemas, FitWhatIsShipped) {
  std::string files;
  for (const char* folder : {"config", "mappings", "examples/small", "examples/jira-gitlab"}) {
    for (const auto& entry : fs::directory_iterator(kRoot / folder)) {
      if (entry.path().extension() == ".yaml") files += " " + entry.path().string();
    }
  }
  const Ran ran = check_schemas(files);
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(ran.output, "");
}

// SAKSBRO_WRITE_EXPECTED=1 writes it anew.
TEST(Schemas, OfTheConfigurationIsMadeOfWhatEachConnectorTakes) {
  const fs::path schema = kRoot / "config/schemas/saksbro.schema.json";
  const Ran ran = run((kRoot / "config/schemas/compose").string());
  ASSERT_EQ(ran.status, 0) << ran.output;
  if (std::getenv("SAKSBRO_WRITE_EXPECTED") != nullptr) std::ofstream(schema) << ran.output;
  std::ostringstream text;
  text << std::ifstream(schema).rdbuf();
  EXPECT_EQ(text.str(), ran.output)
      << "config/schemas/compose > config/schemas/saksbro.schema.json";
}

// Each file of `folders` under the schema that it belongs to: one run a schema.
std::map<fs::path, std::string> by_schema(const std::vector<fs::path>& folders) {
  std::map<fs::path, std::string> files;
  for (const fs::path& folder : folders) {
    for (const auto& file : fs::directory_iterator(folder)) {
      if (file.path().extension() == ".yaml") files[schema_of(file)] += " " + file.path().string();
    }
  }
  return files;
}

TEST(Schemas, RefuseEachUnknownKeyThatTheProgramRefuses) {
  std::vector<fs::path> folders;
  for (const auto& folder : fs::directory_iterator(kRoot / "tests/load/wrong")) {
    if (folder.path().filename().string().starts_with("unknown-key-")) folders.push_back(folder);
  }
  EXPECT_GE(folders.size(), 10U);
  for (const auto& [schema, files] : by_schema(folders)) {
    const Ran ran = check_schemas("--refuse " + schema.string() + files);
    EXPECT_EQ(ran.status, 0);
    EXPECT_EQ(ran.output, "");
  }
}

// Else the test above would pass for a schema that refuses everything.
TEST(Schemas, DoNotRefuseTheInstanceThatTheMistakesAreMadeIn) {
  for (const auto& [schema, files] : by_schema({kRoot / "tests/load/right"})) {
    const Ran ran = check_schemas("--refuse " + schema.string() + files);
    const auto right = std::count(files.begin(), files.end(), ' ');
    EXPECT_EQ(std::count(ran.output.begin(), ran.output.end(), '\n'), right) << ran.output;
  }
}

// SAKSBRO_WRITE_EXPECTED=1 writes the page anew.
TEST(ProcessLanguage, EachKeyOfTheSchemasStandsOnThePageAndNoOther) {
  const fs::path page = kRoot / "docs/process-language.md";
  const Ran ran = run_python("write_language_page.py", "");
  ASSERT_EQ(ran.status, 0) << ran.output;
  if (std::getenv("SAKSBRO_WRITE_EXPECTED") != nullptr) std::ofstream(page) << ran.output;
  std::ostringstream text;
  text << std::ifstream(page).rdbuf();
  EXPECT_EQ(text.str(), ran.output);
}

}  // namespace
}  // namespace saksbro::load
