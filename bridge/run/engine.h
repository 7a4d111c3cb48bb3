// Takes deliveries from the inbox in their order and lets the core decide; each decision is one
// transaction.
#pragma once

#include <atomic>
#include <optional>
#include <vector>

#include "bridge/core/decide.h"
#include "bridge/core/mapping.h"
#include "bridge/records/order_record.h"
#include "bridge/run/clock.h"
#include "bridge/run/metrics.h"
#include "bridge/run/solutions.h"
#include "bridge/run/systems.h"
#include "bridge/store/store.h"

namespace saksbro::run {

// What the engine needs; all must outlive it.
struct EngineParts {
  const core::Mapping& mapping;
  const Systems& systems;
  store::Store& store;
  Metrics& metrics;
  const core::Links* links = nullptr;  // none are configured
};

class Engine {
 public:
  explicit Engine(const EngineParts& parts)
      : parts_(parts), solutions_(solution_source(parts.mapping)) {}

  // Handles the next delivery; false when there is none. An error means that nothing was changed.
  [[nodiscard]] Result<bool> handle_next();

 private:
  struct Work;  // one delivery and its transaction

  [[nodiscard]] Result<bool> quarantine(store::Transaction& tx, const store::InboxRow& row);
  [[nodiscard]] Result<void> decide_and_commit(store::Transaction& tx, const store::InboxRow& row);
  [[nodiscard]] Result<bool> put_aside_if_hopeless(const store::InboxRow& row, const Error& why);
  [[nodiscard]] Result<void> handle(Work& work);
  [[nodiscard]] Result<void> handle_seen(Work& work, const Delivery& delivery);
  [[nodiscard]] Result<bool> may_be_heard(Work& work, const RemoteSystem& system,
                                          const std::vector<Observation>& observations);
  [[nodiscard]] Result<void> handle_answer(Work& work);
  [[nodiscard]] Result<void> note_repair(Work& work, const IdempotencyKey& read);
  [[nodiscard]] Result<void> resume_loops(Work& work, const CaseNumber& number);
  [[nodiscard]] Result<void> handle_timer(Work& work);
  [[nodiscard]] Result<void> handle_link(Work& work);
  [[nodiscard]] Result<void> handle_order(Work& work);
  [[nodiscard]] Result<void> compare_all(Work& work, const records::Order& order);
  [[nodiscard]] Result<void> compare(Work& work, const records::Order& order);
  [[nodiscard]] Result<void> let_in_held(Work& work, const SystemName& name);
  [[nodiscard]] Result<bool> is_awaited(Work& work, const Observation& observation);
  void count_loops(const core::Decision& decision);
  [[nodiscard]] Result<void> announce(Work& work, const std::string& version);
  [[nodiscard]] Result<void> observe(Work& work, const SystemName& at,
                                     const Observation& observation);
  [[nodiscard]] Result<CaseNumber> number_for(Work& work, const SystemName& at,
                                              const Observation& observation, Phrases& because);
  [[nodiscard]] Result<std::optional<core::Case>> case_for(Work& work, const SystemName& at,
                                                           const Observation& observation);
  [[nodiscard]] Result<std::optional<core::Case>> adopted_by(Work& work, const SystemName& at);
  [[nodiscard]] Result<void> carry_out(Work& work, const std::optional<core::Case>& before,
                                       const core::Decision& decision, const CaseNumber& born);

  EngineParts parts_;
  store::SolutionSource solutions_;
  struct {
    std::int64_t seq = 0;
    int failures = 0;
  } failing_;  // the delivery in hand, when it fails
};

}  // namespace saksbro::run
