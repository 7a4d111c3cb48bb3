// An HMAC over the body, or over a text of it and of what came in headers.
#include "bridge/codec/webhook/checks.h"

namespace saksbro::codec {
namespace {

using Kind = SignedPart::Kind;

std::string_view encoding_name(BodyMac::Encoding encoding) {
  if (encoding == BodyMac::Encoding::hex) return "hexadecimal digits";
  return encoding == BodyMac::Encoding::base64 ? "base64" : "base64url";
}

std::optional<std::string> mac_bytes(BodyMac::Encoding encoding, std::string_view text) {
  if (encoding == BodyMac::Encoding::hex) return from_hex(text);
  return encoding == BodyMac::Encoding::base64 ? from_base64(text) : from_base64url(text);
}

// The bytes of the signature.
Accepted<std::string> signature_in(const WebhookGuard& guard, const BodyMac& mac,
                                   const Arrival& arrival) {
  const auto given = header(guard, arrival, mac.header);
  if (!given) return given;
  if (!given->starts_with(mac.prefix)) {
    return refused(guard, Reason::malformed,
                   "the header \"" + mac.header + "\" does not begin with \"" + mac.prefix + "\"");
  }
  auto bytes = mac_bytes(mac.encoding, std::string_view(*given).substr(mac.prefix.size()));
  if (!bytes || bytes->size() != size_of(mac.hash)) {
    return refused(guard, Reason::malformed,
                   "the signature in \"" + mac.header + "\" is not " +
                       std::to_string(size_of(mac.hash)) + " bytes as " +
                       std::string(encoding_name(mac.encoding)));
  }
  return *std::move(bytes);
}

// With such a character, "a.b" + "." + "1" and "a" + "." + "b.1" would be signed alike.
bool plain_id(const std::string& id) {
  return id.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") ==
         id.npos;
}

struct FromHeaders {
  std::string timestamp;
  std::string id;
};

Accepted<FromHeaders> from_headers(const WebhookGuard& guard, const BodyMac& mac,
                                   const Arrival& arrival) {
  FromHeaders found;
  if (!mac.timestamp_header.empty()) {
    auto timestamp = header(guard, arrival, mac.timestamp_header);
    if (!timestamp) return tl::unexpected(timestamp.error());
    if (auto timely = check_time(guard, arrival, mac.timestamp_header, *timestamp); !timely)
      return tl::unexpected(timely.error());
    found.timestamp = *std::move(timestamp);
  }
  if (!mac.id_header.empty()) {
    auto id = header(guard, arrival, mac.id_header);
    if (!id) return tl::unexpected(id.error());
    if (!plain_id(*id)) {
      return refused(guard, Reason::malformed,
                     "\"" + mac.id_header + "\" may have letters, digits, - and _ only");
    }
    found.id = *std::move(id);
  }
  return found;
}

std::vector<std::string_view> signed_parts(const BodyMac& mac, const FromHeaders& found,
                                           const Arrival& arrival) {
  std::vector<std::string_view> parts;
  for (const SignedPart& part : mac.signs) {
    if (part.kind == Kind::text) parts.emplace_back(part.text);
    if (part.kind == Kind::timestamp) parts.emplace_back(found.timestamp);
    if (part.kind == Kind::id) parts.emplace_back(found.id);
    if (part.kind == Kind::method) parts.emplace_back(arrival.method);
    if (part.kind == Kind::path) parts.emplace_back(arrival.path);
    if (part.kind == Kind::target) parts.emplace_back(arrival.target);
    if (part.kind == Kind::body) parts.emplace_back(arrival.body);
  }
  return parts;
}

}  // namespace

Accepted<void> check_mac(const WebhookGuard& guard, const BodyMac& mac, const Arrival& arrival) {
  const auto signature = signature_in(guard, mac, arrival);
  if (!signature) return tl::unexpected(signature.error());
  const auto found = from_headers(guard, mac, arrival);
  if (!found) return tl::unexpected(found.error());
  const auto parts = signed_parts(mac, *found, arrival);
  const bool signed_by_us = any_secret(guard, [&](const Secret& secret) {
    return equal_in_constant_time(hmac(mac.hash, secret, parts), *signature);
  });
  if (signed_by_us) return {};
  return refused(guard, Reason::signature,
                 "the signature in \"" + mac.header + "\" does not match what was sent");
}

}  // namespace saksbro::codec
