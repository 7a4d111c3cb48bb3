#include "bridge/store/sqlite/connection.h"

#include <SQLiteCpp/Column.h>
#include <sqlite3.h>

#include "bridge/records/phrase_record.h"
#include "bridge/store/sqlite/norwegian_tokenizer.h"

namespace saksbro::store {
namespace {

constexpr int kBusyTimeout = 10'000;  // ms: the longest that another program's write may take

int flags_for(Connection::Access access) {
  return access == Connection::Access::read ? SQLite::OPEN_READONLY
                                            : SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE;
}

}  // namespace

std::string Query::text(int column) const { return statement_.getColumn(column).getString(); }

Phrase Query::phrase(int column) const { return records::read_phrase(text(column)); }

std::int64_t Query::integer(int column) const { return statement_.getColumn(column).getInt64(); }

Instant Query::instant(int column) const {
  return Instant{std::chrono::milliseconds{integer(column)}};
}

void Query::bind_one(int index, const Phrase& value) { bind_one(index, records::write(value)); }

void Query::bind_one(int index, Instant value) {
  bind_one(index, std::int64_t{value.time_since_epoch().count()});
}

void Query::bind_one(int index, const Bytes& value) {
  // An empty BLOB needs a pointer, else SQLite takes it for NULL.
  const char* const bytes = value.bytes.empty() ? "" : value.bytes.data();
  statement_.bind(index, static_cast<const void*>(bytes), static_cast<int>(value.bytes.size()));
}

// mmap off: a file truncated under us is then an error, not a SIGBUS (docs/libraries.md 10). FULL:
// in WAL mode NORMAL does not sync a commit (docs/libraries.md 10).
Connection::Connection(const std::string& path, Access access)
    : database_(path, flags_for(access), kBusyTimeout) {
  execute("PRAGMA mmap_size = 0");
  execute("PRAGMA foreign_keys = ON");
  execute("PRAGMA trusted_schema = OFF");  // what stands in a file calls no function of ours
  // A statement that fires triggers keeps a journal of its own: in a file each claim would make
  // one.
  execute("PRAGMA temp_store = MEMORY");
  add_norwegian(database_.getHandle());
  if (access == Access::read) return;
  // So that free pages can be given back. In a new file only, before WAL writes its first page: any
  // other would be written to.
  if (is_empty()) execute("PRAGMA auto_vacuum = INCREMENTAL");
  execute("PRAGMA journal_mode = WAL");
  execute("PRAGMA synchronous = FULL");
  execute("PRAGMA secure_delete = FAST");           // what is emptied is gone from its page, too
  execute("PRAGMA journal_size_limit = 67108864");  // after a burst the log shrinks again
}

bool Connection::is_empty() {
  Query pages = query("PRAGMA page_count");
  return pages.next() && pages.integer(0) == 0;
}

bool Connection::in_transaction() const {
  return sqlite3_get_autocommit(database_.getHandle()) == 0;
}

void Connection::stop_after(std::optional<std::chrono::milliseconds> time) {
  constexpr int kStepsBetweenLooks = 1'000;
  if (!time) return sqlite3_progress_handler(database_.getHandle(), 0, nullptr, nullptr);
  deadline_ = std::chrono::steady_clock::now() + *time;
  const auto over = [](void* self) {
    return std::chrono::steady_clock::now() >= static_cast<Connection*>(self)->deadline_ ? 1 : 0;
  };
  sqlite3_progress_handler(database_.getHandle(), kStepsBetweenLooks, over, this);
}

int Connection::last_error() const { return sqlite3_extended_errcode(database_.getHandle()); }

void Connection::roll_back() noexcept {
  // Some errors have rolled back already; one that prevents even this leaves nothing to do.
  if (in_transaction()) database_.tryExec("ROLLBACK");
}

SQLite::Statement& Connection::prepared(const char* sql) {
  const auto found = statements_.find(sql);
  if (found != statements_.end()) {
    found->second.tryReset();
    found->second.clearBindings();
    return found->second;
  }
  return statements_.emplace(sql, SQLite::Statement(database_, sql)).first->second;
}

}  // namespace saksbro::store
