// A size in the configuration: "32MB".
#pragma once

#include <cstdint>
#include <optional>

#include "bridge/contract/settings.h"

namespace saksbro::load {

struct SizeLimits {
  std::uint64_t least = 0;  // megabytes
  std::uint64_t most = 0;
};

// In bytes; none: `map` has no such key, or it is wrong, and the error is the reader's. `hint`
// follows the error.
[[nodiscard]] std::optional<std::uint64_t> read_size(SettingsReader& reader, const Setting& map,
                                                     const char* key, const SizeLimits& limits,
                                                     const std::string& hint = {});

}  // namespace saksbro::load
