// Is a webhook authentic? The scheme is fixed by configuration, never chosen by the sender
// (FAULTS 1.1).
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "bridge/contract/delivery.h"
#include "bridge/contract/error.h"
#include "bridge/contract/settings.h"

namespace saksbro::codec {

// What a `webhook:` block says. Several secrets are live at once while one is being rotated out.
struct WebhookGuard {
  enum class Scheme {
    hmac_sha256,        // header: "<prefix><hex of HMAC over the raw body>"
    standard_webhooks,  // webhook-id, -timestamp, -signature: v1 (standardwebhooks.com 1.0.0)
    token               // header is the secret itself
  };
  std::string path;  // "/hooks/operator"
  Scheme scheme = Scheme::hmac_sha256;
  std::vector<Secret> secrets;  // never empty
  std::string header;           // lower case; default by scheme
  std::string prefix;           // "sha256="
  std::chrono::seconds tolerance{300};
};

// Reads `webhook: { path, secret, old_secret, scheme, header, prefix }`; errors go to the reader.
[[nodiscard]] WebhookGuard read_webhook_guard(const Setting& webhook, Errors& errors);

// An error says which check failed, without the secret and without the expected signature.
[[nodiscard]] Result<void> check(const WebhookGuard& guard, const Arrival& arrival);

}  // namespace saksbro::codec
