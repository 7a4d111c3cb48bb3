// RFC 3986 percent-encoding.
#pragma once

#include <string>
#include <string_view>

namespace saksbro::codec {

// For one path segment or one query value: everything but the unreserved characters is encoded.
[[nodiscard]] std::string percent_encode(std::string_view text);

}  // namespace saksbro::codec
