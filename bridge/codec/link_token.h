// The part of a link that proves itself: what its holder may say, and a MAC that only we can make.
// It holds no secret and hides nothing; whoever has it may use it, as with any link in a mail.
//
// "1" (the version), then base32 of: four fields, each with its length in one byte before it, and
// the first 16 bytes of HMAC-SHA-256 over the version and the fields. The key is derived from the
// configured secret for this use alone, so that no signature made elsewhere counts as a token.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bridge/contract/secret.h"

namespace saksbro::codec {

// UTF-8, each at most 255 bytes.
struct LinkFields {
  std::string number;  // of the case
  std::string signal;
  std::string role;
  std::string organisation;

  friend bool operator==(const LinkFields&, const LinkFields&) = default;
};

// Immutable; any thread may use it.
class LinkTokens {
 public:
  // The first secret signs. All are accepted: while one is rotated out, its links still work.
  explicit LinkTokens(const std::vector<Secret>& secrets);

  // The same fields give the same token. Empty when a field is longer than 255 bytes.
  [[nodiscard]] std::string make(const LinkFields& fields) const;
  // Nothing for whatever make() has not written with a live secret.
  [[nodiscard]] std::optional<LinkFields> read(std::string_view token) const;

 private:
  std::vector<Secret> keys_;
};

}  // namespace saksbro::codec
