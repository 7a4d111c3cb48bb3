#include "bridge/run/engine/redrive.h"

#include "bridge/run/observe/log.h"

namespace saksbro::run {

Result<int> redrive(store::Transaction& tx, const Systems& systems, const records::Order& order,
                    Instant now) {
  const bool about_systems =
      order.case_number.empty() && !order.outbox_id && order.only == records::Order::Only{};
  for (const auto& [name, system] : systems) {
    if (!about_systems || (!order.system.empty() && order.system != name)) continue;
    if (auto resumed = tx.outages().resume(name, now); !resumed)
      return tl::unexpected(resumed.error());
    if (auto forgiven = tx.polls().forgive(name); !forgiven)
      return tl::unexpected(forgiven.error());
  }
  store::DeadLetterFilter wanted{.system = order.system,
                                 .id = order.outbox_id,
                                 .verb = order.only.verb,
                                 .reason = order.only.reason,
                                 .issued_before = order.only.issued_before};
  if (!order.case_number.empty()) wanted.number = order.case_number;
  return tx.outbox().redrive(wanted, now);
}

Result<void> redrive_if_changed(store::Store& store, const SystemName& system,
                                std::int64_t fingerprint, Instant now) {
  auto tx = store.begin();
  if (!tx) return tl::unexpected(tx.error());
  const auto changed = (*tx)->outages().settings_changed(system, fingerprint);
  if (!changed) return tl::unexpected(changed.error());
  Result<int> again = 0;
  if (*changed)
    again =
        (*tx)->outbox().redrive({.system = system, .which = store::Again::except_comments}, now);
  if (!again) return tl::unexpected(again.error());
  if (*again > 0) {
    log::info("deadletters.again", {{"system", system.text()},
                                    {"commands", *again},
                                    {"why", "its settings or its mapping changed"}});
  }
  return (*tx)->commit();
}

}  // namespace saksbro::run
