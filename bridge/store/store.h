// The store's contract. Each part of it has a header of its own: what a transaction may do with the
// inbox, cases, the outbox, outages, polls, timers, memory and recovery, and what a reader may ask.
// SQLite implements it now; one conformance suite (tests/store) says what every implementation must
// do.
//
// Ownership: a Store outlives its Transactions and Readers, and these outlive their parts. Threads:
// Store may be called from any thread; a Transaction belongs to the thread that began it, and
// writers wait for each other.
// Errors: where = "store", what = the library's reason and what to do.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "bridge/contract/error.h"
#include "bridge/contract/ids.h"
#include "bridge/contract/time.h"
#include "bridge/store/cases.h"
#include "bridge/store/files/crash_journal.h"
#include "bridge/store/inbox.h"
#include "bridge/store/maintenance.h"
#include "bridge/store/memory.h"
#include "bridge/store/outages.h"
#include "bridge/store/outbox.h"
#include "bridge/store/polls.h"
#include "bridge/store/recovery.h"
#include "bridge/store/solutions.h"
#include "bridge/store/timers.h"

namespace saksbro::store {

struct Counts {
  std::int64_t inbox_waiting = 0;
  std::int64_t inbox_parked = 0;
  std::int64_t outbox_waiting = 0;  // or being sent
  std::int64_t outbox_dead = 0;
  std::int64_t cases_open = 0;
  std::int64_t cases_closed = 0;
  std::int64_t unseen = 0;  // writes that were done, and that no look has shown within minutes
  std::optional<Instant> delivery_since{};  // when the oldest delivery that waits was received
  // When the oldest command that waits or is being sent was issued, by the system it is for.
  std::map<SystemName, Instant> commands_since{};
};

// The permission to write: begun as BEGIN IMMEDIATE, rolled back by the destructor unless
// committed. After an error it can only be rolled back: everything else, commit() too, gives that
// error again.
class Transaction {
 public:
  Transaction() = default;
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  virtual ~Transaction() = default;

  [[nodiscard]] virtual Inbox& inbox() = 0;
  [[nodiscard]] virtual Cases& cases() = 0;
  [[nodiscard]] virtual Outbox& outbox() = 0;
  [[nodiscard]] virtual Outages& outages() = 0;
  [[nodiscard]] virtual Polls& polls() = 0;
  [[nodiscard]] virtual Timers& timers() = 0;
  [[nodiscard]] virtual Memory& memory() = 0;
  [[nodiscard]] virtual Recovery& recovery() = 0;

  [[nodiscard]] virtual Result<void> commit() = 0;
};

// Looks, without locking writers out. For people, metrics, tests, and all that takes long.
class Reader {
 public:
  Reader() = default;
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  virtual ~Reader() = default;

  [[nodiscard]] virtual InboxReader& inbox() = 0;
  [[nodiscard]] virtual CaseReader& cases() = 0;
  [[nodiscard]] virtual OutboxReader& outbox() = 0;
  [[nodiscard]] virtual SolutionReader& solutions() = 0;

  [[nodiscard]] virtual Result<std::vector<Outage>> outages() = 0;
  [[nodiscard]] virtual Result<Counts> counts() = 0;
  [[nodiscard]] virtual Result<RecoveryState> recovery() = 0;
};

class Store {
 public:
  Store() = default;
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  virtual ~Store() = default;

  [[nodiscard]] virtual Result<std::unique_ptr<Transaction>> begin() = 0;
  [[nodiscard]] virtual Result<std::unique_ptr<Reader>> reader() = 0;
  // Rows that a process which died had claimed are waiting again, a write for its settle time from
  // now on: the last of it may have left just before. What was in hand then gets its crash counted.
  // Called once at start.
  [[nodiscard]] virtual Result<int> release_claims(Instant now) = 0;
  // From now on known solutions come from here; those of the cases at hand are gathered anew where
  // this has changed. Called at start, before any append(): until then no solutions are kept.
  [[nodiscard]] virtual Result<void> keep_solutions(const SolutionSource& source) = 0;
  // When this store was made: tickets older than this start no case.
  [[nodiscard]] virtual Instant epoch() const = 0;
  [[nodiscard]] virtual Maintenance& upkeep() = 0;
  // Of the process that serves: marks nothing beside it.
  [[nodiscard]] virtual CrashJournal& in_hand() = 0;
};

}  // namespace saksbro::store
