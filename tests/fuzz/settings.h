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

// testcases/fuzz-settings.json of the connector's folder; without one, testcases/settings.json.
[[nodiscard]] Setting settings_of(const std::string& connector);

// The texts in them that are addresses: of the servers that the connector may ask.
[[nodiscard]] std::vector<std::string> addresses_in(const Setting& settings);

}  // namespace saksbro::fuzz
