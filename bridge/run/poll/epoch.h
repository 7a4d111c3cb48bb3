// Since when each system is served: tickets that were there before start no case by themselves.
#pragma once

#include <optional>

#include "bridge/core/model/mapping.h"
#include "bridge/run/systems.h"
#include "bridge/store/store.h"

namespace saksbro::run {

// A system that was added later began later than the store.
[[nodiscard]] Result<Instant> epoch_of(store::Transaction& tx, const store::Store& store,
                                       const SystemName& system);

// Remembers for each system that it is served from now on; what is known already stays.
[[nodiscard]] Result<void> remember_epochs(store::Store& store, const Systems& systems,
                                           Instant now);

// The first day from which a process takes older tickets of the system as well (`begins: from`):
// the first poll begins there. None: at its epoch.
[[nodiscard]] std::optional<Instant> first_poll(const core::Mapping& mapping,
                                                const SystemName& system);

}  // namespace saksbro::run
