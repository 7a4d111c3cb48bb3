// `limits:` and `doubt:` of a system: how much it may be asked, and when a create whose answer was
// lost is looked for.
#pragma once

#include "bridge/contract/settings.h"
#include "bridge/core/model/limits.h"

namespace saksbro::load {

// "10/s", "60/min", "1000/h"; none otherwise.
[[nodiscard]] std::optional<core::Rate> parse_rate(std::string_view text);

// `reader` reads the system's own map; errors collect there and in `errors`.
[[nodiscard]] core::DeliveryPolicy read_delivery(SettingsReader& reader, Errors& errors);

}  // namespace saksbro::load
