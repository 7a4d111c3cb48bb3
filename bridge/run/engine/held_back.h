// What the author limit held back comes in by itself when its hour is over.
#pragma once

#include "bridge/run/observe/clock.h"
#include "bridge/run/systems.h"
#include "bridge/store/store.h"

namespace saksbro::run {

// Orders it through the inbox, so that a replay lets in alike. Called every minute or so.
[[nodiscard]] Result<void> order_held_back(store::Store& store, const Systems& systems,
                                           const Clock& clock);

}  // namespace saksbro::run
