#include "connectors/tracker/delivery_id.h"

#include <algorithm>

#include "bridge/contract/ascii.h"

namespace saksbro::tracker {

std::optional<DeliveryId> id_in_header(const Arrival& arrival, const std::string& header,
                                       std::string_view marks) {
  constexpr std::size_t kLongest = 64;
  const auto given = arrival.headers.find(header);
  if (given == arrival.headers.end()) return std::nullopt;
  const std::string& id = given->second;
  const bool plain = std::all_of(id.begin(), id.end(), [&](char c) {
    return is_ascii_alnum(c) || marks.find(c) != std::string_view::npos;
  });
  if (!plain || id.empty() || id.size() > kLongest) return std::nullopt;
  return DeliveryId("id:" + id);
}

}  // namespace saksbro::tracker
