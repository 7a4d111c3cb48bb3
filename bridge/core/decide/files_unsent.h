// Files that were to go onto another ticket and do not: people are told which, and why. Internal to
// core.
#pragma once

#include "bridge/core/decision/decision_builder.h"

namespace saksbro::core {

// A comment with files was held back (file_guard.h): what may go is decided again, and the rest is
// named.
void files_held_back(DecisionBuilder& b, const CommandResult& settled);

// The case is closed: what is on its way to nowhere now.
void name_unsent_files(DecisionBuilder& b);

}  // namespace saksbro::core
