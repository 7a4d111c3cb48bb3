// What only the SQLite store promises: its files, its lock, its versions, its errors.
#include "bridge/store/sqlite/sqlite_store.h"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <filesystem>
#include <fstream>

#include "bridge/store/sqlite/connection.h"
#include "bridge/store/sqlite/schema.h"
#include "bridge/store/sqlite/sqlite_error.h"
#include "tests/store/conformance.h"
#include "tests/store/temporary_folder.h"

namespace saksbro::store {
namespace {

class Sqlite : public testing::Test {
 protected:
  [[nodiscard]] std::unique_ptr<Store> open(Use use = Use::serve) {
    return must(open_sqlite(path_, use, kNoon));
  }
  [[nodiscard]] std::string refusal(Use use = Use::serve) {
    const auto store = open_sqlite(path_, use, kNoon);
    return store ? "opened" : store.error().text();
  }
  static Result<Received> receive(Store& store, const std::string& id, std::size_t size = 10) {
    auto tx = must(store.begin());
    const auto arrived = tx->inbox().receive(
        {kDesk, DeliveryId{id}, DeliveryKind::webhook, kNoon, std::string(size, 'x')});
    if (!arrived) return arrived;
    if (const auto committed = tx->commit(); !committed) return tl::unexpected(committed.error());
    return arrived;
  }

  TemporaryFolder folder_;
  std::string path_ = folder_.file("var/saksbro.db");
};

int mode_of(const std::string& path) {
  struct stat found {};
  return stat(path.c_str(), &found) == 0 ? static_cast<int>(found.st_mode & 0777U) : -1;
}

TEST_F(Sqlite, KeepsItsFilesFromOthers) {
  const auto store = open();
  must(receive(*store, "d1"));
  EXPECT_EQ(mode_of(folder_.file("var")), 0700);
  for (const char* end : {"", "-wal", "-shm", ".lock"})
    EXPECT_EQ(mode_of(path_ + end), 0600) << end;
}

TEST_F(Sqlite, TakesAFileThatOthersCanReadAwayFromThem) {
  { const auto store = open(); }
  ASSERT_EQ(chmod(path_.c_str(), 0644), 0);
  const auto store = open();
  EXPECT_EQ(mode_of(path_), 0600);
}

// Promise 32.
TEST_F(Sqlite, RefusesAFolderWhereEverybodyMayWrite) {
  std::filesystem::create_directory(folder_.file("var"));
  ASSERT_EQ(chmod(folder_.file("var").c_str(), 0777), 0);
  EXPECT_EQ(refusal(), "store: " + folder_.file("var") +
                           ": everybody may write there; chmod o-w it, or the store is not safe "
                           "from them");
  ASSERT_EQ(chmod(folder_.file("var").c_str(), 01777), 0);
  EXPECT_EQ(refusal(), "opened") << "as /tmp is: only owners may delete and rename";
}

TEST_F(Sqlite, LeavesAFolderThatIsThereAsItIs) {
  std::filesystem::create_directory(folder_.file("var"));
  chmod(folder_.file("var").c_str(), 0755);
  EXPECT_TRUE(open());
  EXPECT_EQ(mode_of(folder_.file("var")), 0755);
}

TEST_F(Sqlite, SaysWhichFolderCannotBeMade) {
  std::ofstream(folder_.file("var")) << "a file";
  EXPECT_EQ(refusal(), "store: " + folder_.file("var") + ": Not a directory");
}

TEST_F(Sqlite, WorksWithTheSettingsThatKeepACommit) {
  Connection connection{(std::filesystem::create_directory(folder_.file("var")), path_),
                        Connection::Access::write};
  const auto setting = [&](const char* pragma) {
    Query query = connection.query(pragma);
    return query.next() ? query.text(0) : "none";
  };
  EXPECT_EQ(setting("PRAGMA journal_mode"), "wal");
  EXPECT_EQ(setting("PRAGMA synchronous"), "2");
  EXPECT_EQ(setting("PRAGMA foreign_keys"), "1");
  EXPECT_EQ(setting("PRAGMA mmap_size"), "0");
}

// Promise 34.
TEST_F(Sqlite, RefusesASecondServiceAndNamesTheFirst) {
  const auto first = open();
  EXPECT_EQ(refusal(), "store: " + path_ + " is in use by process " + std::to_string(getpid()) +
                           ": stop that one first, or give this one a store of its own");
}

TEST_F(Sqlite, IsFreeAgainWhenTheServiceHasEnded) {
  { const auto first = open(); }
  EXPECT_EQ(refusal(), "opened");
}

TEST_F(Sqlite, ServesACommandBesideTheService) {
  const auto service = open();
  const auto command = open(Use::command);
  EXPECT_EQ(must(receive(*command, "order")), Received::now);
  EXPECT_EQ(must(must(service->reader())->inbox().next())->delivery.id, DeliveryId{"order"});
}

TEST_F(Sqlite, MakesNoTemporaryFiles) {
  Connection connection{folder_.file("temporary.db"), Connection::Access::write};
  Query query = connection.query("PRAGMA temp_store");
  ASSERT_TRUE(query.next());
  EXPECT_EQ(query.integer(0), 2) << "2: in memory";
}

// --- versions of the schema

void set_version(const std::string& path, int version) {
  Connection{path, Connection::Access::write}.execute("PRAGMA user_version = " +
                                                      std::to_string(version));
}

// Promise 65.
TEST_F(Sqlite, RefusesASchemaThatIsNewerThanTheProgram) {
  { const auto store = open(); }
  set_version(path_, 99);
  const std::string known = std::to_string(migrations().back().to);
  EXPECT_EQ(refusal(), "store: " + path_ + " has schema version 99, and this program knows " +
                           known +
                           ": it was written by a newer program; run that one, or restore the "
                           "backup made before it");
}

TEST_F(Sqlite, CountsItsVersionsFromOneWithoutGaps) {
  int expected = 0;
  for (const Migration& step : migrations()) EXPECT_EQ(step.to, ++expected);
}

// Each older version, made by the steps up to it, is brought up to date with what it holds.
TEST_F(Sqlite, BringsEachOlderVersionUpToDate) {
  for (std::size_t made = 1; made <= migrations().size(); ++made) {
    const std::string path = folder_.file("version" + std::to_string(made) + ".db");
    {
      Connection old{path, Connection::Access::write};
      must(migrate(old, migrations().first(made), path));
      old.run(
          "INSERT INTO inbox (system, delivery_id, kind, received_at, body) "
          "VALUES ('desk', 'd1', 'webhook', 0, x'00')");
    }
    const auto store = must(open_sqlite(path, Use::serve, kNoon));
    EXPECT_EQ(must(must(store->reader())->inbox().next())->delivery.id, DeliveryId{"d1"});
  }
}

constexpr std::array kTwoSteps{
    Migration{1, "CREATE TABLE one (x)"},
    Migration{2, "ALTER TABLE one ADD y; INSERT INTO one VALUES (1, 2)"}};

TEST(Migrating, TakesTheMissingStepsOnly) {
  Connection connection{":memory:", Connection::Access::write};
  must(migrate(connection, std::span{kTwoSteps}.first(1), "file"));
  EXPECT_EQ(schema_version(connection), 1);
  must(migrate(connection, kTwoSteps, "file"));
  must(migrate(connection, kTwoSteps, "file"));
  EXPECT_EQ(schema_version(connection), 2);
  Query query = connection.query("SELECT count(*) FROM one");
  EXPECT_TRUE(query.next());
  EXPECT_EQ(query.integer(0), 1);
}

TEST(Migrating, LeavesNothingOfAStepThatFails) {
  constexpr std::array kBroken{kTwoSteps[0], Migration{2, "CREATE TABLE two (x); nonsense"}};
  const TemporaryFolder folder;
  const std::string path = folder.file("saksbro.db");
  const Result<void> failed = tried([&] {
    Connection connection{path, Connection::Access::write};
    return migrate(connection, kBroken, path);
  });
  EXPECT_EQ(failed.error().text(), "store: near \"nonsense\": syntax error");
  Connection again{path, Connection::Access::write};
  EXPECT_EQ(schema_version(again), 1);
  EXPECT_FALSE(again.query("SELECT 1 FROM sqlite_master WHERE name = 'two'").next());
}

TEST_F(Sqlite, DoesNotChangeTheSchemaUnderARunningService) {
  const auto service = open();
  set_version(path_, 0);
  EXPECT_EQ(refusal(Use::command),
            "store: " + path_ + " is in use by process " + std::to_string(getpid()) +
                ": stop that one first, or give this one a store of its own");
}

// --- damage

std::string bytes_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Promise 33.
TEST_F(Sqlite, RefusesAndKeepsAFileThatIsNoStore) {
  std::filesystem::create_directory(folder_.file("var"));
  const std::string text(5000, 'x');
  std::ofstream(path_) << text;
  EXPECT_EQ(refusal(),
            "store: " + path_ +
                " is damaged and has been left as it is (file is not a database). Put the last "
                "backup in its place (`saksbro restore FILE`, which keeps this one aside) and "
                "start again: what has changed since is read from the trackers");
  EXPECT_EQ(bytes_of(path_), text);
}

// Promise 33.
TEST_F(Sqlite, RefusesAndKeepsAFileWithDamagedPages) {
  {
    const auto store = open();
    for (int i = 0; i < 200; ++i) must(receive(*store, std::to_string(i), 1000));
  }
  std::string bytes = bytes_of(path_);
  for (std::size_t at = bytes.size() / 2; at < bytes.size(); at += 512) bytes[at] = '\x5a';
  std::ofstream(path_, std::ios::binary) << bytes;
  const std::string refused = refusal();
  EXPECT_EQ(refused.find("store: " + path_ + " is damaged and has been left as it is ("), 0U)
      << refused;
  EXPECT_EQ(bytes_of(path_), bytes);
}

// --- errors while it runs

// Promise 30.
TEST_F(Sqlite, SaysThatTheDiskIsFullWritesNothingAndGoesOnWhenThereIsRoom) {
  const auto store = open();
  must(receive(*store, "before"));
  rlimit whole{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &whole), 0);
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit small = whole;
  small.rlim_cur = 1U << 20U;
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  const auto refused = receive(*store, "large", 2U << 20U);
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &whole), 0);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().text(),
            "store: the disk is full or failing: nothing was written; free space, or check the "
            "disk (disk I/O error)");
  EXPECT_EQ(must(must(store->reader())->counts()).inbox_waiting, 1);
  EXPECT_EQ(must(receive(*store, "large", 2U << 20U)), Received::now);
}

struct Row {
  int code;
  const char* expected;
};

class SqliteError : public testing::TestWithParam<Row> {};

TEST_P(SqliteError, SaysWhatToDo) {
  EXPECT_EQ(explain(GetParam().code, "why").text(), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Sqlite, SqliteError,
    testing::Values(
        Row{SQLITE_FULL,
            "store: the disk is full: nothing was written; Saksbro continues when space is freed "
            "(why)"},
        Row{SQLITE_IOERR_WRITE,
            "store: the disk is full or failing: nothing was written; free space, or check the "
            "disk (why)"},
        Row{SQLITE_CORRUPT,
            "store: the file is damaged; stop, and restore the last backup with `saksbro restore "
            "FILE`, which keeps this one aside (why)"},
        Row{SQLITE_BUSY, "store: the store is locked by another program; try again (why)"},
        Row{SQLITE_CONSTRAINT, "store: why"}));

// A record that nobody can read holds up its own lane, not the system.
TEST_F(Sqlite, BuriesACommandWhoseRecordIsUnreadable) {
  const auto store = open();
  {
    Connection connection{path_, Connection::Access::write};
    for (const char* key : {"k1", "k2"}) {
      connection.run(
          "INSERT INTO outbox (key, system, lane, slot, verb, issued, cause, created_at, next_at) "
          "VALUES (?1, 'desk', ?1, '', 'read', '{', 1, 0, 0)",
          key);
    }
  }
  auto tx = must(store->begin());
  EXPECT_TRUE(must(tx->outbox().claim(kDesk, kNoon, 9, Together::fields)).empty());
  must(tx->commit());
  tx.reset();
  EXPECT_EQ(must(must(store->reader())->counts()).outbox_dead, 2);
  EXPECT_EQ(must(store->reader())->outbox().list(std::nullopt, true).error().text(),
            "store: outbox 1: issued command: is not JSON");
}

}  // namespace
}  // namespace saksbro::store
