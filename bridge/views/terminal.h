// A process for a terminal: roles as columns and activities as rows, as in a routine's own table,
// and below it each way that leads on.
#pragma once

#include <string>

#include "bridge/views/look.h"

namespace saksbro::views {

[[nodiscard]] std::string terminal_text(const core::Process& process, const Look& look);

}  // namespace saksbro::views
