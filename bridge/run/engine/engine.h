// Takes deliveries from the inbox in their order and lets the core decide; each decision is one
// transaction. What a delivery says is found out before that transaction begins: a body of some MB
// takes a while to read, and as long as it is open nobody can store anything.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "bridge/core/decide/decide.h"
#include "bridge/core/model/mapping.h"
#include "bridge/records/order_record.h"
#include "bridge/run/engine/solutions.h"
#include "bridge/run/observe/clock.h"
#include "bridge/run/observe/metrics.h"
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
  // Called after a commit that may have made commands for this system due.
  std::function<void(const SystemName&)> work_for = [](const SystemName&) {};
};

class Engine {
 public:
  explicit Engine(const EngineParts& parts)
      : parts_(parts), solutions_(solution_source(parts.mapping)) {}

  // Handles the next delivery; false when there is none. An error means that nothing was changed.
  [[nodiscard]] Result<bool> handle_next();

 private:
  struct Understood;  // what one delivery says
  struct Observed;    // what came of a ticket that was seen
  struct Work;        // a decision and its transaction

  [[nodiscard]] Result<std::optional<store::InboxRow>> next_delivery();
  [[nodiscard]] Result<bool> quarantine(const store::InboxRow& row);
  [[nodiscard]] Result<bool> put_aside_if_hopeless(const store::InboxRow& row, const Error& why);

  [[nodiscard]] Result<Understood> understand(const store::InboxRow& row);
  void normalise(Understood& understood, const Delivery& delivery);
  [[nodiscard]] Result<void> look_for_solutions(Understood& understood);
  [[nodiscard]] Result<bool> belongs_to_a_case(store::Reader& reader, const SystemName& at,
                                               const TicketState& seen);
  [[nodiscard]] Result<std::vector<core::SimilarCase>> similar_to_born(
      const Work& work, std::span<const core::Fact> facts);

  // False: somebody else has handled it meanwhile.
  [[nodiscard]] Result<bool> handle(const store::InboxRow& row);
  [[nodiscard]] Result<void> decide_and_commit(store::Transaction& tx,
                                               const Understood& understood);
  [[nodiscard]] Result<void> decide(Work& work);
  [[nodiscard]] Result<Observed> handle_seen(Work& work);
  [[nodiscard]] Result<bool> may_be_heard(Work& work);
  [[nodiscard]] Result<void> handle_answer(Work& work);
  [[nodiscard]] Result<void> note_repair(Work& work, const IdempotencyKey& read,
                                         const Observed& observed);
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
  [[nodiscard]] Result<Observed> observe(Work& work, const SystemName& at,
                                         const Observation& observation);
  [[nodiscard]] Result<core::Decision> decide_birth(Work& work, const SystemName& at,
                                                    const Observation& observation,
                                                    const core::Decision& first,
                                                    core::Surroundings around);
  [[nodiscard]] Result<std::optional<CaseNumber>> number_borne(Work& work, const SystemName& at,
                                                               const Observation& observation);
  [[nodiscard]] Result<std::optional<core::Case>> case_for(Work& work, const SystemName& at,
                                                           const Observation& observation);
  [[nodiscard]] Result<std::optional<core::Case>> adopted_by(Work& work, const SystemName& at);
  [[nodiscard]] static bool is_made_by_us(const Work& work);
  [[nodiscard]] static Result<void> ask_senders(Work& work, const std::optional<CaseNumber>& number,
                                                const core::Decision& decision);
  void wake_all(Work& work) const;
  void tell_senders(const Work& work) const;
  [[nodiscard]] Result<void> carry_out(Work& work, const std::optional<core::Case>& before,
                                       const core::Decision& decision);

  EngineParts parts_;
  store::SolutionSource solutions_;
  struct {
    std::int64_t seq = 0;
    int failures = 0;
  } failing_;  // the delivery in hand, when it fails
};

}  // namespace saksbro::run
