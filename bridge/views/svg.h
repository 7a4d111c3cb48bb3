// A process as a swim-lane picture.
#pragma once

#include <string>

#include "bridge/views/look.h"

namespace saksbro::views {

[[nodiscard]] std::string svg_picture(const core::Process& process, const Look& look);

}  // namespace saksbro::views
