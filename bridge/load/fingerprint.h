// Tells whether settings are the ones of last time, whatever their order of lines, comments and
// places in the file are.
#pragma once

#include <cstdint>

#include "bridge/contract/settings.h"

namespace saksbro::load {

// Of a secret only 16 bits go in: enough to see that it was renewed, useless to whoever wants to
// try secrets against it. Never 0.
[[nodiscard]] std::int64_t fingerprint(const Setting& settings, std::int64_t before = 0);

}  // namespace saksbro::load
