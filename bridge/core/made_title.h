// A case needs a title, for no tracker opens a ticket without one. Internal to core.
#pragma once

#include <string>

#include "bridge/core/unfolding.h"

namespace saksbro::core {

// The ticket's own. Where nobody gave it one (a mail without a subject, or with "SV:" alone) the
// first words of its text, else whom it is from.
[[nodiscard]] std::string title_for(const Unfolding& unfolding, const Ticket& ticket);

}  // namespace saksbro::core
