// A case's state as JSON, exact both ways.
#pragma once

#include <string>

#include "bridge/contract/error.h"
#include "bridge/core/model/case.h"

namespace saksbro::records {

[[nodiscard]] std::string write(const core::Case& state);
[[nodiscard]] Result<core::Case> read_case(const std::string& text);

}  // namespace saksbro::records
