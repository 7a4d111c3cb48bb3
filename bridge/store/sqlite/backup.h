// Backups of the embedded store: made while it is used, checked, and put back. A backup is one file
// that knows that it is one: whoever serves it looks at the trackers first (recovery.h).
#pragma once

#include <cstdint>
#include <string>

#include "bridge/contract/error.h"
#include "bridge/contract/time.h"

namespace saksbro::store {

enum class Overwrite { no, yes };

struct Restored {
  Instant backup_at{};
  std::string kept;  // where the file is that was there before; empty: there was none
};

// Copies the store at `from` as it is at one moment, beside a service that goes on writing; checks
// the copy, and gives it the name `to` (mode 0600) only when it is whole and on the disk. Says how
// many bytes it has.
[[nodiscard]] Result<std::uintmax_t> back_up_sqlite(const std::string& from, const std::string& to,
                                                    Overwrite overwrite, Instant now);

// Puts a copy of `backup` in the place of the store at `to`, which must not be in use. What was
// there stays beside it.
[[nodiscard]] Result<Restored> restore_sqlite(const std::string& backup, const std::string& to,
                                              Instant now);

// For a store that came back in another way (the machine's snapshot): marks it where it is.
[[nodiscard]] Result<void> mark_restored_sqlite(const std::string& path, Instant backup_at);

}  // namespace saksbro::store
