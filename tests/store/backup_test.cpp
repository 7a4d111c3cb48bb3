// Backups: made beside a service that writes, whole or not there, and put back.
#include "bridge/store/sqlite/backup.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "bridge/store/sqlite/connection.h"
#include "bridge/store/sqlite/schema.h"
#include "bridge/store/sqlite/sqlite_store.h"
#include "tests/store/conformance.h"
#include "tests/store/temporary_folder.h"

namespace saksbro::store {
namespace {

namespace fs = std::filesystem;

class Backups : public testing::Test {
 protected:
  void fill(int from, int to) {
    const auto store = must(open_sqlite(path_, Use::command, kNoon));
    const auto tx = must(store->begin());
    for (int i = from; i < to; ++i) receive(*tx, i);
    must(tx->commit());
  }
  static void receive(Transaction& tx, int number) {
    must(tx.inbox().receive({kDesk, DeliveryId{std::to_string(number)}, DeliveryKind::webhook,
                             kNoon, std::string(2'000, 'x')}));
  }
  Result<std::uintmax_t> back_up(Overwrite overwrite = Overwrite::no) {
    return back_up_sqlite(path_, copy_, overwrite, kNoon);
  }
  static std::int64_t deliveries(const std::string& path) {
    const auto store = must(open_sqlite(path, Use::command, kNoon));
    return must(must(store->reader())->counts()).inbox_waiting;
  }

  TemporaryFolder folder_;
  std::string path_ = folder_.file("saksbro.db");
  std::string copy_ = folder_.file("copy.db");
};

TEST_F(Backups, AreOneFileForItsOwnerAlone) {
  fill(0, 10);
  EXPECT_GT(must(back_up()), 20'000U);
  struct stat found {};
  ASSERT_EQ(stat(copy_.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777U, 0600U);
  for (const char* end : {"-wal", "-shm", ".partial"}) EXPECT_FALSE(fs::exists(copy_ + end)) << end;
  EXPECT_EQ(deliveries(copy_), 10);
}

// Promise 66.
TEST_F(Backups, ShowOneMomentWhileTheServiceWritesOn) {
  fill(0, 2'000);
  const auto store = must(open_sqlite(path_, Use::serve, kNoon));
  std::atomic<bool> stop = false;
  std::atomic<int> written = 2'000;
  std::thread service([&] {
    while (!stop) {
      // Two at a time: a copy that has one of them alone is torn.
      const auto tx = must(store->begin());
      receive(*tx, written);
      receive(*tx, written + 1);
      must(tx->commit());
      written += 2;
    }
  });
  for (int i = 0; i < 3; ++i) {
    const int before = written;
    must(back_up(Overwrite::yes));
    const std::int64_t copied = deliveries(copy_);
    EXPECT_GE(copied, before);
    EXPECT_EQ(copied % 2, 0);
  }
  stop = true;
  service.join();
  EXPECT_GT(written, 2'002) << "the service was not held up";
}

TEST_F(Backups, DoNotReplaceAFileUnlessTold) {
  fill(0, 1);
  std::ofstream(copy_) << "mine";
  EXPECT_EQ(
      back_up().error().text(),
      "store: " + copy_ + " already exists: choose another name, or use --force to replace it");
  EXPECT_FALSE(fs::exists(copy_ + ".partial"));
  must(back_up(Overwrite::yes));
  EXPECT_EQ(deliveries(copy_), 1);
}

TEST_F(Backups, AreNotTheStoreItself) {
  fill(0, 1);
  EXPECT_EQ(back_up_sqlite(path_, path_, Overwrite::yes, kNoon).error().text(),
            "store: " + path_ + " is the store itself: give its copy another name");
}

TEST_F(Backups, NeedAStore) {
  EXPECT_EQ(back_up().error().text(), "store: " + path_ + ": there is no store to copy");
}

TEST_F(Backups, OfADamagedStoreAreNotMade) {
  fill(0, 200);
  std::string bytes;
  {
    std::ifstream in(path_, std::ios::binary);
    bytes.assign(std::istreambuf_iterator<char>(in), {});
  }
  for (std::size_t at = bytes.size() / 2; at < bytes.size(); at += 512) bytes[at] = '\x5a';
  std::ofstream(path_, std::ios::binary) << bytes;
  const std::string why = back_up().error().text();
  EXPECT_EQ(why.find("store: " + copy_ + ".partial is damaged ("), 0U) << why;
  for (const char* end : {"", ".partial"}) EXPECT_FALSE(fs::exists(copy_ + end)) << end;
}

TEST_F(Backups, PutBackAreMarkedAndTheOldFileIsKept) {
  fill(0, 5);
  must(back_up());
  fill(5, 9);
  const Restored restored = must(restore_sqlite(copy_, path_, kNoon + 24h));
  EXPECT_EQ(restored.backup_at, kNoon);
  EXPECT_EQ(deliveries(path_), 5);
  EXPECT_EQ(deliveries(restored.kept), 9);
  EXPECT_EQ(restored.kept, path_ + ".before-restore-20270116T080000Z");
  const auto store = must(open_sqlite(path_, Use::serve, kNoon));
  const auto tx = must(store->begin());
  EXPECT_EQ(must(tx->recovery().begin(kNoon + 24h, 1h)),
            (RecoveryState{RecoveryStage::looking, kNoon, kNoon + 24h}));
}

TEST_F(Backups, ArePutWhereThereIsNothing) {
  fill(0, 5);
  must(back_up());
  for (const char* end : {"", "-wal", "-shm"}) fs::remove(path_ + end);
  EXPECT_EQ(must(restore_sqlite(copy_, path_, kNoon)).kept, "");
  EXPECT_EQ(deliveries(path_), 5);
}

// Promise 33.
TEST_F(Backups, ReplaceADamagedStore) {
  fill(0, 5);
  must(back_up());
  std::ofstream(path_) << std::string(5'000, 'x');
  std::ofstream(path_ + "-wal") << "left over";
  const Restored restored = must(restore_sqlite(copy_, path_, kNoon));
  EXPECT_EQ(deliveries(path_), 5);
  EXPECT_TRUE(fs::exists(restored.kept));
  EXPECT_TRUE(fs::exists(restored.kept + "-wal")) << "it belongs to the damaged file";
}

// The log had been moved aside, the backup had not taken its place.
TEST_F(Backups, WhoseRestoreWasCutShortAreRestoredAgain) {
  fill(0, 1);
  must(back_up());
  fs::copy_file(copy_, path_ + ".restoring");
  EXPECT_EQ(open_sqlite(path_, Use::serve, kNoon).error().text(),
            "store: " + path_ +
                ": a restore was interrupted; run `saksbro restore FILE` again to complete it");
  must(restore_sqlite(copy_, path_, kNoon));
  EXPECT_EQ(deliveries(path_), 1);
}

TEST_F(Backups, AreNotPutUnderARunningService) {
  fill(0, 1);
  must(back_up());
  const auto service = must(open_sqlite(path_, Use::serve, kNoon));
  EXPECT_EQ(restore_sqlite(copy_, path_, kNoon).error().text(),
            "store: " + path_ + " is in use by process " + std::to_string(getpid()) +
                ": stop that one first, or give this one a store of its own");
}

TEST_F(Backups, ThatAreNoneAreRefusedAndNothingIsTouched) {
  fill(0, 1);
  std::ofstream(copy_) << "no database";
  EXPECT_EQ(restore_sqlite(copy_, path_, kNoon).error().text(),
            "store: the file is damaged; stop, and restore the last backup with `saksbro restore "
            "FILE`, which keeps this one aside (file is not a database)");
  EXPECT_EQ(restore_sqlite(folder_.file("none"), path_, kNoon).error().text(),
            "store: " + folder_.file("none") + ": there is no such file");
  { const Connection other{folder_.file("other.db"), Connection::Access::write}; }
  EXPECT_EQ(restore_sqlite(folder_.file("other.db"), path_, kNoon).error().text(),
            "store: " + folder_.file("other.db") + " is not a store of Saksbro");
  EXPECT_EQ(deliveries(path_), 1);
  EXPECT_FALSE(fs::exists(path_ + ".restoring"));
}

TEST_F(Backups, OfANewerProgramAreRefused) {
  fill(0, 1);
  must(back_up());
  Connection{copy_, Connection::Access::write}.execute("PRAGMA user_version = 99");
  EXPECT_EQ(restore_sqlite(copy_, path_, kNoon).error().text(),
            "store: " + copy_ + " has schema version 99, and this program knows " +
                std::to_string(migrations().back().to) +
                ": restore it with the program that made it");
}

TEST_F(Backups, ThatCameBackInAnotherWayAreMarkedInPlace) {
  fill(0, 1);
  must(mark_restored_sqlite(path_, kNoon - 24h));
  const auto store = must(open_sqlite(path_, Use::serve, kNoon));
  EXPECT_EQ(must(must(store->begin())->recovery().begin(kNoon, 1h)).stage, RecoveryStage::looking);
}

}  // namespace
}  // namespace saksbro::store
