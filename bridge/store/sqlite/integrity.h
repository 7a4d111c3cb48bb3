// Whether the file is whole.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "bridge/store/sqlite/connection.h"

namespace saksbro::store {

struct Integrity {
  std::optional<std::string> finding;  // the first one; none: nothing was found
  bool finished = false;               // false: there was no time to look at all of it
};

// SQLite's quick_check, for so long at most: a large file must not keep a service from starting
// while deliveries are refused. Throws, as the file's damage may be such that nothing can be read.
[[nodiscard]] Integrity look_for_damage(Connection& connection, std::chrono::milliseconds most);

}  // namespace saksbro::store
