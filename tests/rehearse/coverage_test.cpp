// docs/process-coverage.md names for each activity of the routine the scenarios and the end-to-end
// tests that show it. SAKSBRO_WRITE_EXPECTED=1 writes it anew.
//
// An end-to-end test says what it shows in a comment: "// shows M.1.3.2, M.1.3.3".
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "bridge/rehearse/run_scenario.h"
#include "tests/rehearse/shipped.h"

namespace saksbro::rehearse {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kShows = "// shows ";

using Shown = std::map<std::string, std::vector<std::string>>;  // by activity

std::vector<std::string> split(const std::string& list) {
  std::vector<std::string> names;
  for (std::size_t from = 0; from <= list.size();) {
    const std::size_t end = std::min(list.find(", ", from), list.size());
    names.push_back(list.substr(from, end - from));
    from = end + 2;
  }
  return names;
}

// "TEST(M1Technical, GoesFrom...)" -> "M1Technical.GoesFrom..."
std::string test_name(const std::string& line) {
  const std::size_t open = line.find('(');
  const std::size_t comma = line.find(", ", open);
  const std::size_t close = line.find(')', open);
  if (open == line.npos || comma == line.npos || close == line.npos) return {};
  return line.substr(open + 1, comma - open - 1) + "." + line.substr(comma + 2, close - comma - 2);
}

void read_tests(const fs::path& file, Shown& shown) {
  std::ifstream lines(file);
  std::vector<std::string> waiting;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(kShows)) {
      const auto more = split(line.substr(kShows.size()));
      waiting.insert(waiting.end(), more.begin(), more.end());
    } else if (line.starts_with("TEST") && !waiting.empty()) {
      for (const std::string& id : waiting) shown[id].push_back(test_name(line));
      waiting.clear();
    }
  }
}

const Shown& end_to_end() {
  static const Shown kShown = [] {
    Shown shown;
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(fs::path(SAKSBRO_SOURCE) / "tests/e2e"))
      files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    for (const fs::path& file : files) read_tests(file, shown);
    return shown;
  }();
  return kShown;
}

Shown by_scenario() {
  Shown shown;
  for (const Scenario& one : shipped().scenarios) {
    for (const core::ActivityId& id : one.shows) shown[id.text()].push_back(one.name);
  }
  return shown;
}

std::string in_a_cell(const Shown& shown, const std::string& id) {
  const auto found = shown.find(id);
  std::string cell;
  if (found == shown.end()) return "–";
  for (const std::string& one : found->second) cell += (cell.empty() ? "" : "<br>") + one;
  return cell;
}

std::string table() {
  const Shown scenarios = by_scenario();
  std::string text =
      "# What shows each activity\n\n"
      "Written by a test (`tests/rehearse/coverage_test.cpp`), which fails when it is not true any "
      "more. Scenarios stand in\n`mappings/*.scenarios.yaml`, and `saksbro check` plays them; "
      "end-to-end tests stand in `tests/e2e`, with real servers.\n";
  for (const core::Process& process : shipped().mapping.processes) {
    text += "\n## " + process.id.text() + " " + process.title.nb +
            "\n\n| activity | | scenarios | end to end |\n|---|---|---|---|\n";
    for (const core::ActivityId& id : process.order) {
      text += "| " + id.text() + " | " + process.activities.at(id).title.nb + " | " +
              in_a_cell(scenarios, id.text()) + " | " + in_a_cell(end_to_end(), id.text()) + " |\n";
    }
  }
  return text;
}

TEST(Coverage, IsWhatTheTableSays) {
  const std::string path = std::string(SAKSBRO_SOURCE) + "/docs/process-coverage.md";
  if (std::getenv("SAKSBRO_WRITE_EXPECTED") != nullptr) std::ofstream(path) << table();
  EXPECT_EQ(content_of(path), table());
}

TEST(Coverage, EndToEndTestsShowActivitiesThatThereAre) {
  for (const auto& [id, tests] : end_to_end()) {
    const auto& all = shipped().mapping.processes;
    EXPECT_TRUE(std::any_of(all.begin(), all.end(),
                            [&, &activity = id](const core::Process& process) {
                              return process.activities.contains(core::ActivityId{activity});
                            }))
        << tests.front() << " shows \"" << id << "\"";
  }
}

TEST(Coverage, EachActivityHasAnEndToEndTest) {
  for (const core::Process& process : shipped().mapping.processes) {
    for (const core::ActivityId& id : process.order) {
      EXPECT_TRUE(end_to_end().contains(id.text()))
          << id.text() << ": an end-to-end test that shows it says so in a comment, \"// shows "
          << id.text() << "\"";
    }
  }
}

}  // namespace
}  // namespace saksbro::rehearse
