// docs/process-coverage.md names for each activity of the routine the scenarios and the end-to-end
// tests that show it. SAKSBRO_WRITE_EXPECTED=1 writes it anew.
//
// An end-to-end test says what it shows in comments, above itself or above the steps that it takes:
// "// shows M.1.3.2, M.1.3.3".
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

std::vector<std::string> activities() {
  std::vector<std::string> all;
  for (const core::Process& process : shipped().mapping.processes) {
    for (const core::ActivityId& id : process.order) all.push_back(id.text());
  }
  return all;
}

// The longest activity that `text` begins with: "M.1.1.3 retur" before "M.1.1.3".
std::string activity_at(const std::string& text) {
  std::string longest;
  for (const std::string& id : activities()) {
    const bool whole = text.size() == id.size() || text.find_first_of(" ,", id.size()) == id.size();
    if (text.starts_with(id) && whole && id.size() > longest.size()) longest = id;
  }
  return longest;
}

// Names may have blanks, and blanks or commas stand between them. What is no activity comes back as
// it is.
std::vector<std::string> named(std::string list) {
  std::vector<std::string> names;
  while (!list.empty()) {
    const std::string known = activity_at(list);
    names.push_back(known.empty() ? list : known);
    const std::size_t next = list.find_first_not_of(" ,", names.back().size());
    list.erase(0, std::min(next, list.size()));
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
  std::set<std::string> waiting;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(kShows)) {
      for (const std::string& id : named(line.substr(kShows.size()))) waiting.insert(id);
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
  const auto all = activities();
  for (const auto& [id, tests] : end_to_end()) {
    EXPECT_NE(std::find(all.begin(), all.end(), id), all.end())
        << tests.front() << " shows \"" << id << "\"";
  }
}

TEST(Coverage, EachActivityHasAScenarioAndAnEndToEndTest) {
  const Shown scenarios = by_scenario();
  for (const std::string& id : activities()) {
    EXPECT_TRUE(scenarios.contains(id)) << id << ": no scenario's name begins with it";
    EXPECT_TRUE(end_to_end().contains(id))
        << id << ": no test in tests/e2e says \"// shows " << id << "\"";
  }
}

}  // namespace
}  // namespace saksbro::rehearse
