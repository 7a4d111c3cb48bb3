// Whether a case stands at a place that the mapping still has.
#pragma once

#include <optional>
#include <string>

#include "bridge/core/case.h"

namespace saksbro::run {

// Somebody has taken a process or an activity out of the mapping while cases still stand there. The
// mapping's own names always resolve; a case's come from the disk. Why, when it does.
[[nodiscard]] std::optional<std::string> stands_nowhere(const core::Mapping& mapping,
                                                        const core::Case& state);

}  // namespace saksbro::run
