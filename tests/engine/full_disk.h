// A real store on a disk that is nearly full: a claim still fits, and an outcome, with the ticket
// that it brings, does not.
#pragma once

#include <memory>
#include <utility>

#include "bridge/store/store.h"

namespace saksbro::run {

// Notes that an outcome was written.
class WatchedOutbox final : public store::Outbox {
 public:
  explicit WatchedOutbox(store::Outbox& real) : real_(real) {}

  [[nodiscard]] bool outcome() const { return outcome_; }

  Result<void> append(const std::optional<CaseNumber>& number, std::int64_t cause, Instant at,
                      const core::Issued& issued) override {
    return real_.append(number, cause, at, issued);
  }
  Result<std::vector<store::OutboxRow>> claim(const SystemName& system, Instant now, int most,
                                              store::Together together, store::Load load) override {
    return real_.claim(system, now, most, together, load);
  }
  Result<bool> done(const store::OutboxRow& row, Instant at) override {
    outcome_ = true;
    return real_.done(row, at);
  }
  Result<bool> later(const store::OutboxRow& row, const Phrase& why, Instant at, Instant next_at,
                     std::optional<Instant> not_before) override {
    outcome_ = true;
    return real_.later(row, why, at, next_at, not_before);
  }
  Result<bool> dead(const store::OutboxRow& row, const Phrase& why, Instant at) override {
    outcome_ = true;
    return real_.dead(row, why, at);
  }
  Result<bool> renew(const store::OutboxRow& row, Instant now) override {
    return real_.renew(row, now);
  }
  Result<std::vector<store::OutboxRow>> reclaim_expired_leases(Instant now) override {
    return real_.reclaim_expired_leases(now);
  }
  Result<int> found(const CaseNumber& number, const SystemName& system, const std::string& marker,
                    const RemoteKey& ticket) override {
    return real_.found(number, system, marker, ticket);
  }
  Result<int> redrive(const store::DeadLetterFilter& wanted, Instant at) override {
    return real_.redrive(wanted, at);
  }
  Result<int> expedite(const SystemName& system, Instant at) override {
    return real_.expedite(system, at);
  }
  Result<int> withdraw(const CaseNumber& number, const SystemName& system, const std::string& slot,
                       Instant at) override {
    return real_.withdraw(number, system, slot, at);
  }

 private:
  store::Outbox& real_;
  bool outcome_ = false;
};

class FullDiskTransaction final : public store::Transaction {
 public:
  FullDiskTransaction(std::unique_ptr<store::Transaction> real, int& failures)
      : real_(std::move(real)), outbox_(real_->outbox()), failures_(failures) {}

  Result<void> commit() override {
    if (!outbox_.outcome() || failures_ == 0) return real_->commit();
    --failures_;
    return fail("store", "the disk is full");
  }

  store::Inbox& inbox() override { return real_->inbox(); }
  store::Cases& cases() override { return real_->cases(); }
  store::Outbox& outbox() override { return outbox_; }
  store::Outages& outages() override { return real_->outages(); }
  store::Polls& polls() override { return real_->polls(); }
  store::Timers& timers() override { return real_->timers(); }
  store::Memory& memory() override { return real_->memory(); }
  store::Recovery& recovery() override { return real_->recovery(); }

 private:
  std::unique_ptr<store::Transaction> real_;
  WatchedOutbox outbox_;
  int& failures_;
};

class FullDiskStore final : public store::Store {
 public:
  explicit FullDiskStore(store::Store& real) : real_(real) {}

  Result<std::unique_ptr<store::Transaction>> begin() override {
    auto real = real_.begin();
    if (!real) return real;
    return std::make_unique<FullDiskTransaction>(std::move(*real), failures);
  }
  Result<std::unique_ptr<store::Reader>> reader() override { return real_.reader(); }
  Result<int> release_claims(Instant now) override { return real_.release_claims(now); }
  Result<void> keep_solutions(const store::SolutionSource& source) override {
    return real_.keep_solutions(source);
  }
  [[nodiscard]] Instant epoch() const override { return real_.epoch(); }
  store::Maintenance& upkeep() override { return real_.upkeep(); }
  store::CrashJournal& in_hand() override { return real_.in_hand(); }

  int failures = 0;  // of the next outcomes

 private:
  store::Store& real_;
};

}  // namespace saksbro::run
