// Base32 (RFC 4648, section 6) in lower case and without padding: only letters and digits, which no
// mark-up reads as its own and no mail reader cuts off the end of a link.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace saksbro::codec {

[[nodiscard]] std::string to_base32(std::string_view bytes);
// Nothing for a text that to_base32() does not write: each value has one spelling only.
[[nodiscard]] std::optional<std::string> from_base32(std::string_view text);

}  // namespace saksbro::codec
