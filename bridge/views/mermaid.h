// A process as a Mermaid state diagram, for wikis.
#pragma once

#include <string>

#include "bridge/views/look.h"

namespace saksbro::views {

[[nodiscard]] std::string mermaid_diagram(const core::Process& process, const Look& look);

}  // namespace saksbro::views
