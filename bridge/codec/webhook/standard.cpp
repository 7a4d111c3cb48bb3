// Standard Webhooks 1.0.0: v1 (HMAC-SHA-256) and v1a (ed25519). GitLab's signing token is a v1.
#include <array>
#include <functional>
#include <span>

#include "bridge/codec/webhook/checks.h"

namespace saksbro::codec {
namespace {

constexpr std::size_t kMacBytes = 32;
constexpr std::size_t kPublicKeyBytes = 32;
// Each one of v1a reads the whole body: a long list would keep us busy.
constexpr auto kSignaturesMost = 16;

// "whpk_" and base64. Nothing for other texts.
std::optional<std::string> public_key(const Secret& secret) {
  std::string_view text = secret.reveal();
  if (!text.starts_with("whpk_")) return std::nullopt;
  auto key = from_base64(text.substr(5));
  if (!key || key->size() != kPublicKeyBytes) return std::nullopt;
  return key;
}

// Base64, with or without "whsec_". Nothing for a public key: everybody knows it.
std::optional<Secret> mac_key(const Secret& secret) {
  std::string_view text = secret.reveal();
  if (text.starts_with("whsec_")) text.remove_prefix(6);
  const auto key = from_base64(text);
  if (!key || key->size() < 24 || key->size() > 64) return std::nullopt;
  return Secret(*key);
}

// Does `matches` hold for one of a list like "v1,AAA= v1,BBB= v1a,CCC="? All are looked at.
bool lists(std::string_view signatures, std::string_view version,
           const std::function<bool(std::string_view)>& matches) {
  bool found = false;
  while (!signatures.empty()) {
    const auto space = signatures.find(' ');
    const std::string_view one = signatures.substr(0, space);
    if (one.starts_with(version)) found = matches(one.substr(version.size())) || found;
    signatures = space == std::string_view::npos ? "" : signatures.substr(space + 1);
  }
  return found;
}

std::string joined(std::span<const std::string_view> parts) {
  std::string all;
  for (const std::string_view part : parts) all += part;
  return all;
}

bool signed_with(const Secret& secret, std::string_view signatures,
                 std::span<const std::string_view> parts) {
  if (const auto key = public_key(secret)) {
    const std::string content = joined(parts);  // ed25519 reads it twice
    return lists(signatures, "v1a,", [&](std::string_view text) {
      const auto signature = from_base64(text);
      return signature && ed25519_signed(*key, content, *signature);
    });
  }
  const auto key = mac_key(secret);
  const std::string mac = key ? hmac(Hash::sha256, *key, parts) : "";
  if (mac.size() != kMacBytes) return false;
  return lists(signatures, "v1,", [wanted = to_base64(mac)](std::string_view text) {
    return equal_in_constant_time(text, wanted);
  });
}

}  // namespace

std::optional<std::string> no_standard_key(const Secret& secret) {
  if (public_key(secret) || mac_key(secret)) return std::nullopt;
  return "expected whsec_ and the base64 of 24 to 64 bytes, or whpk_ and that of an ed25519 key";
}

Accepted<void> check_standard(const WebhookGuard& guard, const Arrival& arrival) {
  const auto id = header(guard, arrival, "webhook-id");
  if (!id) return tl::unexpected(id.error());
  const auto timestamp = header(guard, arrival, "webhook-timestamp");
  if (!timestamp) return tl::unexpected(timestamp.error());
  const auto signatures = header(guard, arrival, "webhook-signature");
  if (!signatures) return tl::unexpected(signatures.error());
  // "a.b" + "1" and "a" + "b.1" would be signed alike.
  if (id->find('.') != std::string::npos)
    return refused(guard, Reason::malformed, "\"webhook-id\" contains a full stop");
  if (auto timely = check_time(guard, arrival, "webhook-timestamp", *timestamp); !timely)
    return timely;
  if (std::count(signatures->begin(), signatures->end(), ' ') >= kSignaturesMost)
    return refused(guard, Reason::malformed, "\"webhook-signature\" lists more than 16");
  const std::array<std::string_view, 5> parts{*id, ".", *timestamp, ".", arrival.body};
  const bool signed_by_us = any_secret(
      guard, [&](const Secret& secret) { return signed_with(secret, *signatures, parts); });
  if (signed_by_us) return {};
  return refused(guard, Reason::signature, "no signature in \"webhook-signature\" matches");
}

}  // namespace saksbro::codec
