// docs/promises.md names for each fault the tests that show what is promised. It is written with
// SAKSBRO_WRITE_EXPECTED=1.
//
// A test says which rows it shows in the lines above it: "// Promise 16." or "// Promises 2, 3.".
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "tests/architecture/fault_rows.h"

namespace saksbro::architecture {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kOne = "// Promise ";
constexpr std::string_view kSome = "// Promises ";

using Shown = std::map<int, std::vector<std::string>>;  // by row

std::string text_of(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

// The numbers in "// Promises 2, 3."; none in any other line.
std::vector<int> rows_in(const std::string& line) {
  if (!line.starts_with(kOne) && !line.starts_with(kSome)) return {};
  std::istringstream words(line.substr(line.find(' ', 3)));
  std::vector<int> rows;
  for (int row = 0; words >> row;) {
    rows.push_back(row);
    if (words.peek() == ',' || words.peek() == '.') words.get();
  }
  return rows;
}

// "TEST_F(Door, LosesNothing) {" is Door.LosesNothing; of
// "INSTANTIATE_TEST_SUITE_P(Each, Fault, ..." all tests of Each/Fault are meant.
std::string test_in(const std::string& line) {
  const std::size_t open = line.find('(');
  const std::size_t comma = line.find(',', open);
  if (open == line.npos || comma == line.npos) return {};
  const bool table = line.starts_with("INSTANTIATE_");
  const std::size_t end = line.find_first_of("),", comma + 1);
  const std::string first = line.substr(open + 1, comma - open - 1);
  const std::size_t begin = line.find_first_not_of(' ', comma + 1);
  if (begin == line.npos || begin >= end) return {};
  const std::string second = line.substr(begin, std::min(end, line.size()) - begin);
  return table ? first + "/" + second : first + "." + second;
}

bool begins_test(const std::string& line) {
  return line.starts_with("TEST") || line.starts_with("INSTANTIATE_TEST_SUITE_P(");
}

void read_tests(const std::string& source, Shown& shown) {
  std::istringstream lines(source);
  std::set<int> waiting;
  bool open = false;  // the test's name stands on the next line
  std::string begun;
  for (std::string line; std::getline(lines, line);) {
    for (const int row : rows_in(line)) waiting.insert(row);
    if (open) begun += line.substr(std::min(line.find_first_not_of(' '), line.size()));
    if (!open && !waiting.empty() && begins_test(line)) begun = line;
    open = !begun.empty() && test_in(begun).empty();
    if (open || begun.empty()) continue;
    for (const int row : waiting) shown[row].push_back(test_in(begun));
    waiting.clear();
    begun.clear();
  }
}

Shown shown_by_tests() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(SAKSBRO_SOURCE) / "tests")) {
    if (entry.path().extension() == ".cpp") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  Shown shown;
  for (const fs::path& file : files) {
    if (file.filename() != "promises_test.cpp") read_tests(text_of(file), shown);
  }
  for (auto& [row, tests] : shown) {
    std::sort(tests.begin(), tests.end());
    tests.erase(std::unique(tests.begin(), tests.end()), tests.end());
  }
  return shown;
}

std::string shown_cell(const FaultRow& row, const std::vector<std::string>& tests) {
  std::string cell;
  for (const std::string& test : tests) cell += (cell.empty() ? "`" : "<br>`") + test + "`";
  if (!cell.empty()) return cell;
  return *row.not_before == '\0' ? "–" : std::string("comes ") + row.not_before;
}

std::string page(const Shown& shown) {
  std::string text =
      "# What goes wrong, and what is promised\n\n"
      "Written by a test (`tests/architecture/promises_test.cpp`) from the tests themselves; it "
      "fails when this page is not\ntrue any more. Run one by its name: `tests/run NAME`.\n\n"
      "| | when this happens | this is promised | and shown by |\n|---|---|---|---|\n";
  int number = 0;
  for (const FaultRow& row : fault_rows()) {
    const auto tests = shown.find(++number);
    text += "| " + std::to_string(number) + " | " + row.fault + " | " + row.promise + " | " +
            shown_cell(row, tests == shown.end() ? std::vector<std::string>{} : tests->second) +
            " |\n";
  }
  return text;
}

TEST(Promises, AreWhatThePageSays) {
  const fs::path path = fs::path(SAKSBRO_SOURCE) / "docs/promises.md";
  const std::string now = page(shown_by_tests());
  if (std::getenv("SAKSBRO_WRITE_EXPECTED") != nullptr) std::ofstream(path) << now;
  EXPECT_EQ(text_of(path), now);
}

TEST(Promises, AreAllShownButThoseThatWaitForSomething) {
  const Shown shown = shown_by_tests();
  int number = 0;
  for (const FaultRow& row : fault_rows()) {
    const bool waits = *row.not_before != '\0';
    EXPECT_NE(shown.contains(++number), waits) << "row " << number << ": " << row.fault;
  }
}

TEST(Promises, AreOfRowsThatThereAre) {
  for (const auto& [row, tests] : shown_by_tests()) {
    EXPECT_TRUE(row >= 1 && row <= static_cast<int>(fault_rows().size()))
        << tests.front() << " shows row " << row;
  }
}

TEST(Promises, AreReadFromTheLinesAboveATest) {
  Shown shown;
  read_tests(
      "// Promises 2, 3.\n// Why.\nTEST(Answer, IsLost) {}\nTEST(Another, One) {}\n"
      "// Promise 66.\nINSTANTIATE_TEST_SUITE_P(Each, Backup, testing::ValuesIn(kRows));\n"
      "// Promise 7.\nTEST_F(ALongName,\n       GoesOn) {}\n",
      shown);
  EXPECT_EQ(shown, (Shown{{2, {"Answer.IsLost"}},
                          {3, {"Answer.IsLost"}},
                          {7, {"ALongName.GoesOn"}},
                          {66, {"Each/Backup"}}}));
}

}  // namespace
}  // namespace saksbro::architecture
