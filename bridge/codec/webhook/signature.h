// Is a webhook authentic? How its sender proves it is fixed by configuration, never chosen by the
// sender (docs/libraries.md 1). Signatures are over the raw bytes, and are compared in constant
// time.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "bridge/codec/address_range.h"
#include "bridge/codec/digest.h"
#include "bridge/contract/delivery.h"
#include "bridge/contract/refusal.h"
#include "bridge/contract/settings.h"

namespace saksbro::codec {

// A header is the secret itself.
struct SecretInHeader {
  std::string header;  // all names of headers are in lower case
};

struct BearerToken {};  // "Authorization: Bearer <secret>"

struct UserAndPassword {  // "Authorization: Basic ...", the secret is the password
  std::string user;
};

// A piece of the text that is signed: "{timestamp}.{body}" is three.
struct SignedPart {
  enum class Kind { text, timestamp, id, method, path, target, body };
  Kind kind = Kind::body;
  std::string text;  // of Kind::text

  friend bool operator==(const SignedPart&, const SignedPart&) = default;
};

// header: "<prefix><HMAC of what is signed>"
struct BodyMac {
  enum class Encoding { hex, base64, base64url };
  Hash hash = Hash::sha256;
  std::string header = "x-saksbro-signature";
  std::string prefix = "sha256=";
  Encoding encoding = Encoding::hex;
  std::vector<SignedPart> signs{SignedPart{}};  // the body
  std::string timestamp_header;  // holds the seconds since 1970; empty: none is signed
  std::string id_header;         // empty: none is signed
};

// webhook-id, -timestamp and -signature (standardwebhooks.com 1.0.0). A secret that begins with
// whpk_ is a public key of ed25519 (v1a), all others are keys of HMAC-SHA-256 (v1).
struct StandardWebhooks {};

struct ClientCertificate {
  std::vector<std::string> subjects;  // RFC 2253, as Arrival::client_subject has them
};

struct AddressAlone {};  // nothing but WebhookGuard::addresses

using Proof = std::variant<BodyMac, SecretInHeader, BearerToken, UserAndPassword, StandardWebhooks,
                           ClientCertificate, AddressAlone>;

// What a `webhook:` block says. Two secrets are live while one is being rotated out.
struct WebhookGuard {
  std::string path;  // "/hooks/operator"
  Proof proof;
  std::vector<Secret> secrets;          // never empty, where the proof needs one
  std::vector<AddressRange> addresses;  // empty: from anywhere
  std::chrono::seconds window{300};     // how much a signed timestamp may differ from our clock
};

// docs/front-door.md lists the schemes and their keys. `scheme` is the one that counts when the
// block names none. All errors are added to `errors`.
[[nodiscard]] WebhookGuard read_webhook_guard(const Setting& webhook, Errors& errors,
                                              std::string_view scheme = "hmac_sha256");

// A refusal says which check failed, without the secret and without the expected signature.
[[nodiscard]] Accepted<void> check(const WebhookGuard& guard, const Arrival& arrival);

// The delivery is named by the id that its sender signs with it: two events with equal bodies are
// two, and one that is sent again is one. Of a sender that signs no id, the same body is the same
// delivery. Without a guard nothing is authentic.
[[nodiscard]] Accepted<DeliveryId> accept_signed(const std::optional<WebhookGuard>& guard,
                                                 const SystemName& system, const Arrival& arrival);

}  // namespace saksbro::codec
