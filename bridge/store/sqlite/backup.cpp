#include "bridge/store/sqlite/backup.h"

#include <SQLiteCpp/Backup.h>
#include <sqlite3.h>
#include <unistd.h>

#include <chrono>
#include <ctime>
#include <filesystem>
#include <optional>
#include <system_error>
#include <thread>

#include "bridge/store/files/durable_file.h"
#include "bridge/store/files/lock_file.h"
#include "bridge/store/files/own_file.h"
#include "bridge/store/sqlite/connection.h"
#include "bridge/store/sqlite/schema.h"
#include "bridge/store/sqlite/sqlite_error.h"

namespace saksbro::store {
namespace {

namespace fs = std::filesystem;

// 1 MiB a step, then others may have the disk for a moment.
constexpr int kPagesAStep = 256;
constexpr std::chrono::milliseconds kBetweenSteps{1};

bool file_exists(const std::string& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

Error exists_already(const std::string& path) {
  return fail("store",
              Phrase("{path} already exists: choose another name, or use --force to replace it",
                     {{"path", path}}))
      .value();
}

// A read transaction holds the moment still: without one the copy would begin anew at each write of
// the service.
void copy_pages(const std::string& from, const std::string& to) {
  SQLite::Database source(from, SQLite::OPEN_READONLY, 10'000);
  source.exec("BEGIN");
  source.exec("SELECT count(*) FROM sqlite_master");
  SQLite::Database target(to, SQLite::OPEN_READWRITE);
  SQLite::Backup backup(target, source);
  while (backup.executeStep(kPagesAStep) != SQLITE_DONE) std::this_thread::sleep_for(kBetweenSteps);
}

// Whether the file is a store, has nothing in it that is not ours, and is whole. Throws. Nothing is
// written before: a foreign trigger would run.
Result<void> check(Connection& connection, const std::string& path) {
  const int version = schema_version(connection);
  if (version == 0) return fail("store", path + " is not a store of Saksbro");
  const int known = migrations().back().to;
  if (version > known) {
    return fail("store", path + " has schema version " + std::to_string(version) +
                             ", and this program knows " + std::to_string(known) +
                             ": restore it with the program that made it");
  }
  if (const auto foreign = foreign_in_schema(connection, version)) {
    return fail("store", path + " contains objects that Saksbro did not create (" + *foreign +
                             "), and is not restored: take another backup");
  }
  Query query = connection.query("PRAGMA quick_check(1)");
  if (!query.next() || query.text(0) != "ok")
    return fail("store", path + " is damaged (" + query.text(0) + "): take another backup");
  return {};
}

Instant mark(Connection& connection, Instant backup_at) {
  connection.run("INSERT OR IGNORE INTO meta (name, value) VALUES ('backup_at', ?)", backup_at);
  Query query = connection.query("SELECT value FROM meta WHERE name = 'backup_at'");
  return query.next() ? query.instant(0) : backup_at;
}

// Checked, marked, and one file: the log is folded in and gone.
Result<Instant> finish_copy(const std::string& path, Instant backup_at) {
  auto finished = tried([&]() -> Result<Instant> {
    Connection connection(path, Connection::Access::write);
    if (auto whole = check(connection, path); !whole) return tl::unexpected(whole.error());
    const Instant marked = mark(connection, backup_at);
    connection.execute("PRAGMA journal_mode = DELETE");
    return marked;
  });
  if (!finished) return finished;
  if (auto synced = sync_file(path); !synced) return tl::unexpected(synced.error());
  return finished;
}

Result<void> make_empty(const std::string& path) {
  unlink(path.c_str());
  const auto file = make_own_file(path, NewOwner::this_user);
  if (!file) return tl::unexpected(file.error());
  close(*file);
  return {};
}

void remove_all(const std::string& path) {
  for (const char* end : {"", "-wal", "-shm", "-journal"}) unlink((path + end).c_str());
}

std::string stamp(Instant now) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::string text(16, '\0');
  text.resize(std::strftime(text.data(), text.size() + 1, "%Y%m%dT%H%M%SZ", &parts));
  return text;
}

// What a service left in its log belongs to its file, not to the one that comes in its place: it
// goes along as it is. From here until the backup has its name, open_sqlite() refuses.
Result<std::string> keep_aside(const std::string& path, Instant now) {
  if (!file_exists(path)) return std::string{};
  const std::string kept = path + ".before-restore-" + stamp(now);
  if (link(path.c_str(), kept.c_str()) != 0) return tl::unexpected(system_error(kept));
  if (file_exists(path + "-wal")) {
    if (auto moved = give_name(path + "-wal", kept + "-wal", true); !moved)
      return tl::unexpected(moved.error());
  }
  for (const char* end : {"-shm", ".in-hand"}) unlink((path + end).c_str());
  return kept;
}

Result<void> look_before_writing(const std::string& path) {
  if (auto safe = look_at_folder_of(path); !safe) return safe;
  for (const char* end : {"", "-wal", "-shm"}) {
    if (auto ours = look_at_own_file(path + end); !ours) return ours;
  }
  return {};
}

Instant changed_at(const std::string& path, Instant now) {
  std::error_code wrong;
  const auto time = fs::last_write_time(path, wrong);
  if (wrong) return now;
  const auto age = std::chrono::file_clock::now() - time;
  return now - std::chrono::duration_cast<std::chrono::milliseconds>(age);
}

}  // namespace

Result<std::uintmax_t> back_up_sqlite(const std::string& from, const std::string& to,
                                      Overwrite overwrite, Instant now) {
  if (!file_exists(from))
    return fail("store", Phrase("{path}: there is no store to copy", {{"path", from}}));
  std::error_code ignored;
  if (fs::equivalent(from, to, ignored))
    return fail("store",
                Phrase("{path} is the store itself: give its copy another name", {{"path", to}}));
  if (overwrite == Overwrite::no && file_exists(to)) return tl::unexpected(exists_already(to));
  if (auto safe = look_at_folder_of(to); !safe) return tl::unexpected(safe.error());
  const std::string partial = to + ".partial";
  if (auto made = make_empty(partial); !made) return tl::unexpected(made.error());
  auto finished = tried([&]() -> Result<Instant> {
    copy_pages(from, partial);
    return finish_copy(partial, now);
  });
  if (!finished) {
    remove_all(partial);
    return tl::unexpected(finished.error());
  }
  const std::uintmax_t size = fs::file_size(partial, ignored);
  const auto named = give_name(partial, to, overwrite == Overwrite::yes);
  if (named && *named) return size;
  remove_all(partial);
  return tl::unexpected(named ? exists_already(to) : named.error());
}

Result<Restored> restore_sqlite(const std::string& backup, const std::string& to, Instant now) {
  if (!file_exists(backup))
    return fail("store", Phrase("{path}: there is no such file", {{"path", backup}}));
  if (auto safe = look_before_writing(to); !safe) return tl::unexpected(safe.error());
  auto lock = LockFile::take(to);
  if (!lock) return tl::unexpected(lock.error());
  const std::string incoming = to + ".restoring";
  auto prepared = [&]() -> Result<Instant> {
    if (auto copied = copy_to_own_file(backup, incoming); !copied)
      return tl::unexpected(copied.error());
    return finish_copy(incoming, changed_at(backup, now));
  }();
  if (!prepared) {
    remove_all(incoming);
    Error wrong = prepared.error();
    if (const auto at = wrong.what.find(incoming); at != std::string::npos)
      wrong.what.replace(at, incoming.size(), backup);
    return tl::unexpected(wrong);
  }
  auto kept = keep_aside(to, now);
  if (!kept) return tl::unexpected(kept.error());
  if (auto given = give_to_owner(incoming, to); !given) return tl::unexpected(given.error());
  if (auto named = give_name(incoming, to, true); !named) return tl::unexpected(named.error());
  return Restored{*prepared, *kept};
}

Result<void> mark_restored_sqlite(const std::string& path, Instant backup_at) {
  if (!file_exists(path))
    return fail("store", Phrase("{path}: there is no such file", {{"path", path}}));
  if (auto safe = look_before_writing(path); !safe) return safe;
  auto lock = LockFile::take(path);
  if (!lock) return tl::unexpected(lock.error());
  return tried([&]() -> Result<void> {
    Connection connection(path, Connection::Access::write);
    if (auto whole = check(connection, path); !whole) return whole;
    (void)mark(connection, backup_at);
    return {};
  });
}

}  // namespace saksbro::store
