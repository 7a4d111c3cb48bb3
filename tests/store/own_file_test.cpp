// The store's files are the store's: nobody leads us to another by a link, and root leaves them to
// whom the folder belongs to.
#include "bridge/store/files/own_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

#include "bridge/store/sqlite/backup.h"
#include "bridge/store/sqlite/connection.h"
#include "bridge/store/sqlite/schema.h"
#include "bridge/store/sqlite/sqlite_store.h"
#include "tests/store/conformance.h"
#include "tests/store/temporary_folder.h"

namespace saksbro::store {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr const char* kLink =
    " is a symbolic link, and none is followed: put the file itself there";
constexpr uid_t kService = 12'345;

class OwnFiles : public testing::Test {
 protected:
  OwnFiles() {
    fs::create_directory(folder_.file("var"));
    fs::permissions(folder_.file("var"), fs::perms::owner_all);
    std::ofstream(foreign_) << "another's";
  }

  std::string refusal(Use use = Use::serve) {
    const auto store = open_sqlite(path_, use, kNoon);
    return store ? "opened" : store.error().text();
  }
  std::string foreign() {
    std::ifstream in(foreign_);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  static uid_t owner(const std::string& path) {
    struct stat found {};
    return lstat(path.c_str(), &found) == 0 ? found.st_uid : ~uid_t{0};
  }

  TemporaryFolder folder_;
  std::string path_ = folder_.file("var/saksbro.db");
  std::string foreign_ = folder_.file("foreign");
};

TEST_F(OwnFiles, NoneIsReachedThroughALink) {
  for (const char* end : {"", "-wal", "-shm", ".lock", ".reserve", ".in-hand"}) {
    for (const std::string& target : {foreign_, folder_.file("dangling")}) {
      fs::create_symlink(target, path_ + end);
      EXPECT_EQ(refusal(), "store: " + path_ + end + kLink);
      EXPECT_EQ(foreign(), "another's");
      EXPECT_FALSE(fs::exists(folder_.file("dangling")));
      fs::remove(path_ + end);
    }
  }
  EXPECT_EQ(refusal(), "opened");
}

// The links may come between the look and the opening.
TEST_F(OwnFiles, AreOpenedWithoutFollowingALink) {
  fs::create_symlink(foreign_, path_ + ".lock");
  EXPECT_EQ(open_own_file(path_ + ".lock").error().text(), "store: " + path_ + ".lock" + kLink);
}

TEST_F(OwnFiles, WithASecondNameAreAnothers) {
  fs::create_hard_link(foreign_, path_ + ".lock");
  EXPECT_EQ(refusal(), "store: " + path_ +
                           ".lock has a second name (a hard link), and may be another file: remove "
                           "it");
  EXPECT_EQ(foreign(), "another's");
}

TEST_F(OwnFiles, ArePlainFiles) {
  ASSERT_EQ(mkfifo((path_ + ".lock").c_str(), 0600), 0);
  EXPECT_EQ(refusal(), "store: " + path_ + ".lock is not a regular file: remove it");
}

TEST_F(OwnFiles, LieWhereTheGroupMayNotWrite) {
  ASSERT_EQ(chmod(folder_.file("var").c_str(), 0770), 0);
  const std::string why = "store: " + folder_.file("var") +
                          ": its group may write there; chmod g-w it, or the store is not safe "
                          "from them";
  EXPECT_EQ(refusal(), why);
  EXPECT_FALSE(fs::exists(path_));
  EXPECT_EQ(
      back_up_sqlite(foreign_, folder_.file("var/copy.db"), Overwrite::no, kNoon).error().text(),
      why);
  EXPECT_EQ(restore_sqlite(foreign_, path_, kNoon).error().text(), why);
}

TEST_F(OwnFiles, AndTheirFoldersAreForTheOwnerAloneWhateverTheUmask) {
  const std::string deep = folder_.file("a/b/saksbro.db");
  const mode_t before = umask(0);
  const bool opened = open_sqlite(deep, Use::serve, kNoon).has_value();
  umask(before);
  EXPECT_TRUE(opened);
  for (const auto& [name, mode] : {std::pair{"a", 0700}, {"a/b", 0700}, {"a/b/saksbro.db", 0600}}) {
    struct stat found {};
    ASSERT_EQ(stat(folder_.file(name).c_str(), &found), 0);
    EXPECT_EQ(static_cast<int>(found.st_mode & 0777U), mode) << name;
  }
}

TEST_F(OwnFiles, AreNotRestoredThroughALink) {
  { const auto store = must(open_sqlite(path_, Use::command, kNoon)); }
  must(back_up_sqlite(path_, folder_.file("copy.db"), Overwrite::no, kNoon));
  fs::rename(path_, folder_.file("elsewhere.db"));
  fs::create_symlink(folder_.file("elsewhere.db"), path_);
  EXPECT_EQ(restore_sqlite(folder_.file("copy.db"), path_, kNoon).error().text(),
            "store: " + path_ + kLink);
}

TEST_F(OwnFiles, BackupsReplaceALinkAndNotWhatItNames) {
  { const auto store = must(open_sqlite(path_, Use::command, kNoon)); }
  const std::string copy = folder_.file("copy.db");
  fs::create_symlink(foreign_, copy);
  fs::create_symlink(foreign_, copy + ".partial");
  must(back_up_sqlite(path_, copy, Overwrite::yes, kNoon));
  EXPECT_EQ(foreign(), "another's");
  EXPECT_FALSE(fs::is_symlink(copy));
}

TEST_F(OwnFiles, OfRootAreTheFoldersOwners) {
  if (geteuid() != 0) GTEST_SKIP() << "needs root";
  ASSERT_EQ(chown(folder_.file("var").c_str(), kService, kService), 0);
  {
    const auto store = must(open_sqlite(path_, Use::serve, kNoon));
    must(store->upkeep().keep_reserve(4096));
    for (const char* end : {"", "-wal", "-shm", ".lock", ".reserve", ".in-hand"})
      EXPECT_EQ(owner(path_ + end), kService) << end;
  }
  ASSERT_EQ(chown((path_ + ".lock").c_str(), kService + 1, kService), 0);
  EXPECT_EQ(refusal(), "store: " + path_ +
                           ".lock belongs to user 12346, who owns neither this process nor the "
                           "folder: chown it, or remove it");
}

// And with that as root runs it: `saksbro restore FILE`.
TEST_F(OwnFiles, RestoredByRootHaveTheOwnerThatWasThereOrTheFolders) {
  if (geteuid() != 0) GTEST_SKIP() << "needs root";
  const std::string copy = folder_.file("copy.db");
  { const auto store = must(open_sqlite(path_, Use::command, kNoon)); }
  must(back_up_sqlite(path_, copy, Overwrite::no, kNoon));
  EXPECT_EQ(owner(copy), 0U) << "a backup is for who asked for it";
  ASSERT_EQ(chown(folder_.file("var").c_str(), kService, kService), 0);
  must(restore_sqlite(copy, path_, kNoon));
  EXPECT_EQ(owner(path_), kService) << "root's, by an earlier mistake";
  fs::remove(path_);
  must(restore_sqlite(copy, path_, kNoon + 1s));
  EXPECT_EQ(owner(path_), kService) << "there was none";
  EXPECT_EQ(owner(path_ + ".lock"), kService);
  fs::remove(path_ + ".lock");
  ASSERT_EQ(chown(path_.c_str(), kService + 1, kService), 0);
  ASSERT_EQ(chown(folder_.file("var").c_str(), kService + 1, kService), 0);
  must(restore_sqlite(copy, path_, kNoon + 2s));
  EXPECT_EQ(owner(path_), kService + 1) << "as it was";
}

TEST_F(OwnFiles, ALookMakesNone) {
  EXPECT_EQ(refusal(Use::look),
            "store: " + path_ + ": there is no store yet; `saksbro serve` creates it");
  EXPECT_TRUE(fs::is_empty(folder_.file("var")));
}

TEST_F(OwnFiles, ALookWritesNothing) {
  { const auto store = must(open_sqlite(path_, Use::serve, kNoon)); }
  const auto store = must(open_sqlite(path_, Use::look, kNoon));
  EXPECT_EQ(must(must(store->reader())->counts()).cases_open, 0);
  EXPECT_EQ(store->epoch(), kNoon);
  EXPECT_EQ(store->begin().error().text(), "store: the store is open for reading only");
}

TEST_F(OwnFiles, ALookDoesNotBringTheSchemaUpToDate) {
  { const auto store = must(open_sqlite(path_, Use::serve, kNoon)); }
  const std::string known = std::to_string(migrations().back().to);
  Connection{path_, Connection::Access::write}.execute("PRAGMA user_version = 3");
  EXPECT_EQ(refusal(Use::look), "store: " + path_ +
                                    " has schema version 3, and this program knows " + known +
                                    ": the next start of the service brings it up to date");
}

// --- what stands in a backup

TEST_F(OwnFiles, ABackupWithATriggerOrAViewOfAnotherIsRefusedBeforeItRuns) {
  const std::string copy = folder_.file("copy.db");
  for (const auto& [sql, what] :
       {std::pair{"CREATE TRIGGER evil AFTER INSERT ON meta BEGIN DELETE FROM inbox; END",
                  "trigger evil"},
        {"CREATE VIEW evil AS SELECT load_extension('x')", "view evil"},
        {"CREATE TABLE evil (a TEXT DEFAULT (load_extension('x')))", "table evil"},
        {"CREATE INDEX evil ON inbox (lower(system))", "index evil"},
        {"DROP TRIGGER outbox_row_comes; CREATE TRIGGER outbox_row_comes AFTER INSERT ON outbox "
         "BEGIN DELETE FROM inbox; END",
         "trigger outbox_row_comes"}}) {
    fs::remove(path_);
    { const auto store = must(open_sqlite(path_, Use::command, kNoon)); }
    must(back_up_sqlite(path_, copy, Overwrite::yes, kNoon));
    { Connection(copy, Connection::Access::write).execute(sql); }
    const std::string why = restore_sqlite(copy, path_, kNoon).error().text();
    EXPECT_EQ(why, "store: " + copy + " contains objects that Saksbro did not create (" + what +
                       "), and is not restored: take another backup");
    EXPECT_FALSE(fs::exists(path_ + ".restoring"));
    { Connection(path_, Connection::Access::write).execute(sql); }
    EXPECT_EQ(mark_restored_sqlite(path_, kNoon).error().text(),
              "store: " + path_ + " contains objects that Saksbro did not create (" + what +
                  "), and is not restored: take another backup");
  }
}

TEST_F(OwnFiles, WhatStandsInAFileCallsNoFunctionOfOurs) {
  for (const auto access : {Connection::Access::write, Connection::Access::read}) {
    Connection connection(path_, access);
    Query trusted = connection.query("PRAGMA trusted_schema");
    EXPECT_TRUE(trusted.next() && trusted.integer(0) == 0);
  }
}

}  // namespace
}  // namespace saksbro::store
