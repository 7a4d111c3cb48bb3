// A real store on a disk that is nearly full: a claim still fits, and an outcome, with the ticket
// that it brings, does not.
#pragma once

#include <memory>
#include <utility>

#include "bridge/store/store.h"

namespace saksbro::run {

class FullDiskTransaction final : public store::Transaction {
 public:
  FullDiskTransaction(std::unique_ptr<store::Transaction> real, int& failures)
      : real_(std::move(real)), failures_(failures) {}

  Result<void> commit() override {
    if (!outcome_ || failures_ == 0) return real_->commit();
    --failures_;
    return fail("store", "the disk is full");
  }

  Result<store::Received> receive(const Delivery& delivery) override {
    return real_->receive(delivery);
  }
  Result<bool> is_next(std::int64_t seq) override { return real_->is_next(seq); }
  Result<void> handled(std::int64_t seq, const std::string& because, Instant at) override {
    return real_->handled(seq, because, at);
  }
  Result<void> parked(std::int64_t seq, const Phrase& why, Instant at) override {
    return real_->parked(seq, why, at);
  }
  Result<void> unpark(std::int64_t seq) override { return real_->unpark(seq); }
  Result<std::optional<core::Case>> find_case(const CaseNumber& number) override {
    return real_->find_case(number);
  }
  Result<std::optional<CaseNumber>> case_of(const SystemName& at, const RemoteKey& key) override {
    return real_->case_of(at, key);
  }
  Result<std::optional<CaseNumber>> case_of_marker(const SystemName& at,
                                                   const std::string& marker) override {
    return real_->case_of_marker(at, marker);
  }
  Result<std::vector<CaseNumber>> cases_where(const std::string& name,
                                              const std::string& text) override {
    return real_->cases_where(name, text);
  }
  Result<CaseNumber> next_case_number(const std::string& prefix, int year) override {
    return real_->next_case_number(prefix, year);
  }
  Result<void> append(const core::Case& after, std::int64_t cause, Instant at,
                      std::span<const core::Fact> facts) override {
    return real_->append(after, cause, at, facts);
  }
  Result<void> decided(const std::optional<CaseNumber>& number, std::int64_t cause,
                       const std::string& because) override {
    return real_->decided(number, cause, because);
  }
  Result<void> append(const std::optional<CaseNumber>& number, std::int64_t cause, Instant at,
                      const core::Issued& issued) override {
    return real_->append(number, cause, at, issued);
  }
  Result<std::vector<store::OutboxRow>> claim(const SystemName& system, Instant now,
                                              int most) override {
    return real_->claim(system, now, most);
  }
  Result<bool> done(const store::OutboxRow& row, Instant at) override {
    outcome_ = true;
    return real_->done(row, at);
  }
  Result<bool> later(const store::OutboxRow& row, const Phrase& why, Instant at, Instant next_at,
                     std::optional<Instant> not_before) override {
    outcome_ = true;
    return real_->later(row, why, at, next_at, not_before);
  }
  Result<bool> dead(const store::OutboxRow& row, const Phrase& why, Instant at) override {
    outcome_ = true;
    return real_->dead(row, why, at);
  }
  Result<bool> renew(const store::OutboxRow& row, Instant now) override {
    return real_->renew(row, now);
  }
  Result<std::vector<store::OutboxRow>> reclaim_expired_leases(Instant now) override {
    return real_->reclaim_expired_leases(now);
  }
  Result<int> found(const CaseNumber& number, const SystemName& system, const std::string& marker,
                    const RemoteKey& ticket) override {
    return real_->found(number, system, marker, ticket);
  }
  Result<int> redrive(const store::DeadLetterFilter& wanted, Instant at) override {
    return real_->redrive(wanted, at);
  }
  Result<std::optional<store::Outage>> outage(const SystemName& system) override {
    return real_->outage(system);
  }
  Result<void> set_outage(const store::Outage& outage) override {
    return real_->set_outage(outage);
  }
  Result<bool> settings_changed(const SystemName& system, std::int64_t fingerprint) override {
    return real_->settings_changed(system, fingerprint);
  }
  Result<void> resume(const SystemName& system, Instant at) override {
    return real_->resume(system, at);
  }
  Result<int> expedite(const SystemName& system, Instant at) override {
    return real_->expedite(system, at);
  }
  Result<int> withdraw(const CaseNumber& number, const SystemName& system, const std::string& slot,
                       Instant at) override {
    return real_->withdraw(number, system, slot, at);
  }
  Result<std::optional<Cursor>> cursor(const SystemName& system) override {
    return real_->cursor(system);
  }
  Result<void> set_cursor(const SystemName& system, const Cursor& cursor) override {
    return real_->set_cursor(system, cursor);
  }
  Result<store::PollRow> poll_of(const SystemName& system) override {
    return real_->poll_of(system);
  }
  Result<void> forgive_poll(const SystemName& system) override {
    return real_->forgive_poll(system);
  }
  Result<std::vector<Timer>> due_timers(Instant now) override { return real_->due_timers(now); }
  Result<void> timer_fired(const Timer& timer) override { return real_->timer_fired(timer); }
  store::Recovery& recovery() override { return real_->recovery(); }

 private:
  std::unique_ptr<store::Transaction> real_;
  int& failures_;
  bool outcome_ = false;
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
