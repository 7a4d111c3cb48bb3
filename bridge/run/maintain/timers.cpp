#include "bridge/run/maintain/timers.h"

#include "bridge/records/timer_record.h"
#include "bridge/run/systems.h"

namespace saksbro::run {

Result<int> fire_due_timers(store::Store& store, const Clock& clock) {
  auto tx = store.begin();
  if (!tx) return tl::unexpected(tx.error());
  // A restored store must know first how things stand.
  const auto recovery = (*tx)->recovery().state();
  if (!recovery) return tl::unexpected(recovery.error());
  if (recovery->stage != store::RecoveryStage::none) return 0;
  const Instant now = clock.now();
  auto due = (*tx)->timers().due(now);
  if (!due) return tl::unexpected(due.error());
  if (due->empty()) return 0;
  for (const auto& timer : *due) {
    const DeliveryId id{timer.case_number.text() + "/" + timer.name + "/" +
                        std::to_string(timer.due.time_since_epoch().count())};
    auto arrived = (*tx)->inbox().receive(
        {kTimerSystem, id, DeliveryKind::timer, now,
         records::write(records::TimerRecord{timer.case_number, timer.name, timer.due})});
    if (!arrived) return tl::unexpected(arrived.error());
    if (auto fired = (*tx)->timers().fired(timer); !fired) return tl::unexpected(fired.error());
  }
  if (auto committed = (*tx)->commit(); !committed) return tl::unexpected(committed.error());
  return static_cast<int>(due->size());
}

}  // namespace saksbro::run
