// UTF-8 (RFC 3629), strictly: no overlong forms, no surrogates, nothing above U+10FFFF.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace saksbro::codec {

// U+FFFD: stands where what was there cannot be shown.
inline constexpr std::string_view kReplacement = "\uFFFD";

// The offset of the first byte that belongs to no valid sequence.
[[nodiscard]] std::optional<std::size_t> first_invalid_utf8(std::string_view text);

// Valid sequences stay; each other byte is read as Latin-1 and written as UTF-8.
[[nodiscard]] std::string repair_latin1(std::string_view text);

}  // namespace saksbro::codec
