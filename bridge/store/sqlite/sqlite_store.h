// The embedded store: one SQLite file (WAL, synchronous=FULL, mmap off) beside a lock file.
// Source for the settings: https://sqlite.org/pragma.html; FULL because WAL with NORMAL does not
// sync a commit.
#pragma once

#include <memory>
#include <string>

#include "bridge/contract/error.h"
#include "bridge/contract/time.h"
#include "bridge/store/store.h"

namespace saksbro::store {

enum class Use {
  serve,    // holds the lock: a second `serve` on the same file is refused
  command,  // the command line beside a running service: may read, and write small orders
  look      // reads only what is there: no store yet is an error
};

// Opens or makes the file (0700 folder, 0600 file; no symbolic link is followed), checks its
// integrity (serve), brings the schema up to date; a file with a newer schema than this program
// knows is refused, a damaged one is refused and left as it is. `now` becomes the epoch of a new
// store.
[[nodiscard]] Result<std::unique_ptr<Store>> open_sqlite(const std::string& path, Use use,
                                                         Instant now);

}  // namespace saksbro::store
