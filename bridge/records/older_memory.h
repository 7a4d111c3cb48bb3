// The one place that knows how programs before the case record's version 2 kept what the core
// remembers: among the values that people read, under names such as "written/desk/Saksnummer".
#pragma once

#include <optional>

#include "bridge/core/model/case.h"

namespace saksbro::records {

// What such a fact has remembered. None: the value is one for people.
[[nodiscard]] std::optional<core::Memo> older_memo(const core::ValueKept& kept);

// Takes what was kept so out of the case's values.
void sort_out_memory(core::Case& state);

}  // namespace saksbro::records
