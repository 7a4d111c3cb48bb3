// The store for those who only look: nothing is made, brought up to date or written.
#pragma once

#include <memory>
#include <string>

#include "bridge/contract/error.h"
#include "bridge/store/store.h"

namespace saksbro::store {

[[nodiscard]] Error no_store_yet(const std::string& path);

// An error when there is no store yet, or one of another version. Throws.
[[nodiscard]] Result<std::unique_ptr<Store>> look_at_sqlite(const std::string& path);

}  // namespace saksbro::store
