// Files with secrets that others may read or change.
#pragma once

#include <string>
#include <vector>

#include "bridge/load/configuration.h"

namespace saksbro::cli {

// Each with the command that mends it: "secret.key can be read or changed by others (mode 0644):
// chmod 600 secret.key". As PostgreSQL has it, root may give a file to the service's group to read.
// What systemd hands over is not looked at: its folder is for the service alone.
[[nodiscard]] std::vector<std::string> open_secrets(const load::Configuration& configuration);

}  // namespace saksbro::cli
