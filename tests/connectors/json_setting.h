// Settings of a system, as a test keeps them: JSON in place of the configuration file.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "bridge/contract/settings.h"

namespace saksbro::testcases {

// {"$secret": "x"} becomes a Secret; numbers and flags become the text that YAML would have had.
[[nodiscard]] Setting setting_from(const nlohmann::ordered_json& json, const std::string& where);

}  // namespace saksbro::testcases
