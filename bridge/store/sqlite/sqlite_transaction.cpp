#include "bridge/store/sqlite/sqlite_transaction.h"

#include <sqlite3.h>

#include "bridge/store/sqlite/cases.h"
#include "bridge/store/sqlite/inbox.h"
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

class SqliteTransaction final : public Transaction {
 private:
  // The first error is the last word: after it SQLite may have rolled back already, and what
  // followed would be written on its own.
  template <class Work>
  auto within(const Work& work) {
    using Answer = decltype(tried(work));
    if (failed_) return Answer{tl::unexpected(*failed_)};
    Answer answer = tried(work);
    if (!answer) {
      failed_ = answer.error();
      if (found_no_room(connection_, room_)) room_.ran_out();
    }
    return answer;
  }

 public:
  SqliteTransaction(Connection& connection, std::unique_lock<FairMutex> turn, DiskReserve& room)
      : turn_(std::move(turn)), connection_(connection), room_(room), recovery_(connection) {}
  ~SqliteTransaction() override { connection_.roll_back(); }

  Result<Received> receive(const Delivery& delivery) override {
    return within([&]() -> Result<Received> {
      if (room_.full() && comes_from_outside(delivery.kind))
        return fail("store", "disk full: not accepting deliveries until space is freed");
      return inbox::receive(connection_, delivery);
    });
  }
  Result<bool> is_next(std::int64_t seq) override {
    return within([&] { return inbox::is_next(connection_, seq); });
  }
  Result<void> handled(std::int64_t seq, const std::string& because, Instant at) override {
    return within([&] { return inbox::handled(connection_, seq, because, at); });
  }
  Result<void> parked(std::int64_t seq, const Phrase& why, Instant at) override {
    return within([&] { return inbox::parked(connection_, seq, why, at); });
  }
  Result<void> unpark(std::int64_t seq) override {
    return within([&] { return inbox::unpark(connection_, seq); });
  }

  Result<std::optional<core::Case>> find_case(const CaseNumber& number) override {
    return within([&] { return cases::load(connection_, number); });
  }
  Result<std::optional<CaseNumber>> case_of(const SystemName& at,
                                            const RemoteKey& ticket) override {
    return within([&] { return cases::of_ticket(connection_, at, ticket); });
  }
  Result<std::optional<CaseNumber>> case_of_marker(const SystemName& at,
                                                   const std::string& marker) override {
    return within([&] { return cases::of_marker(connection_, at, marker); });
  }
  Result<std::vector<CaseNumber>> cases_where(const std::string& name,
                                              const std::string& text) override {
    return within([&] { return cases::where(connection_, name, text); });
  }
  Result<CaseNumber> next_case_number(const std::string& prefix, int year) override {
    return within([&] { return cases::next_number(connection_, prefix, year); });
  }
  Result<void> append(const core::Case& after, std::int64_t cause, Instant at,
                      std::span<const core::Fact> facts) override {
    return within([&] { return cases::append(connection_, after, cause, at, facts); });
  }
  Result<void> decided(const std::optional<CaseNumber>& number, std::int64_t cause,
                       const std::string& because) override {
    return within([&] { cases::decided(connection_, number, cause, because); });
  }

  Result<void> append(const std::optional<CaseNumber>& number, std::int64_t cause, Instant at,
                      const core::Issued& issued) override {
    return within([&] { return outbox::append(connection_, number, cause, at, issued); });
  }
  Result<std::vector<OutboxRow>> claim(const SystemName& system, Instant now, int most) override {
    return within([&] { return outbox::claim(connection_, system, now, most); });
  }
  Result<bool> done(const OutboxRow& row, Instant at) override {
    return within([&] { return outbox::done(connection_, row, at); });
  }
  Result<bool> later(const OutboxRow& row, const Phrase& why, Instant at, Instant next_at,
                     std::optional<Instant> not_before) override {
    return within([&] { return outbox::later(connection_, row, why, at, next_at, not_before); });
  }
  Result<bool> dead(const OutboxRow& row, const Phrase& why, Instant at) override {
    return within([&] { return outbox::dead(connection_, row, why, at); });
  }
  Result<bool> renew(const OutboxRow& row, Instant now) override {
    return within([&] { return outbox::renew(connection_, row, now); });
  }
  Result<std::vector<OutboxRow>> reclaim_expired_leases(Instant now) override {
    return within([&] { return outbox::reclaim_expired_leases(connection_, now); });
  }
  Result<int> found(const CaseNumber& number, const SystemName& system, const std::string& marker,
                    const RemoteKey& ticket) override {
    return within([&] { return outbox::found(connection_, number, system, marker, ticket); });
  }
  Result<int> redrive(const DeadLetterFilter& wanted, Instant at) override {
    return within([&] { return outbox::redrive(connection_, wanted, at); });
  }
  Result<int> expedite(const SystemName& system, Instant at) override {
    return within([&] { return outbox::expedite(connection_, system, at); });
  }
  Result<int> withdraw(const CaseNumber& number, const SystemName& system, const std::string& slot,
                       Instant at) override {
    return within([&] { return outbox::withdraw(connection_, number, system, slot, at); });
  }

  Result<std::optional<Outage>> outage(const SystemName& system) override {
    return within([&] { return outages::of(connection_, system); });
  }
  Result<void> set_outage(const Outage& outage) override {
    return within([&] { outages::set(connection_, outage); });
  }
  Result<void> resume(const SystemName& system, Instant at) override {
    return within([&] { outages::resume(connection_, system, at); });
  }

  Result<bool> settings_changed(const SystemName& system, std::int64_t fingerprint) override {
    return within([&] { return outages::settings_changed(connection_, system, fingerprint); });
  }

  Result<std::optional<Cursor>> cursor(const SystemName& system) override {
    return within([&] { return cursors::load(connection_, system); });
  }
  Result<void> set_cursor(const SystemName& system, const Cursor& cursor) override {
    return within([&] { cursors::set(connection_, system, cursor); });
  }
  Result<PollRow> poll_of(const SystemName& system) override {
    return within([&] { return polls::of(connection_, system); });
  }
  Result<void> forgive_poll(const SystemName& system) override {
    return within([&] { polls::forgive(connection_, system); });
  }
  Result<std::vector<Timer>> due_timers(Instant now) override {
    return within([&] { return timers::due(connection_, now); });
  }
  Result<void> timer_fired(const Timer& timer) override {
    return within([&] { timers::fired(connection_, timer); });
  }

  Recovery& recovery() override { return recovery_; }

  Result<void> commit() override {
    return within([&] { connection_.execute("COMMIT"); });
  }

 private:
  std::unique_lock<FairMutex> turn_;  // given back last, after the rollback
  Connection& connection_;
  DiskReserve& room_;
  SqliteRecovery recovery_;
  std::optional<Error> failed_;
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
