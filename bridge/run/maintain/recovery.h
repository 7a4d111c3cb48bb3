// A store that was restored looks before it creates: what the engine holds back meanwhile, and when
// the look is complete (docs/adr/0010-recovery.md).
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "bridge/contract/delivery.h"
#include "bridge/contract/phrase.h"
#include "bridge/core/model/mapping.h"
#include "bridge/run/observe/clock.h"
#include "bridge/run/observe/metrics.h"
#include "bridge/run/systems.h"
#include "bridge/store/store.h"

namespace saksbro::run {

// Remembers the number that a ticket bears. Says why the ticket must not start a case yet: it
// belongs to none, and the look at all systems is not complete. None: go on.
[[nodiscard]] Result<std::optional<Phrase>> defer_if_recovering(store::Transaction& tx,
                                                                const core::Mapping& mapping,
                                                                const SystemName& at,
                                                                const Ticket& ticket,
                                                                bool has_case);

// All must outlive it.
struct RecoveryParts {
  store::Store& store;
  const Systems& systems;
  const Clock& clock;
  Metrics& metrics;
  // Whether a system has told all that changed since the polls went back.
  std::function<bool(const SystemName&)> caught_up;
};

class RecoveryWatch {  // for one thread
 public:
  explicit RecoveryWatch(RecoveryParts parts) : parts_(std::move(parts)) {}

  // At start, before all else: a restored store begins to look. Polls go back by `overlap`.
  [[nodiscard]] Result<void> begin(std::chrono::minutes overlap);
  // Goes on when the present stage has done its work; says the stage that holds now.
  [[nodiscard]] Result<store::RecoveryStage> round();

 private:
  [[nodiscard]] Result<void> read(store::Transaction& tx, const store::TicketPlace& ticket,
                                  Instant began_at, const char* why);
  [[nodiscard]] Result<void> read_what_no_poll_tells(store::Transaction& tx, Instant began_at);
  [[nodiscard]] Result<bool> quiet(store::Transaction& tx);
  [[nodiscard]] bool all_caught_up() const;
  [[nodiscard]] Result<store::RecoveryStage> open(store::Transaction& tx, Instant began_at);
  void show(store::RecoveryStage stage);

  RecoveryParts parts_;
};

}  // namespace saksbro::run
