// Systems that let nothing through, and whether their settings changed. These functions throw, as
// in inbox.h.
#pragma once

#include <optional>
#include <vector>

#include "bridge/store/sqlite/connection.h"
#include "bridge/store/store.h"

namespace saksbro::store::outages {

[[nodiscard]] std::optional<Outage> of(Connection& connection, const SystemName& system);
[[nodiscard]] std::vector<Outage> list(Connection& connection);
void set(Connection& connection, const Outage& outage);
[[nodiscard]] bool settings_changed(Connection& connection, const SystemName& system,
                                    std::int64_t fingerprint);
void resume(Connection& connection, const SystemName& system, Instant at);

}  // namespace saksbro::store::outages
