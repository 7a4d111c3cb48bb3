// What a ticket will show when all that we have sent is done. Internal to core.
#pragma once

#include <optional>
#include <string>

#include "bridge/core/model/case.h"

namespace saksbro::core {

// The status that the ticket will show when all that we have sent is done.
[[nodiscard]] std::string status_to_come(const Case& state, const SystemName& at);

// What the field will show when all that we have sent is done. None: it has never been seen.
[[nodiscard]] std::optional<std::string> field_to_come(const Case& state, const SystemName& at,
                                                       const std::string& field);

// Our write of that field which is on its way; none: there is none. It lives as long as `state`.
[[nodiscard]] const Intent* field_write_under_way(const Case& state, const SystemName& at,
                                                  const std::string& field);

}  // namespace saksbro::core
