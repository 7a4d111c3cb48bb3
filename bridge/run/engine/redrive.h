// What takes dead letters up again: a person's order, and other settings.
#pragma once

#include "bridge/contract/error.h"
#include "bridge/records/order_record.h"
#include "bridge/run/systems.h"
#include "bridge/store/store.h"

namespace saksbro::run {

// Dead letters back into the queue; says how many. An order about a whole system, or about all of
// them, also resumes what was parked there.
[[nodiscard]] Result<int> redrive(store::Transaction& tx, const Systems& systems,
                                  const records::Order& order, Instant now);

// A system whose settings or mapping are others than last time gets its dead letters again, but for
// comments: their cause may be gone.
[[nodiscard]] Result<void> redrive_if_changed(store::Store& store, const SystemName& system,
                                              std::int64_t fingerprint, Instant now);

}  // namespace saksbro::run
