// The checks behind webhook_signature.h, one for each kind of proof.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "bridge/codec/webhook/signature.h"

namespace saksbro::codec {

using Reason = Refusal::Reason;

[[nodiscard]] Accepted<void> check_mac(const WebhookGuard& guard, const BodyMac& mac,
                                       const Arrival& arrival);
[[nodiscard]] Accepted<void> check_standard(const WebhookGuard& guard, const Arrival& arrival);
[[nodiscard]] Accepted<void> check_header(const WebhookGuard& guard, const SecretInHeader& token,
                                          const Arrival& arrival);
[[nodiscard]] Accepted<void> check_bearer(const WebhookGuard& guard, const Arrival& arrival);
[[nodiscard]] Accepted<void> check_password(const WebhookGuard& guard, const UserAndPassword& user,
                                            const Arrival& arrival);

[[nodiscard]] tl::unexpected<Refusal> refused(const WebhookGuard& guard, Reason reason,
                                              std::string why);

// Missing and empty are the same.
[[nodiscard]] Accepted<std::string> header(const WebhookGuard& guard, const Arrival& arrival,
                                           const std::string& name);

// Within the window around our clock? `timestamp` came in the header `name`.
[[nodiscard]] Accepted<void> check_time(const WebhookGuard& guard, const Arrival& arrival,
                                        const std::string& name, const std::string& timestamp);

// Why a text can be no secret of Standard Webhooks; nothing when it can.
[[nodiscard]] std::optional<std::string> no_standard_key(const Secret& secret);

// True when `matches` holds for a live secret. An empty one is none: it would let everybody in.
template <class Matches>
[[nodiscard]] bool any_secret(const WebhookGuard& guard, Matches matches) {
  return std::any_of(guard.secrets.begin(), guard.secrets.end(),
                     [&](const Secret& secret) { return !secret.empty() && matches(secret); });
}

}  // namespace saksbro::codec
