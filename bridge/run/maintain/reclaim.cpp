#include "bridge/run/maintain/reclaim.h"

#include "bridge/run/observe/log.h"

namespace saksbro::run {

Result<int> rescue_stuck(store::Store& store, const Clock& clock, Metrics& metrics) {
  auto tx = store.begin();
  if (!tx) return tl::unexpected(tx.error());
  const auto stuck = (*tx)->outbox().reclaim_expired_leases(clock.now());
  if (!stuck) return tl::unexpected(stuck.error());
  if (stuck->empty()) return 0;
  if (auto committed = (*tx)->commit(); !committed) return tl::unexpected(committed.error());
  for (const store::OutboxRow& row : *stuck) {
    const Command& command = row.issued.command;
    metrics.count("saksbro_rescued_total", label("system", command.to.text()));
    log::warn("command.rescued", {{"system", command.to.text()},
                                  {"case", row.case_number.text()},
                                  {"verb", verb(command.action)},
                                  {"key", command.key.text()}});
  }
  return static_cast<int>(stuck->size());
}

}  // namespace saksbro::run
