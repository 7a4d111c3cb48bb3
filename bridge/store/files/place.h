// Where a store lies, or will lie: whether this user may write there, without writing anything.
#pragma once

#include <string>

#include "bridge/contract/error.h"

namespace saksbro::store {

[[nodiscard]] Result<void> may_be_written(const std::string& path);

}  // namespace saksbro::store
