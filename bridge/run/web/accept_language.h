// Which of our two languages a browser asks for (RFC 9110, 12.5.4).
#pragma once

#include <string_view>

#include "bridge/core/model/mapping.h"

namespace saksbro::run {

// Norwegian, whichever it is, before English when both are wanted alike, and when neither is.
[[nodiscard]] core::Language wanted_language(std::string_view accept_language);

}  // namespace saksbro::run
