// Files that were to go onto another ticket and do not: people are told which, and why. Internal to
// core.
#pragma once

#include "bridge/core/decision/decision_builder.h"

namespace saksbro::core {

// The case is closed: what is on its way to nowhere now.
void name_unsent_files(DecisionBuilder& b);

}  // namespace saksbro::core
