// Ranges of IP addresses (CIDR), and whether an address lies in one. An IPv4 address that is
// written as IPv6 (::ffff:192.0.2.7) is the IPv4 address.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace saksbro::codec {

struct AddressRange {
  std::string bytes;  // of its first address: 4 for IPv4, 16 for IPv6
  std::size_t bits = 0;

  friend bool operator==(const AddressRange&, const AddressRange&) = default;
};

// 4 or 16 bytes; nothing for what is no plain address (a name, a port, a zone, blanks).
[[nodiscard]] std::optional<std::string> parse_address(std::string_view text);

// "192.0.2.0/24", "2001:db8::/32", or one address. Nothing when bits are set beyond the length.
[[nodiscard]] std::optional<AddressRange> parse_address_range(std::string_view text);

// False for what is no address.
[[nodiscard]] bool lies_in(std::string_view address, const std::vector<AddressRange>& ranges);

}  // namespace saksbro::codec
