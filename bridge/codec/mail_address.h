// Addresses of mail (RFC 5321, 5322), as far as they are used: name@domain, unquoted.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace saksbro::codec {

struct Mailbox {
  std::string name;     // for people to read; may be empty
  std::string address;  // lower case

  friend bool operator==(const Mailbox&, const Mailbox&) = default;
};

// Lower case; nothing for what is no such address, or longer than 254 characters.
[[nodiscard]] std::optional<std::string> mail_address(std::string_view text);

// As people write it: "per@blåbær.no" is the address per@xn--blbr-roah.no (IDNA 2008), which every
// server takes. Letters beyond ASCII before the @ stay (RFC 6531): such an address can be shown.
[[nodiscard]] std::optional<std::string> international_address(std::string_view text);

[[nodiscard]] std::string domain_of(std::string_view address);
[[nodiscard]] std::string local_part_of(std::string_view address);

// "Saksportalen <saker@kommune.no>" or the address alone.
[[nodiscard]] std::optional<Mailbox> mailbox_from(std::string_view text);

}  // namespace saksbro::codec
