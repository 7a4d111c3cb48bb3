// Looks, by SQLite.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "bridge/contract/error.h"
#include "bridge/store/sqlite/connection.h"
#include "bridge/store/store.h"

namespace saksbro::store {

// Read-only connections that wait for their next use; must outlive the readers.
class ReadConnections {
 public:
  explicit ReadConnections(std::string path) : path_(std::move(path)) {}

  [[nodiscard]] std::unique_ptr<Connection> take();  // throws
  void give_back(std::unique_ptr<Connection> connection);

 private:
  std::string path_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Connection>> idle_;
};

// All looks of one reader see the same moment. It keeps the log from being folded in: let it go
// soon.
[[nodiscard]] Result<std::unique_ptr<Reader>> read_sqlite(ReadConnections& connections);

}  // namespace saksbro::store
