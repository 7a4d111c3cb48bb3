// Why an arrival was not let in: an error for people, and a reason to count it by.
#pragma once

#include <array>
#include <string_view>

#include "bridge/contract/error.h"

namespace saksbro {

struct Refusal : Error {
  enum class Reason {
    other,        // no webhook is configured, or not this way
    missing,      // it came without what proves its sender
    malformed,    // what should prove it is not what it should look like
    signature,    // a signature, token or password that is not ours
    timestamp,    // sent too long ago, or in the future: replayed, or a clock is wrong
    certificate,  // no client certificate, or one of somebody else
    address       // from an address that is not the sender's
  };

  // NOLINTNEXTLINE(google-explicit-constructor): `return fail(...)` refuses, for no special reason.
  Refusal(Error error, Reason why = Reason::other) : Error(std::move(error)), reason(why) {}

  Reason reason;
  std::string challenge = "Webhook realm=\"webhooks\"";  // of WWW-Authenticate: how to prove it
};

// The word of each reason, in the order of the enumeration: what metrics and logs call it.
inline constexpr std::array<std::string_view, 7> kRefusalReasons{
    "other", "missing", "malformed", "signature", "timestamp", "certificate", "address"};

[[nodiscard]] constexpr std::string_view word(Refusal::Reason reason) {
  return kRefusalReasons[static_cast<std::size_t>(reason)];
}

template <class T>
using Accepted = tl::expected<T, Refusal>;

}  // namespace saksbro
