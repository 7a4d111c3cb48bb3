// What people gave in a field of its own, and what they changed there later. Internal to core.
#pragma once

#include <string>
#include <vector>

#include "bridge/core/decision/decision_builder.h"

namespace saksbro::core {

// What the case has for it; empty: nothing.
[[nodiscard]] std::string value_in(const Case& state, const std::string& name);

// Whether a field of one of the case's tickets shows the value that the case has. It was given in
// its own place then: words that merely stand near a move ("Takk, da lukker vi.") do not replace
// it. A value that the process has forgotten since ("ikke løst") is not given any more, even though
// the field still shows it.
[[nodiscard]] bool is_given_in_a_field(const DecisionBuilder& builder, const std::string& value);

}  // namespace saksbro::core
