// The tables, as a list of versions. What is on a disk somewhere is never edited here: a change is
// a new version.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "bridge/contract/error.h"
#include "bridge/store/sqlite/connection.h"

namespace saksbro::store {

struct Migration {
  int to;           // the version that it leads to; versions count from 1 without gaps
  const char* sql;  // runs in one transaction
};

[[nodiscard]] std::span<const Migration> migrations();

// 0: a new file. Throws.
[[nodiscard]] int schema_version(Connection& connection);

// Brings the file to the last of `steps`. An error for a file that is newer than that. Throws.
[[nodiscard]] Result<void> migrate(Connection& connection, std::span<const Migration> steps,
                                   const std::string& path);

// The first table, index, trigger or view that a store of that version has not, or that it has in
// another form: "trigger evil". Throws.
[[nodiscard]] std::optional<std::string> foreign_in_schema(Connection& connection, int version);

}  // namespace saksbro::store
