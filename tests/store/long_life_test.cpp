// What happens to the SQLite file over the years: killed migrations, bad disks, cut files, and
// queues that have grown long.
#include <gtest/gtest.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "bridge/store/sqlite/connection.h"
#include "bridge/store/sqlite/integrity.h"
#include "bridge/store/sqlite/schema.h"
#include "bridge/store/sqlite/sqlite_store.h"
#include "tests/store/conformance.h"
#include "tests/store/temporary_folder.h"

namespace saksbro::store {
namespace {

namespace fs = std::filesystem;

class LongLife : public testing::Test {
 protected:
  // A file as an older program left it, with one row in each table that a migration touches.
  void make_old(const std::string& path, int version) {
    Connection old{path, Connection::Access::write};
    must(migrate(old, migrations().first(static_cast<std::size_t>(version)), path));
    old.execute(
        "INSERT INTO inbox (system, delivery_id, kind, received_at, body) "
        "VALUES ('desk', 'd1', 'webhook', 7, x'00');"
        "INSERT INTO decisions (case_number, cause, because) VALUES ('SAK-2026-00001', 1, 'why');"
        "INSERT INTO outbox (key, system, lane, slot, verb, issued, cause, created_at, next_at) "
        "VALUES ('k1', 'desk', 'l', '', 'read', '{}', 1, 0, 0), "
        "('k2', 'desk', 'l', '', 'read', '{}', 1, 0, 0), "
        "('k3', 'desk', 'm', '', 'read', '{}', 1, 0, 0);");
  }
  static std::string texts(const std::string& path, const char* sql) {
    Connection connection{path, Connection::Access::write};
    Query query = connection.query(sql);
    std::string all;
    while (query.next()) all += (all.empty() ? "" : " ") + query.text(0);
    return all;
  }
  static std::string bytes_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void fill(int rows) {
    const auto store = must(open_sqlite(path_, Use::serve, kNoon));
    const auto tx = must(store->begin());
    for (int i = 0; i < rows; ++i) {
      must(tx->inbox().receive({kDesk, DeliveryId{std::to_string(i)}, DeliveryKind::webhook, kNoon,
                                std::string(1'000, 'x')}));
    }
    must(tx->commit());
  }

  TemporaryFolder folder_;
  std::string path_ = folder_.file("saksbro.db");
};

TEST_F(LongLife, FillsInWhatAnOlderProgramDidNotKeep) {
  make_old(path_, 2);
  { const auto store = must(open_sqlite(path_, Use::serve, kNoon)); }
  EXPECT_EQ(texts(path_, "SELECT delivery_id || system || kind || at FROM decisions"),
            "d1deskwebhook7");
  EXPECT_EQ(texts(path_, "SELECT seen_at FROM inbox"), "7");
  EXPECT_EQ(texts(path_, "SELECT key FROM outbox WHERE at_head = 1 ORDER BY id"), "k1 k3");
}

// --- killed while it changes the schema

int steps_to_live = 0;

int die(void* /*unused*/) {
  if (--steps_to_live <= 0) (void)raise(SIGKILL);
  return 0;
}

int let_die(sqlite3* database, char** /*message*/, const sqlite3_api_routines* /*api*/) {
  sqlite3_progress_handler(database, 5, die, nullptr);
  return SQLITE_OK;
}

// True: it lived to the end of the migration.
bool migrate_and_die_after(const std::string& path, int steps) {
  const pid_t child = fork();
  if (child == 0) {
    steps_to_live = steps;
    sqlite3_auto_extension(reinterpret_cast<void (*)()>(let_die));
    const auto store = open_sqlite(path, Use::serve, kNoon);
    _exit(store ? 0 : 1);
  }
  int status = 0;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
  return WIFEXITED(status);
}

// Promise 65.
TEST_F(LongLife, AMigrationThatIsKilledAnywhereIsWholeOrNotThere) {
  int killed = 0;
  const std::string old = folder_.file("old.db");
  make_old(old, 1);
  for (int steps = 1;; steps += 1 + steps / 15) {
    fs::copy_file(old, path_, fs::copy_options::overwrite_existing);
    for (const char* end : {"-wal", "-shm"}) fs::remove(path_ + end);
    const bool lived = migrate_and_die_after(path_, steps);
    {
      Connection found{path_, Connection::Access::write};
      const int version = schema_version(found);
      EXPECT_TRUE(version >= 1 && version <= migrations().back().to) << version;
    }
    ASSERT_TRUE(open_sqlite(path_, Use::serve, kNoon)) << steps;
    ASSERT_EQ(texts(path_, "SELECT key FROM outbox WHERE at_head = 1 ORDER BY id"), "k1 k3");
    ASSERT_EQ(texts(path_, "SELECT delivery_id FROM decisions"), "d1");
    if (lived) break;
    ++killed;
  }
  EXPECT_GT(killed, 10);
}

// --- bad disks

// Promise 33.
TEST_F(LongLife, AFileWithOneDamagedPageIsRefusedWhicheverItIs) {
  constexpr std::size_t kPage = 4096;
  fill(300);
  const std::string whole = bytes_of(path_);
  const std::size_t pages = whole.size() / kPage;
  ASSERT_GT(pages, 60U);
  for (std::size_t i = 0; i < 50; ++i) {
    const std::size_t page = i * (pages - 1) / 50;
    std::string bytes = whole;
    for (std::size_t at = 0; at < 120; ++at) bytes[page * kPage + at] ^= '\x5a';
    std::ofstream(path_, std::ios::binary) << bytes;
    const auto store = open_sqlite(path_, Use::serve, kNoon);
    ASSERT_FALSE(store) << "page " << page;
    const std::string why = store.error().text();
    EXPECT_EQ(why.find("store: " + path_ + " is damaged and has been left as it is ("), 0U) << why;
    EXPECT_EQ(bytes_of(path_), bytes) << "the file is kept";
  }
}

TEST_F(LongLife, ALargeFileIsLookedThroughAsFarAsThereIsTime) {
  fill(2'000);
  Connection connection{path_, Connection::Access::write};
  EXPECT_TRUE(look_for_damage(connection, 1h).finished);
  const Integrity hasty = look_for_damage(connection, 0ms);
  EXPECT_FALSE(hasty.finished);
  EXPECT_EQ(hasty.finding, std::nullopt);
  EXPECT_EQ(texts(path_, "SELECT count(*) FROM inbox"), "2000") << "nothing else is stopped";
}

// Promise 32.
TEST_F(LongLife, AFileThatIsCutUnderTheServiceIsAnErrorAndNoCrash) {
  fill(2'000);
  const auto store = must(open_sqlite(path_, Use::serve, kNoon));
  fs::resize_file(path_, fs::file_size(path_) / 2 / 4096 * 4096);
  const auto rows = [&]() -> Result<std::vector<InboxRow>> {
    auto reader = store->reader();
    if (!reader) return tl::unexpected(reader.error());
    return (*reader)->inbox().list(0, 10'000);
  }();
  ASSERT_FALSE(rows);
  EXPECT_EQ(rows.error().text(),
            "store: the file is damaged; stop, and restore the last backup with `saksbro restore "
            "FILE`, which keeps this one aside (database disk image is malformed)");
}

// --- long queues

std::string plan(const std::string& path, const std::string& sql) {
  Connection connection{path, Connection::Access::write};
  const std::string explain = "EXPLAIN QUERY PLAN " + sql;
  Query query = connection.query(explain.c_str());
  std::string all;
  while (query.next()) all += query.text(3) + "\n";
  return all;
}

// Promise 18.
TEST_F(LongLife, AClaimLooksAtTheHeadsOfLanesOnly) {
  { const auto store = must(open_sqlite(path_, Use::serve, kNoon)); }
  const std::string steps =
      plan(path_,
           "SELECT id FROM outbox AS head WHERE system = 'desk' AND at_head = 1 "
           "AND next_at <= 0 AND NOT EXISTS (SELECT 1 FROM outbox AS failed "
           "WHERE failed.lane = head.lane AND failed.state = 'dead' AND failed.id < head.id) "
           "ORDER BY mass, id LIMIT 1");
  EXPECT_NE(steps.find("SEARCH head USING INDEX outbox_heads (system=?)"), std::string::npos)
      << steps;
  EXPECT_NE(steps.find("INDEX outbox_lane (lane=? AND state=? AND id<?)"), std::string::npos)
      << steps;
  EXPECT_EQ(steps.find("SCAN"), std::string::npos) << steps;
  EXPECT_EQ(steps.find("TEMP B-TREE"), std::string::npos) << steps;
}

TEST_F(LongLife, WhatIsForgottenIsFoundByIndexes) {
  { const auto store = must(open_sqlite(path_, Use::serve, kNoon)); }
  for (const char* sql :
       {"SELECT seq FROM inbox WHERE handled_at IS NOT NULL AND parked_at IS NULL "
        "AND emptied_at IS NULL AND handled_at < 1 ORDER BY handled_at LIMIT 9",
        "SELECT seq FROM inbox WHERE emptied_at IS NOT NULL AND seen_at < 1 LIMIT 9",
        "SELECT id FROM outbox INDEXED BY outbox_settled WHERE state IN ('done', 'superseded') AND "
        "created_at < 1 "
        "ORDER BY created_at, id LIMIT 9",
        "SELECT seq FROM decisions WHERE at < 1 LIMIT 9"}) {
    const std::string steps = plan(path_, sql);
    EXPECT_EQ(steps.find("SEARCH"), 0U) << sql << "\n" << steps;
    EXPECT_EQ(steps.find("TEMP B-TREE"), std::string::npos) << sql << "\n" << steps;
  }
}

}  // namespace
}  // namespace saksbro::store
