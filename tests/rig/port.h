// Ports on loopback.
#pragma once

namespace saksbro::rig {

// A port that is free, and that no other test gets as long as this process lives: a server may be
// stopped and started again on it. It lies below those that the system gives to outgoing
// connections, which would take it meanwhile.
[[nodiscard]] int free_port();

}  // namespace saksbro::rig
