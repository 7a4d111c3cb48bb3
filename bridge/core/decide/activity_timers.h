// The timers of an activity: when they are due, and what they are called. Internal to core.
#pragma once

#include <string>
#include <string_view>

#include "bridge/core/decision/decision_builder.h"

namespace saksbro::core {

inline constexpr std::string_view kAfter = "after/";        // after/M.1.2.5/2
inline constexpr std::string_view kDeadline = "deadline/";  // deadline/M.1.3.5, and .../near

// The timer of the activity's timed move of that index.
[[nodiscard]] std::string after_name(const ActivityId& activity, std::size_t index);

// The end of a span that began when the activity was entered.
[[nodiscard]] Instant due(const DecisionBuilder& builder, const Span& span);

// Stops the timers of the activity that is left, and sets those of the one that is entered.
void set_timers(DecisionBuilder& builder);

}  // namespace saksbro::core
