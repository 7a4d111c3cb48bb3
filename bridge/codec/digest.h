// SHA-256, HMAC (RFC 2104), Ed25519 (RFC 8032), hex and base64 (RFC 4648), and the comparison that
// takes equal time.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "bridge/contract/secret.h"

namespace saksbro::codec {

[[nodiscard]] std::string sha256(std::string_view bytes);  // 32 raw bytes

enum class Hash { sha256, sha384, sha512 };
[[nodiscard]] std::size_t size_of(Hash hash);  // 32, 48 or 64 bytes
[[nodiscard]] std::string hmac(Hash hash, const Secret& key, std::string_view bytes);
// Of the parts one after the other, without a copy of them: a body may have 25 MB.
[[nodiscard]] std::string hmac(Hash hash, const Secret& key,
                               std::span<const std::string_view> parts);
[[nodiscard]] std::string hmac_sha256(const Secret& key, std::string_view bytes);

// `key` is a public one, of 32 bytes. False for what is no key and for what is no signature, too.
[[nodiscard]] bool ed25519_signed(std::string_view key, std::string_view bytes,
                                  std::string_view signature);

[[nodiscard]] std::string to_hex(std::string_view bytes);  // lower case
[[nodiscard]] std::optional<std::string> from_hex(std::string_view text);
[[nodiscard]] std::string to_base64(std::string_view bytes);
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);
// With - and _ (RFC 4648, section 5), padded or not.
[[nodiscard]] std::optional<std::string> from_base64url(std::string_view text);

// False for texts of unequal length; else takes the same time wherever they differ.
[[nodiscard]] bool equal_in_constant_time(std::string_view one, std::string_view other);

}  // namespace saksbro::codec
