// What only the SQLite store promises of known solutions: older files, and a death on the way.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "bridge/store/sqlite/connection.h"
#include "bridge/store/sqlite/schema.h"
#include "bridge/store/sqlite/sqlite_error.h"
#include "bridge/store/sqlite/sqlite_store.h"
#include "tests/store/conformance.h"
#include "tests/store/temporary_folder.h"

namespace saksbro::store {
namespace {

const SolutionSource kSource{"løsning", "", {}};

core::Case solved(int number) {
  core::Case one;
  one.number = CaseNumber{"SAK-2026-" + std::to_string(number)};
  one.closed = true;
  one.values = {{"title", "Faktura " + std::to_string(number)}, {"løsning", "Start på nytt"}};
  return one;
}

void solve(Store& store, int count) {
  auto tx = must(store.begin());
  for (int number = 1; number <= count; ++number)
    must(tx->cases().append(solved(number), 1, kNoon, {}));
  must(tx->commit());
}

std::size_t found(Store& store) {
  return must(must(store.reader())->solutions().asked("faktura", std::nullopt, 100'000)).size();
}

// FTS5 compares its index with the cases that it was made of.
bool is_whole(const std::string& path) {
  return tried([&] {
           Connection connection{path, Connection::Access::write};
           connection.execute(
               "INSERT INTO solution_index (solution_index, rank) VALUES ('integrity-check', 1)");
         })
      .has_value();
}

TEST(SqliteSolutions, CasesOfAnOlderFileAreGatheredAtTheFirstStart) {
  const TemporaryFolder folder;
  const std::string path = folder.file("saksbro.db");
  const std::string newer = folder.file("newer.db");
  {
    const auto store = must(open_sqlite(newer, Use::serve, kNoon));
    solve(*store, 3);
  }
  {
    // As version 1 left it.
    Connection old{path, Connection::Access::write};
    must(migrate(old, migrations().first(1), path));
    old.execute("ATTACH '" + newer + "' AS newer");
    old.execute("INSERT INTO cases SELECT * FROM newer.cases");
  }
  const auto store = must(open_sqlite(path, Use::serve, kNoon));
  EXPECT_EQ(found(*store), 0U);
  must(store->keep_solutions(kSource));
  EXPECT_EQ(found(*store), 3U);
}

TEST(SqliteSolutions, TheIndexAgreesWithItsCasesWhateverHappensToThem) {
  const TemporaryFolder folder;
  const std::string path = folder.file("saksbro.db");
  const auto store = must(open_sqlite(path, Use::serve, kNoon));
  must(store->keep_solutions(kSource));
  solve(*store, 20);
  auto tx = must(store->begin());
  for (int number = 1; number <= 20; number += 2) {
    core::Case one = solved(number);
    one.values["løsning"] = number % 3 == 0 ? "" : "Byttet æøå é " + std::to_string(number);
    one.closed = number % 5 != 0;
    must(tx->cases().append(one, 1, kNoon, {}));
  }
  must(tx->commit());
  EXPECT_TRUE(is_whole(path));
  EXPECT_EQ(found(*store), 16U);
}

TEST(SqliteSolutions, ADeathWhileTheyAreGatheredLeavesTheIndexWhole) {
  const TemporaryFolder folder;
  const std::string path = folder.file("saksbro.db");
  {
    const auto store = must(open_sqlite(path, Use::serve, kNoon));
    solve(*store, 200);
  }
  for (int round = 1; round <= 8; ++round) {
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      const auto store = must(open_sqlite(path, Use::serve, kNoon));
      for (;;) {
        must(store->keep_solutions(kSource));
        must(store->keep_solutions({"svar", "", {}}));
      }
    }
    std::this_thread::sleep_for(std::chrono::milliseconds{40 * round});
    kill(child, SIGKILL);
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status)) << "it ended by itself";
    ASSERT_TRUE(is_whole(path));
    const auto store = must(open_sqlite(path, Use::serve, kNoon));
    must(store->keep_solutions(kSource));
    ASSERT_EQ(found(*store), 200U);
  }
}

}  // namespace
}  // namespace saksbro::store
