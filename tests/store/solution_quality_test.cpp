// How good the search for known solutions is, in figures, on a table of what people in a support
// centre write (tests/store/solutions/). A change that makes it worse fails here; each floor stands
// a little below what was measured. SAKSBRO_SHOW_ROWS=1 prints every row: "!" wrong, "-" not found.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <set>
#include <sstream>

#include "bridge/store/sqlite/sqlite_store.h"
#include "tests/store/conformance.h"
#include "tests/store/temporary_folder.h"

namespace saksbro::store {
namespace {

using Fields = std::vector<std::string>;

std::string trimmed(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(' ');
  return begin == text.npos ? "" : text.substr(begin, text.find_last_not_of(' ') + 1 - begin);
}

std::vector<Fields> table(const std::string& name) {
  std::ifstream file(std::string(SAKSBRO_SOURCE) + "/tests/store/solutions/" + name);
  std::vector<Fields> rows;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#')) continue;
    std::istringstream fields(line);
    Fields row;
    for (std::string field; std::getline(fields, field, '|');) row.push_back(trimmed(field));
    rows.push_back(row);
  }
  return rows;
}

std::set<std::string> numbers_in(const std::string& text) {
  std::istringstream words(text);
  std::set<std::string> numbers;
  for (std::string word; words >> word;) {
    if (word != "-") numbers.insert(word);
  }
  return numbers;
}

// Of all that was found, how much is right; of all that is right, how much was found; how often the
// first is right (of the rows where something is).
struct Figures {
  int found = 0;
  int right = 0;
  int expected = 0;
  int rows = 0;
  int first_right = 0;

  void count(const std::string& row, const std::set<std::string>& expect,
             const std::vector<core::SimilarCase>& got) {
    std::string all;
    for (const core::SimilarCase& one : got) {
      ++found;
      right += expect.contains(one.number.text()) ? 1 : 0;
      all += (expect.contains(one.number.text()) ? " " : " !") + one.number.text();
    }
    expected += static_cast<int>(expect.size());
    if (std::getenv("SAKSBRO_SHOW_ROWS") != nullptr) {
      for (const std::string& one : expect) {
        if (all.find(one) == all.npos) all += " -" + one;
      }
      std::printf("%-60s %s\n", row.substr(0, 60).c_str(), all.c_str());
    }
    if (expect.empty()) return;
    ++rows;
    first_right += !got.empty() && expect.contains(got.front().number.text()) ? 1 : 0;
  }
  [[nodiscard]] double precision() const { return found == 0 ? 1 : 1.0 * right / found; }
  [[nodiscard]] double recall() const { return 1.0 * right / expected; }
  [[nodiscard]] double first() const { return 1.0 * first_right / rows; }
};

constexpr int kMost = 10;

class SolutionQuality : public testing::Test {
 protected:
  SolutionQuality() : store_(must(open_sqlite(folder_.file("s.db"), Use::serve, kNoon))) {
    must(store_->keep_solutions({"løsning", "", {core::Status{"LØST"}}}));
    auto tx = must(store_->begin());
    for (const Fields& row : table("cases.txt")) {
      core::Case one;
      one.number = CaseNumber{row.at(0)};
      one.status = core::Status{"LØST"};
      one.values = {{"title", row.at(1)}, {"text", row.at(2)}, {"løsning", row.at(3)}};
      must(tx->cases().append(one, 1, kNoon, {}));
    }
    must(tx->commit());
  }

  Figures asked(const std::string& file) {
    Figures figures;
    const auto reader = must(store_->reader());
    for (const Fields& row : table(file)) {
      figures.count(row.at(0), numbers_in(row.at(1)),
                    must(reader->solutions().asked(row.at(0), std::nullopt, kMost)));
    }
    return told(file, figures);
  }

  Figures suggested(const std::string& file) {
    Figures figures;
    const auto look = must(store_->reader());
    for (const Fields& row : table(file)) {
      const std::string text = row.at(0) + "\n" + row.at(1);
      figures.count(row.at(0), numbers_in(row.at(2)),
                    must(look->solutions().similar(text, "", false, 5)));
    }
    return told(file, figures);
  }

 private:
  Figures told(const std::string& file, const Figures& figures) {
    std::printf("%s: precision %.2f, recall %.2f, the first is right %.2f\n", file.c_str(),
                figures.precision(), figures.recall(), figures.first());
    return figures;
  }

  TemporaryFolder folder_;
  std::unique_ptr<Store> store_;
};

TEST_F(SolutionQuality, QuestionsAreAnswered) {
  const Figures figures = asked("questions.txt");
  EXPECT_GE(figures.precision(), 0.88);
  EXPECT_GE(figures.recall(), 0.90);
  EXPECT_GE(figures.first(), 0.95);
}

TEST_F(SolutionQuality, QuestionsThatNobodyTunedForAreAnsweredToo) {
  const Figures figures = asked("questions_unseen.txt");
  EXPECT_GE(figures.precision(), 0.90);
  EXPECT_GE(figures.recall(), 0.93);
  EXPECT_GE(figures.first(), 0.93);
}

TEST_F(SolutionQuality, WhatIsSuggestedUnaskedIsRight) {
  const Figures figures = suggested("tickets.txt");
  EXPECT_GE(figures.precision(), 0.95);
  EXPECT_GE(figures.recall(), 0.70);
}

TEST_F(SolutionQuality, WhatIsSuggestedOnTicketsThatNobodyTunedForIsRightToo) {
  const Figures figures = suggested("tickets_unseen.txt");
  EXPECT_GE(figures.precision(), 0.90);
  EXPECT_GE(figures.recall(), 0.90);
}

}  // namespace
}  // namespace saksbro::store
