// One kind of instant everywhere: UTC, milliseconds. Zones exist only where people read.
#pragma once

#include <chrono>

namespace saksbro {

using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

}  // namespace saksbro
