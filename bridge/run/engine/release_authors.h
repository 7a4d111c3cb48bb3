// The changes of an author over the limit are let in when his hour is over.
#pragma once

#include "bridge/run/observe/clock.h"
#include "bridge/run/systems.h"
#include "bridge/store/store.h"

namespace saksbro::run {

// Orders it through the inbox, so that a replay lets in alike. Called every minute or so.
[[nodiscard]] Result<void> release_limited_authors(store::Store& store, const Systems& systems,
                                                   const Clock& clock);

}  // namespace saksbro::run
