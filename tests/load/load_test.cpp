// A new mistake is a new folder below wrong/: the files that differ from right/, and expected.txt
// with every error, character by character.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "bridge/core/proof/proof.h"
#include "bridge/load/configuration.h"
#include "bridge/load/system_abilities.h"
#include "connectors/registry.h"

namespace saksbro::load {
namespace {

namespace fs = std::filesystem;

const fs::path kHere = fs::path(SAKSBRO_SOURCE) / "tests/load";

// `asked`: the path as the configuration has it, for the message.
Result<std::string> content_of(const fs::path& path, const std::string& asked) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return fail(asked, "cannot be read");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::optional<std::string> variable(const std::string& name) {
  const std::vector<std::string> set{"DESK_KEY",          "OPERATOR_TOKEN",   "OPERATOR_SECRET",
                                     "THIRD_LINE_TOKEN",  "LONN_TOKEN",       "SKATT_TOKEN",
                                     "LINKS_SECRET",      "INNBOKS_PASSWORD", "INNBOKS_SECRET",
                                     "OPERATOR_PASSWORD", "DESK_TOKEN",       "DESK_WEBHOOK_SECRET",
                                     "ORGANISATIONS_KEY"};
  if (std::find(set.begin(), set.end(), name) == set.end()) return std::nullopt;
  return "a-secret-of-more-than-32-characters";
}

// As `saksbro check` does: the files first, then each connector with its settings; and what is
// right so far must be sound.
Errors check(const std::string& path, const ReadFile& read) {
  Loaded loaded = load_configuration(path, read, variable);
  for (const SystemConfiguration& system : loaded.configuration.systems) {
    const auto configured = connectors().at(system.connector)(system.name, system.settings);
    const Errors found = configured ? check_abilities(loaded.configuration.mapping, system,
                                                      (*configured)->abilities())
                                    : configured.error();
    loaded.errors.insert(loaded.errors.end(), found.begin(), found.end());
  }
  if (loaded.errors.empty()) loaded.errors = core::prove(loaded.configuration.mapping);
  return in_order(loaded.errors, path);
}

std::string lines_of(const Errors& errors) {
  std::string lines;
  for (const Error& error : errors) lines += error.text() + "\n";
  return lines;
}

std::vector<std::string> mistakes() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(kHere / "wrong")) {
    names.push_back(entry.path().filename());
  }
  std::sort(names.begin(), names.end());
  return names;
}

class Wrong : public testing::TestWithParam<std::string> {
 protected:
  Errors found() const {
    const fs::path folder = kHere / "wrong" / GetParam();
    return check("saksbro.yaml", [&](const std::string& path) {
      const std::string name = fs::path(path).lexically_normal();
      return content_of(fs::exists(folder / name) ? folder / name : kHere / "right" / name, name);
    });
  }
};

TEST_P(Wrong, SaysWhatIsWrongWhereAndWhatWasExpected) {
  const fs::path expected = kHere / "wrong" / GetParam() / "expected.txt";
  const std::string text = lines_of(found());
  if (std::getenv("SAKSBRO_WRITE_EXPECTED") != nullptr) std::ofstream(expected) << text;
  ASSERT_FALSE(text.empty()) << "nothing wrong was found";
  EXPECT_EQ(text, content_of(expected, "").value_or("(there is no expected.txt)"));
}

bool has_line_and_column(const std::string& where) {
  const std::size_t column = where.rfind(':');
  const std::size_t line = column == where.npos ? where.npos : where.rfind(':', column - 1);
  return line != where.npos && parse_whole_number(where.substr(column + 1)).value_or(0) > 0 &&
         parse_whole_number(where.substr(line + 1, column - line - 1)).value_or(0) > 0;
}

TEST_P(Wrong, EachErrorHasItsFileLineAndColumn) {
  for (const Error& error : found()) {
    EXPECT_TRUE(has_line_and_column(error.where)) << error.text();
  }
}

INSTANTIATE_TEST_SUITE_P(Mistakes, Wrong, testing::ValuesIn(mistakes()), [](const auto& row) {
  std::string name = row.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST(Load, TheInstanceThatTheMistakesAreMadeInIsRight) {
  const Errors errors = check("saksbro.yaml", [](const std::string& path) {
    return content_of(kHere / "right" / fs::path(path).lexically_normal(), path);
  });
  EXPECT_EQ(lines_of(errors), "");
}

TEST(Load, ASystemWhereNoProcessOpensTicketsNeedsNoMarker) {
  const Errors errors = check("saksbro.yaml", [](const std::string& path) {
    auto text = content_of(kHere / "right" / fs::path(path).lexically_normal(), path);
    const auto without = [&](const std::string& line) {
      const std::size_t at = text->find(line);
      if (at != std::string::npos) text->erase(at, line.size());
    };
    if (path == "saksbro.yaml") without("    marker_field: Nøkkel\n");  // of the desk, the first
    if (path == "desk.yaml") without("marker: Nøkkel\n");
    return text;
  });
  EXPECT_EQ(lines_of(errors), "");
}

TEST(Load, TheShippedConfigurationAndMappingsAreRight) {
  for (const char* file :
       {"/config/saksbro.yaml", "/config/saksbro.mail.yaml", "/config/saksbro.jira.yaml"}) {
    const std::string path = std::string(SAKSBRO_SOURCE) + file;
    EXPECT_EQ(lines_of(check(path, [](const std::string& one) { return content_of(one, one); })),
              "");
  }
}

// The sample of a connector that can be the desk, in the place of the desk of the shipped instance.
TEST(Load, TheSampleDesksFitTheShippedProcesses) {
  const std::string path = std::string(SAKSBRO_SOURCE) + "/config/saksbro.yaml";
  for (const char* connector : {"jira", "gitlab"}) {
    const auto sample =
        content_of(fs::path(SAKSBRO_SOURCE) / "connectors" / connector / "sample.yaml", connector);
    ASSERT_TRUE(sample);
    const std::string desk = sample->substr(sample->find("  desk:\n"));
    EXPECT_EQ(lines_of(check(path,
                             [&](const std::string& one) {
                               auto text = content_of(one, one);
                               if (one != path) return text;
                               const auto from = text->find("  desk:\n");
                               text->replace(from, text->find("\n  operator:") - from, desk);
                               return text;
                             })),
              "")
        << connector;
  }
}

TEST(Load, AConfigurationThatIsNotThereIsSaid) {
  const Loaded loaded = load_configuration(
      "nowhere.yaml", [](const std::string& path) { return content_of(path, path); }, variable);
  EXPECT_EQ(lines_of(loaded.errors), "nowhere.yaml: cannot be read\n");
}

TEST(Load, PathsAreRelativeToTheConfiguration) {
  const std::string path = std::string(SAKSBRO_SOURCE) + "/config/saksbro.yaml";
  const Loaded loaded = load_configuration(
      path, [](const std::string& one) { return content_of(one, one); }, variable);
  EXPECT_EQ(loaded.configuration.store, std::string(SAKSBRO_SOURCE) + "/.work/saksbro.db");
  EXPECT_EQ(loaded.configuration.listen.webhooks.host, "127.0.0.1");
  EXPECT_EQ(loaded.configuration.listen.webhooks.port, 8480);
}

// What is said at `systems.operator.token`, with these variables and files.
Loaded with_credential(const std::optional<std::string>& directory, const ReadFile& read) {
  return load_configuration("saksbro.yaml", read, [&](const std::string& name) {
    return name == "CREDENTIALS_DIRECTORY" ? directory : variable(name);
  });
}

TEST(Load, ACredentialIsReadWhereSystemdHasPutIt) {
  std::string asked;
  const auto read = [&](const std::string& path) -> Result<std::string> {
    if (path.starts_with("/run/")) {
      asked = path;
      return "s3cret\n";
    }
    auto text = content_of(kHere / "right" / path, path);
    if (text && path == "saksbro.yaml") {
      const std::string file = "{ file: token.txt }";
      text->replace(text->find(file), file.size(), "{ credential: operator-token }");
    }
    return text;
  };
  const Loaded loaded = with_credential("/run/credentials/saksbro.service", read);
  EXPECT_EQ(lines_of(loaded.errors), "");
  EXPECT_EQ(asked, "/run/credentials/saksbro.service/operator-token");
  const Setting* token = loaded.configuration.systems.at(1).settings.find("token");
  EXPECT_EQ(std::get<Secret>(token->value).reveal(), "s3cret");
  EXPECT_EQ(lines_of(with_credential("/nowhere", read).errors),
            "saksbro.yaml:24:5: systems.operator.token: /nowhere/operator-token: cannot be read\n");
}

TEST(Load, AKeyByItsOldNameIsReadAndWarnedOf) {
  const auto loaded_with = [](const std::string& line) {
    return load_configuration(
        "saksbro.yaml",
        [&](const std::string& path) {
          auto text = content_of(kHere / "right" / path, path);
          if (text && path == "process.yaml") text->replace(text->find("  P.2:\n") + 7, 0, line);
          return text;
        },
        variable);
  };
  const Loaded now = loaded_with("    also accepts: P.3\n");
  EXPECT_EQ(lines_of(now.errors) + lines_of(now.configuration.warnings), "");
  const Loaded old = loaded_with("    hears also: P.3\n");
  EXPECT_EQ(lines_of(old.errors), "");
  EXPECT_EQ(lines_of(old.configuration.warnings),
            "process.yaml:14:5: activities.P.2.hears also is the old name of \"also accepts\", and "
            "still accepted\n");
  const auto transitions = [](const Loaded& loaded) {
    return loaded.configuration.mapping.processes.at(0)
        .activities.at(core::ActivityId{"P.2"})
        .transitions.size();
  };
  EXPECT_EQ(transitions(old), transitions(now));
  EXPECT_GT(transitions(old), transitions(loaded_with("")));
}

TEST(Load, TheAddressesOfAllSystemsAreKnown) {
  const Loaded loaded = load_configuration(
      "saksbro.yaml",
      [](const std::string& path) { return content_of(kHere / "right" / path, path); }, variable);
  EXPECT_EQ(urls_in(loaded.configuration),
            (std::vector<std::string>{"http://127.0.0.1:8482", "http://127.0.0.1:8483",
                                      "http://127.0.0.1:8484/alert"}));
}

TEST(Load, TheCalendarIsPartOfTheMappingAndMayBeLeftOut) {
  const auto calendar_in = [](const char* folder) {
    return load_configuration(
               "saksbro.yaml",
               [&](const std::string& path) {
                 const fs::path own = kHere / folder / path;
                 return content_of(fs::exists(own) ? own : kHere / "right" / path, path);
               },
               variable)
        .configuration.mapping.calendar;
  };
  EXPECT_EQ(calendar_in("right").zone, "Europe/Oslo");
  EXPECT_TRUE(calendar_in("right").week);
  EXPECT_EQ(calendar_in("wrong/port-out-of-range"), core::Calendar{});
}

}  // namespace
}  // namespace saksbro::load
