// The id that a tracker itself gives to a delivery.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "bridge/contract/delivery.h"

namespace saksbro::tracker {

// What stands in that header, when it is an id: letters and digits of ASCII and `marks`, 64 at
// most. Only for a header that whoever signs the delivery vouches for.
[[nodiscard]] std::optional<DeliveryId> id_in_header(const Arrival& arrival,
                                                     const std::string& header,
                                                     std::string_view marks);

}  // namespace saksbro::tracker
