// One connection to the SQLite file, with its settings and its prepared statements. Everything here
// throws SQLite::Exception, which never leaves the folder: see sqlite_error.h. Not for several
// threads.
#pragma once

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "bridge/contract/ids.h"
#include "bridge/contract/phrase.h"
#include "bridge/contract/time.h"

namespace saksbro::store {

struct Bytes {  // bound as a BLOB: what came in is kept as it came
  std::string_view bytes;
};

// A prepared statement, borrowed from its connection and reset at the end, so that no read
// transaction stays open. The same SQL must not be in use twice at a time.
class Query {
 public:
  template <class... Values>
  explicit Query(SQLite::Statement& statement, const Values&... values) : statement_(statement) {
    int index = 0;
    (bind_one(++index, values), ...);
  }
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;
  ~Query() { statement_.tryReset(); }

  [[nodiscard]] bool next() { return statement_.executeStep(); }
  int run() { return statement_.exec(); }  // rows changed

  [[nodiscard]] std::string text(int column) const;
  [[nodiscard]] Phrase phrase(int column) const;
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] Instant instant(int column) const;
  [[nodiscard]] bool is_null(int column) const { return statement_.isColumnNull(column); }

 private:
  void bind_one(int index, const std::string& value) { statement_.bind(index, value); }
  void bind_one(int index, const char* value) { statement_.bind(index, value); }
  void bind_one(int index, std::int64_t value) { statement_.bind(index, value); }
  void bind_one(int index, int value) { statement_.bind(index, value); }
  void bind_one(int index, double value) { statement_.bind(index, value); }
  void bind_one(int index, Instant value);
  void bind_one(int index, const Bytes& value);
  void bind_one(int index, const Phrase& value);
  template <class Tag>
  void bind_one(int index, const Id<Tag>& id) {
    bind_one(index, id.text());
  }
  template <class T>
  void bind_one(int index, const std::optional<T>& value) {
    if (value) return bind_one(index, *value);
    statement_.bind(index);
  }

  SQLite::Statement& statement_;
};

class Connection {
 public:
  enum class Access { read, write };
  Connection(const std::string& path, Access access);

  template <class... Values>
  [[nodiscard]] Query query(const char* sql, const Values&... values) {
    return Query{prepared(sql), values...};
  }
  template <class... Values>
  int run(const char* sql, const Values&... values) {
    return Query{prepared(sql), values...}.run();
  }
  void execute(const std::string& sql) { database_.exec(sql); }  // not prepared: for rare things
  [[nodiscard]] std::int64_t last_id() const { return database_.getLastInsertRowid(); }
  [[nodiscard]] bool in_transaction() const;
  void roll_back() noexcept;
  // What runs so long from now on ends with SQLITE_INTERRUPT; none: it may run on.
  void stop_after(std::optional<std::chrono::milliseconds> time);
  [[nodiscard]] int last_error() const;  // the extended result code of the last call

 private:
  SQLite::Statement& prepared(const char* sql);
  [[nodiscard]] bool is_empty();

  SQLite::Database database_;
  std::chrono::steady_clock::time_point deadline_{};
  std::unordered_map<std::string_view, SQLite::Statement> statements_;  // keys: string literals
};

}  // namespace saksbro::store
