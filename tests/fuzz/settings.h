// Settings for the targets that need configured things.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "bridge/contract/settings.h"

namespace saksbro::fuzz {

[[nodiscard]] Setting text(std::string value);
[[nodiscard]] Setting secret(std::string value);
[[nodiscard]] Setting list(std::vector<Setting> items);
[[nodiscard]] Setting map(Setting::Map entries);

// As tests use them: a whole one for each connector, by its name.
[[nodiscard]] Setting settings_of(const std::string& connector);

}  // namespace saksbro::fuzz
