#include "bridge/store/sqlite/sqlite_store.h"

#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "bridge/store/files/crash_journal.h"
#include "bridge/store/files/disk_reserve.h"
#include "bridge/store/files/lock_file.h"
#include "bridge/store/files/own_file.h"
#include "bridge/store/sqlite/connection.h"
#include "bridge/store/sqlite/fair_mutex.h"
#include "bridge/store/sqlite/inbox.h"
#include "bridge/store/sqlite/integrity.h"
#include "bridge/store/sqlite/outbox.h"
#include "bridge/store/sqlite/retention.h"
#include "bridge/store/sqlite/schema.h"
#include "bridge/store/sqlite/solutions.h"
#include "bridge/store/sqlite/sqlite_error.h"
#include "bridge/store/sqlite/sqlite_look.h"
#include "bridge/store/sqlite/sqlite_reader.h"
#include "bridge/store/sqlite/sqlite_transaction.h"
#include "bridge/store/sqlite/timers.h"

namespace saksbro::store {
namespace {

// Some gigabytes of a usual disk. What is beyond that is looked at by each backup.
constexpr std::chrono::minutes kCheckMost{1};

class SqliteUpkeep final : public Maintenance {
 public:
  SqliteUpkeep(const std::string& path, Connection& writer, FairMutex& turns)
      : room_(path), writer_(writer), turns_(turns) {}

  [[nodiscard]] DiskReserve& room() { return room_; }

  Result<Forgotten> forget(const Keep& keep, Instant now, int most) override {
    const std::lock_guard turn{turns_};
    auto forgotten = tried([&] {
      writer_.execute("BEGIN IMMEDIATE");
      const Forgotten gone = retention::forget(writer_, keep, now, most);
      writer_.execute("COMMIT");
      return gone;
    });
    if (!forgotten) writer_.roll_back();
    return forgotten;
  }
  Result<std::int64_t> give_back(int pages) override {
    const std::lock_guard turn{turns_};
    return tried([&] { return retention::give_back(writer_, pages); });
  }
  [[nodiscard]] bool full() const override { return room_.full(); }
  Result<bool> keep_reserve(std::uintmax_t bytes) override { return room_.keep_reserve(bytes); }

 private:
  DiskReserve room_;
  Connection& writer_;
  FairMutex& turns_;
};

class SqliteStore final : public Store {
 public:
  SqliteStore(const std::string& path, std::optional<LockFile> lock,
              std::unique_ptr<Connection> writer, Instant epoch)
      : lock_(std::move(lock)),
        writer_(std::move(writer)),
        upkeep_(path, *writer_, turns_),
        in_hand_(lock_ ? path + ".in-hand" : ""),
        readers_(path),
        epoch_(epoch) {}

  Result<std::unique_ptr<Transaction>> begin() override {
    return begin_sqlite(*writer_, turns_, upkeep_.room());
  }
  Result<std::unique_ptr<Reader>> reader() override { return read_sqlite(readers_); }
  // What was in hand is forgotten before it is counted: a death between the two costs a count, not
  // an innocent row.
  Result<int> release_claims(Instant now) override {
    const std::lock_guard turn{turns_};
    const std::vector<WorkItem> fatal = in_hand_.take_left();
    Result<int> released = tried([&] {
      writer_->execute("BEGIN IMMEDIATE");
      const int rows = outbox::release_claims(*writer_, now);
      for (const WorkItem& item : fatal) count_crash(item);
      writer_->execute("COMMIT");
      return rows;
    });
    if (!released) writer_->roll_back();
    return released;
  }
  Result<void> keep_solutions(const SolutionSource& source) override {
    const std::lock_guard turn{turns_};
    Result<void> kept = tried([&] { return solutions::keep_from(*writer_, source); });
    if (!kept) writer_->roll_back();
    return kept;
  }
  Instant epoch() const override { return epoch_; }
  Maintenance& upkeep() override { return upkeep_; }
  CrashJournal& in_hand() override { return in_hand_; }

 private:
  void count_crash(const WorkItem& item) {
    switch (item.work) {
      case Work::delivery:
        return inbox::count_crash(*writer_, item.id);
      case Work::command:
        return outbox::count_crash(*writer_, item.id);
      case Work::poll:
        return polls::count_crash(*writer_, item.id);
    }
  }

  std::optional<LockFile> lock_;  // given back last
  std::unique_ptr<Connection> writer_;
  FairMutex turns_;
  SqliteUpkeep upkeep_;
  CrashJournal in_hand_;
  ReadConnections readers_;
  Instant epoch_;
};

// A file that came by `cp` may be readable for all. Who may write in the folder may cut the -shm
// file under us, and that is a crash (docs/libraries.md 10), or lead us elsewhere by a link.
Result<void> keep_to_ourselves(const std::string& path) {
  if (auto safe = look_at_folder_of(path); !safe) return safe;
  for (const char* end : {"", "-wal", "-shm", ".lock", ".reserve", ".in-hand"}) {
    if (auto ours = look_at_own_file(path + end); !ours) return ours;
  }
  struct stat found {};
  if (stat(path.c_str(), &found) == 0 && (found.st_mode & 077U) != 0 &&
      chmod(path.c_str(), 0600) != 0) {
    return fail("store", path + " can be read by others, and its mode cannot be changed: " +
                             std::strerror(errno));
  }
  return {};
}

// Folders that are there keep their permissions; ours are for us alone. A new file is made here,
// because SQLite would make it readable for others; its -wal and -shm then follow it.
Result<void> make_file(const std::string& path) {
  if (auto made = make_folders_of(path); !made) return made;
  if (auto kept = keep_to_ourselves(path); !kept) return kept;
  std::error_code ignored;
  if (std::filesystem::exists(path, ignored)) return {};
  const auto file = make_own_file(path, NewOwner::of_folder);
  if (!file) return tl::unexpected(file.error());
  close(*file);
  return {};
}

Error damaged(const std::string& path, const std::string& finding) {
  return {"store", path + " is damaged and has been left as it is (" + finding +
                       "). Put the last backup in its place (`saksbro restore FILE`, which keeps "
                       "this one aside) and start again: what has changed since is read from the "
                       "trackers"};
}

Instant read_epoch(Connection& connection, Instant now) {
  connection.run("INSERT INTO meta (name, value) VALUES ('epoch', ?) ON CONFLICT DO NOTHING", now);
  Query query = connection.query("SELECT value FROM meta WHERE name = 'epoch'");
  return query.next() ? query.instant(0) : now;
}

// A service that is running would trip over new tables: who changes the schema holds the lock.
Result<void> bring_up_to_date(Connection& connection, const std::string& path, bool locked) {
  std::optional<LockFile> lock;
  if (!locked && schema_version(connection) < migrations().back().to) {
    Result<LockFile> taken = LockFile::take(path);
    if (!taken) return tl::unexpected(taken.error());
    lock = std::move(*taken);
  }
  return migrate(connection, migrations(), path);
}

Result<void> is_not_half_restored(const std::string& path) {
  std::error_code ignored;
  if (!std::filesystem::exists(path + ".restoring", ignored)) return {};
  return fail(
      "store",
      path + ": a restore was interrupted; run `saksbro restore FILE` again to complete it");
}

Result<std::unique_ptr<Store>> open_file(const std::string& path, std::optional<LockFile> lock,
                                         Instant now) {
  auto writer = std::make_unique<Connection>(path, Connection::Access::write);
  // A command beside a running service does not wait for the check of a large file.
  if (lock) {
    const Integrity looked = look_for_damage(*writer, kCheckMost);
    if (looked.finding) return tl::unexpected(damaged(path, *looked.finding));
  }
  const Result<void> current = bring_up_to_date(*writer, path, lock.has_value());
  if (!current) return tl::unexpected(current.error());
  const Instant epoch = read_epoch(*writer, now);
  return std::make_unique<SqliteStore>(path, std::move(lock), std::move(writer), epoch);
}

bool is_damage(const SQLite::Exception& wrong) {
  constexpr int kPrimary = 0xff;
  const int code = wrong.getErrorCode() & kPrimary;
  return code == SQLITE_CORRUPT || code == SQLITE_NOTADB;
}

}  // namespace

Result<std::unique_ptr<Store>> open_sqlite(const std::string& path, Use use, Instant now) {
  const bool looks = use == Use::look;
  std::error_code ignored;
  if (looks && !std::filesystem::exists(path, ignored)) return tl::unexpected(no_store_yet(path));
  const Result<void> safe = looks ? look_at_own_file(path) : make_file(path);
  if (!safe) return tl::unexpected(safe.error());
  std::optional<LockFile> lock;
  if (use == Use::serve) {
    Result<LockFile> taken = LockFile::take(path);
    if (!taken) return tl::unexpected(taken.error());
    lock = std::move(*taken);
  }
  return tried([&]() -> Result<std::unique_ptr<Store>> {
    try {
      if (auto whole = is_not_half_restored(path); !whole) return tl::unexpected(whole.error());
      return looks ? look_at_sqlite(path) : open_file(path, std::move(lock), now);
    } catch (const SQLite::Exception& wrong) {
      if (!is_damage(wrong)) throw;
      return tl::unexpected(damaged(path, wrong.what()));
    }
  });
}

}  // namespace saksbro::store
