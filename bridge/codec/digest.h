// SHA-256, HMAC-SHA-256 (RFC 2104), hex and base64 (RFC 4648), and the comparison that takes equal
// time.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "bridge/contract/secret.h"

namespace saksbro::codec {

[[nodiscard]] std::string sha256(std::string_view bytes);  // 32 raw bytes
[[nodiscard]] std::string hmac_sha256(const Secret& key, std::string_view bytes);
[[nodiscard]] std::string to_hex(std::string_view bytes);  // lower case
[[nodiscard]] std::optional<std::string> from_hex(std::string_view text);
[[nodiscard]] std::string to_base64(std::string_view bytes);
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);

// False for texts of unequal length; else takes the same time wherever they differ.
[[nodiscard]] bool equal_in_constant_time(std::string_view one, std::string_view other);

}  // namespace saksbro::codec
