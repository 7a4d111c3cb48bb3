// Ports on loopback.
#pragma once

namespace saksbro::rig {

// A port that was free a moment ago. Who needs it should bind it soon.
[[nodiscard]] int free_port();

}  // namespace saksbro::rig
