#include "bridge/store/sqlite/sqlite_transaction.h"

#include <sqlite3.h>

#include "bridge/store/sqlite/cases.h"
#include "bridge/store/sqlite/inbox.h"
#include "bridge/store/sqlite/memory.h"
#include "bridge/store/sqlite/outages.h"
#include "bridge/store/sqlite/outbox.h"
#include "bridge/store/sqlite/sqlite_error.h"
#include "bridge/store/sqlite/sqlite_recovery.h"
#include "bridge/store/sqlite/timers.h"

namespace saksbro::store {
namespace {

// A failed write or a failed sync of a disk that has no room left is the same trouble.
bool found_no_room(Connection& connection, const DiskReserve& room) {
  constexpr int kPrimary = 0xff;
  const int code = connection.last_error() & kPrimary;
  return code == SQLITE_FULL || (code == SQLITE_IOERR && room.is_full_now());
}

// What comes from outside: its sender keeps it and sends it again.
bool comes_from_outside(DeliveryKind kind) {
  return kind != DeliveryKind::answer && kind != DeliveryKind::timer;
}

// What the parts of one transaction share. The first error is the last word: after it SQLite may
// have rolled back already, and what followed would be written on its own.
struct Writing {
  template <class Step>
  auto within(const Step& step) {
    using Answer = decltype(tried(step));
    if (failed) return Answer{tl::unexpected(*failed)};
    Answer answer = tried(step);
    if (!answer) {
      failed = answer.error();
      if (found_no_room(connection, room)) room.ran_out();
    }
    return answer;
  }

  Connection& connection;
  DiskReserve& room;
  std::optional<Error> failed{};
};

class SqliteInbox final : public Inbox {
 public:
  explicit SqliteInbox(Writing& work) : work_(work) {}

  Result<Received> receive(const Delivery& delivery) override {
    return work_.within([&]() -> Result<Received> {
      if (work_.room.full() && comes_from_outside(delivery.kind))
        return fail("store", "disk full: not accepting deliveries until space is freed");
      return inbox::receive(work_.connection, delivery);
    });
  }
  Result<bool> is_next(std::int64_t seq) override {
    return work_.within([&] { return inbox::is_next(work_.connection, seq); });
  }
  Result<void> handled(std::int64_t seq, const std::string& because, Instant at) override {
    return work_.within([&] { return inbox::handled(work_.connection, seq, because, at); });
  }
  Result<void> parked(std::int64_t seq, const Phrase& why, Instant at) override {
    return work_.within([&] { return inbox::parked(work_.connection, seq, why, at); });
  }
  Result<void> unpark(std::int64_t seq) override {
    return work_.within([&] { return inbox::unpark(work_.connection, seq); });
  }

 private:
  Writing& work_;
};

class SqliteCases final : public Cases {
 public:
  explicit SqliteCases(Writing& work) : work_(work) {}

  Result<std::optional<core::Case>> find(const CaseNumber& number) override {
    return work_.within([&] { return cases::load(work_.connection, number); });
  }
  Result<std::optional<CaseNumber>> of_ticket(const SystemName& at,
                                              const RemoteKey& ticket) override {
    return work_.within([&] { return cases::of_ticket(work_.connection, at, ticket); });
  }
  Result<std::optional<CaseNumber>> of_marker(const SystemName& at,
                                              const std::string& marker) override {
    return work_.within([&] { return cases::of_marker(work_.connection, at, marker); });
  }
  Result<std::vector<CaseNumber>> where(const std::string& name, const std::string& text) override {
    return work_.within([&] { return cases::where(work_.connection, name, text); });
  }
  Result<CaseNumber> next_number(const std::string& prefix, int year) override {
    return work_.within([&] { return cases::next_number(work_.connection, prefix, year); });
  }
  Result<void> append(const core::Case& after, std::int64_t cause, Instant at,
                      std::span<const core::Fact> facts) override {
    return work_.within([&] { return cases::append(work_.connection, after, cause, at, facts); });
  }
  Result<void> decided(const std::optional<CaseNumber>& number, std::int64_t cause,
                       const std::string& because) override {
    return work_.within([&] { cases::decided(work_.connection, number, cause, because); });
  }

 private:
  Writing& work_;
};

class SqliteOutbox final : public Outbox {
 public:
  explicit SqliteOutbox(Writing& work) : work_(work) {}

  Result<void> append(const std::optional<CaseNumber>& number, std::int64_t cause, Instant at,
                      const core::Issued& issued) override {
    return work_.within(
        [&] { return outbox::append(work_.connection, number, cause, at, issued); });
  }
  Result<std::vector<OutboxRow>> claim(const SystemName& system, Instant now, int most,
                                       Together together, Load load) override {
    return work_.within(
        [&] { return outbox::claim(work_.connection, system, now, most, together, load); });
  }
  Result<bool> done(const OutboxRow& row, Instant at) override {
    return work_.within([&] { return outbox::done(work_.connection, row, at); });
  }
  Result<bool> later(const OutboxRow& row, const Phrase& why, Instant at, Instant next_at,
                     std::optional<Instant> not_before) override {
    return work_.within(
        [&] { return outbox::later(work_.connection, row, why, at, next_at, not_before); });
  }
  Result<bool> dead(const OutboxRow& row, const Phrase& why, Instant at) override {
    return work_.within([&] { return outbox::dead(work_.connection, row, why, at); });
  }
  Result<bool> renew(const OutboxRow& row, Instant now) override {
    return work_.within([&] { return outbox::renew(work_.connection, row, now); });
  }
  Result<std::vector<OutboxRow>> reclaim_expired_leases(Instant now) override {
    return work_.within([&] { return outbox::reclaim_expired_leases(work_.connection, now); });
  }
  Result<int> found(const CaseNumber& number, const SystemName& system, const std::string& marker,
                    const RemoteKey& ticket) override {
    return work_.within(
        [&] { return outbox::found(work_.connection, number, system, marker, ticket); });
  }
  Result<int> redrive(const DeadLetterFilter& wanted, Instant at) override {
    return work_.within([&] { return outbox::redrive(work_.connection, wanted, at); });
  }
  Result<int> expedite(const SystemName& system, Instant at) override {
    return work_.within([&] { return outbox::expedite(work_.connection, system, at); });
  }
  Result<int> withdraw(const CaseNumber& number, const SystemName& system, const std::string& slot,
                       Instant at) override {
    return work_.within(
        [&] { return outbox::withdraw(work_.connection, number, system, slot, at); });
  }

 private:
  Writing& work_;
};

class SqliteOutages final : public Outages {
 public:
  explicit SqliteOutages(Writing& work) : work_(work) {}

  Result<std::optional<Outage>> of(const SystemName& system) override {
    return work_.within([&] { return outages::of(work_.connection, system); });
  }
  Result<void> set(const Outage& outage) override {
    return work_.within([&] { outages::set(work_.connection, outage); });
  }
  Result<void> resume(const SystemName& system, Instant at) override {
    return work_.within([&] { outages::resume(work_.connection, system, at); });
  }
  Result<bool> settings_changed(const SystemName& system, std::int64_t fingerprint) override {
    return work_.within(
        [&] { return outages::settings_changed(work_.connection, system, fingerprint); });
  }

 private:
  Writing& work_;
};

class SqlitePolls final : public Polls {
 public:
  explicit SqlitePolls(Writing& work) : work_(work) {}

  Result<std::optional<Cursor>> cursor(const SystemName& system) override {
    return work_.within([&] { return cursors::load(work_.connection, system); });
  }
  Result<void> set_cursor(const SystemName& system, const Cursor& cursor) override {
    return work_.within([&] { cursors::set(work_.connection, system, cursor); });
  }
  Result<PollRow> of(const SystemName& system) override {
    return work_.within([&] { return polls::of(work_.connection, system); });
  }
  Result<void> forgive(const SystemName& system) override {
    return work_.within([&] { polls::forgive(work_.connection, system); });
  }

 private:
  Writing& work_;
};

class SqliteTimers final : public Timers {
 public:
  explicit SqliteTimers(Writing& work) : work_(work) {}

  Result<std::vector<Timer>> due(Instant now) override {
    return work_.within([&] { return timers::due(work_.connection, now); });
  }
  Result<void> fired(const Timer& timer) override {
    return work_.within([&] { timers::fired(work_.connection, timer); });
  }

 private:
  Writing& work_;
};

class SqliteMemory final : public Memory {
 public:
  explicit SqliteMemory(Writing& work) : work_(work) {}

  Result<std::optional<Memo>> get(const MemoryKey& key) override {
    return work_.within([&] { return memory::get(work_.connection, key); });
  }
  Result<void> set(const MemoryKey& key, const Memo& memo) override {
    return work_.within([&] { memory::set(work_.connection, key, memo); });
  }

 private:
  Writing& work_;
};

class SqliteTransaction final : public Transaction {
 public:
  SqliteTransaction(Connection& connection, std::unique_lock<FairMutex> turn, DiskReserve& room)
      : turn_(std::move(turn)), work_{connection, room}, recovery_(connection) {}
  ~SqliteTransaction() override { work_.connection.roll_back(); }

  Inbox& inbox() override { return inbox_; }
  Cases& cases() override { return cases_; }
  Outbox& outbox() override { return outbox_; }
  Outages& outages() override { return outages_; }
  Polls& polls() override { return polls_; }
  Timers& timers() override { return timers_; }
  Memory& memory() override { return memory_; }
  Recovery& recovery() override { return recovery_; }

  Result<void> commit() override {
    return work_.within([&] { work_.connection.execute("COMMIT"); });
  }

 private:
  std::unique_lock<FairMutex> turn_;  // given back last, after the rollback
  Writing work_;
  SqliteInbox inbox_{work_};
  SqliteCases cases_{work_};
  SqliteOutbox outbox_{work_};
  SqliteOutages outages_{work_};
  SqlitePolls polls_{work_};
  SqliteTimers timers_{work_};
  SqliteMemory memory_{work_};
  SqliteRecovery recovery_;
};

}  // namespace

Result<std::unique_ptr<Transaction>> begin_sqlite(Connection& connection, FairMutex& turns,
                                                  DiskReserve& room) {
  std::unique_lock turn{turns};
  Result<void> begun = tried([&] { connection.execute("BEGIN IMMEDIATE"); });
  if (!begun) return tl::unexpected(begun.error());
  return std::make_unique<SqliteTransaction>(connection, std::move(turn), room);
}

}  // namespace saksbro::store
