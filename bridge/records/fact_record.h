// A fact as JSON, exact both ways. Its name is stored beside it, not in it.
#pragma once

#include <string>

#include "bridge/contract/error.h"
#include "bridge/core/model/case.h"

namespace saksbro::records {

[[nodiscard]] std::string write(const core::Fact& fact);

// `name` is what core::name_of() said of it.
[[nodiscard]] Result<core::Fact> read_fact(const std::string& name, const std::string& text);

}  // namespace saksbro::records
