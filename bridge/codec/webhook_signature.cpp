#include "bridge/codec/webhook_signature.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "bridge/codec/digest.h"
#include "bridge/contract/settings.h"

namespace saksbro::codec {
namespace {

using Scheme = WebhookGuard::Scheme;

constexpr std::size_t kMacBytes = 32;

tl::unexpected<Error> refused(const WebhookGuard& guard, std::string why) {
  return fail("webhook " + guard.path, std::move(why));
}

Result<std::string> header(const WebhookGuard& guard, const Arrival& arrival,
                           const std::string& name) {
  const auto found = arrival.headers.find(name);
  if (found == arrival.headers.end() || found->second.empty())
    return refused(guard, "the header \"" + name + "\" is missing");
  return found->second;
}

// True when `matches` holds for a live secret. An empty one is none: it would let everybody in.
template <class Matches>
bool any_secret(const WebhookGuard& guard, Matches matches) {
  return std::any_of(guard.secrets.begin(), guard.secrets.end(),
                     [&](const Secret& secret) { return !secret.empty() && matches(secret); });
}

Result<void> check_token(const WebhookGuard& guard, const Arrival& arrival) {
  const auto given = header(guard, arrival, guard.header);
  if (!given) return tl::unexpected(given.error());
  const bool known = any_secret(
      guard, [&](const Secret& secret) { return equal_in_constant_time(secret.reveal(), *given); });
  if (!known) return refused(guard, "the token in \"" + guard.header + "\" is wrong");
  return {};
}

Result<void> check_hmac(const WebhookGuard& guard, const Arrival& arrival) {
  const auto given = header(guard, arrival, guard.header);
  if (!given) return tl::unexpected(given.error());
  if (!given->starts_with(guard.prefix)) {
    return refused(
        guard, "the header \"" + guard.header + "\" does not begin with \"" + guard.prefix + "\"");
  }
  const auto signature = from_hex(std::string_view(*given).substr(guard.prefix.size()));
  if (!signature || signature->size() != kMacBytes) {
    return refused(guard, "the signature in \"" + guard.header + "\" is not 64 hexadecimal digits");
  }
  const bool signed_by_us = any_secret(guard, [&](const Secret& secret) {
    return equal_in_constant_time(hmac_sha256(secret, arrival.body), *signature);
  });
  if (!signed_by_us) {
    return refused(guard, "the signature in \"" + guard.header + "\" does not match the body");
  }
  return {};
}

// The key of a Standard Webhooks secret: base64, with or without "whsec_".
std::optional<Secret> standard_key(const Secret& secret) {
  std::string_view text = secret.reveal();
  if (text.starts_with("whsec_")) text.remove_prefix(6);
  const auto key = from_base64(text);
  if (!key || key->size() < 24 || key->size() > 64) return std::nullopt;
  return Secret(*key);
}

Result<void> check_time(const WebhookGuard& guard, const Arrival& arrival,
                        const std::string& timestamp) {
  const auto sent = parse_whole_number(timestamp);
  if (!sent) return refused(guard, "\"webhook-timestamp\" is no count of seconds");
  const auto now = std::chrono::floor<std::chrono::seconds>(arrival.at).time_since_epoch().count();
  const auto tolerance = guard.tolerance.count();
  const std::string limit = std::to_string(tolerance) + " s";
  if (*sent < now - tolerance) return refused(guard, "sent more than " + limit + " ago");
  if (*sent > now + tolerance) return refused(guard, "sent more than " + limit + " in the future");
  return {};
}

// Is `mac` among the v1 signatures of a list like "v1,AAA= v1,BBB= v1a,CCC="?
bool lists(std::string_view signatures, std::string_view mac) {
  if (mac.size() != kMacBytes) return false;
  const std::string wanted = "v1," + to_base64(mac);
  bool found = false;
  while (!signatures.empty()) {
    const auto space = signatures.find(' ');
    found = equal_in_constant_time(signatures.substr(0, space), wanted) || found;
    signatures = space == std::string_view::npos ? "" : signatures.substr(space + 1);
  }
  return found;
}

Result<void> check_standard(const WebhookGuard& guard, const Arrival& arrival) {
  const auto id = header(guard, arrival, "webhook-id");
  if (!id) return tl::unexpected(id.error());
  const auto timestamp = header(guard, arrival, "webhook-timestamp");
  if (!timestamp) return tl::unexpected(timestamp.error());
  const auto signatures = header(guard, arrival, "webhook-signature");
  if (!signatures) return tl::unexpected(signatures.error());
  // "a.b" + "1" and "a" + "b.1" would be signed alike.
  if (id->find('.') != std::string::npos)
    return refused(guard, "\"webhook-id\" contains a full stop");
  if (const auto timely = check_time(guard, arrival, *timestamp); !timely) return timely;
  const std::string content = *id + '.' + *timestamp + '.' + arrival.body;
  const bool signed_by_us = any_secret(guard, [&](const Secret& secret) {
    const auto key = standard_key(secret);
    return key && lists(*signatures, hmac_sha256(*key, content));
  });
  if (!signed_by_us) return refused(guard, "no signature in \"webhook-signature\" matches");
  return {};
}

std::string lower_case(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

Scheme read_scheme(SettingsReader& reader) {
  const std::string name =
      reader.one_of("scheme", {"hmac_sha256", "standard_webhooks", "token"}, "hmac_sha256");
  if (name == "standard_webhooks") return Scheme::standard_webhooks;
  return name == "token" ? Scheme::token : Scheme::hmac_sha256;
}

std::string read_path(const Setting& webhook, SettingsReader& reader) {
  std::string path = reader.text("path");
  const Setting* at = webhook.find("path");
  if (!path.empty() && (path.front() != '/' || path.find_first_of(" \t\r\n?#%") != path.npos))
    reader.error(*at, "expected a path like /hooks/desk, without query, blanks or %");
  return path;
}

void add_secret(const Setting* at, Secret secret, SettingsReader& reader, WebhookGuard& guard) {
  if (at == nullptr || !std::holds_alternative<Secret>(at->value)) return;
  if (secret.empty()) {
    reader.error(*at, "the secret is empty");
  } else if (guard.scheme == Scheme::standard_webhooks && !standard_key(secret)) {
    reader.error(*at, "expected whsec_ and the base64 of 24 to 64 bytes");
  } else {
    guard.secrets.push_back(std::move(secret));
  }
}

std::string read_header(const Setting& webhook, Scheme scheme, SettingsReader& reader) {
  const bool token = scheme == Scheme::token;
  std::string name =
      lower_case(reader.text_or("header", token ? "x-gitlab-token" : "x-saksbro-signature"));
  const Setting* at = webhook.find("header");
  if (at == nullptr) return scheme == Scheme::standard_webhooks ? "" : name;
  if (scheme == Scheme::standard_webhooks)
    reader.error(*at, "standard_webhooks has headers of its own: leave this out");
  else if (name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_") != name.npos)
    reader.error(*at, "expected the name of an HTTP header");
  return name;
}

std::string read_prefix(const Setting& webhook, Scheme scheme, SettingsReader& reader) {
  const Setting* at = webhook.find("prefix");
  const bool hmac = scheme == Scheme::hmac_sha256;
  if (at != nullptr && !hmac) reader.error(*at, "only hmac_sha256 has a prefix: leave this out");
  // An empty text is a value here (the digits alone), which text_or() would not take.
  const auto* text = at == nullptr ? nullptr : std::get_if<Setting::Text>(&at->value);
  if (text != nullptr && text->empty()) return reader.one_of("prefix", {""}, "");
  return reader.text_or("prefix", hmac ? "sha256=" : "");
}

}  // namespace

WebhookGuard read_webhook_guard(const Setting& webhook, Errors& errors) {
  SettingsReader reader(webhook);
  WebhookGuard guard;
  guard.path = read_path(webhook, reader);
  guard.scheme = read_scheme(reader);
  add_secret(webhook.find("secret"), reader.secret("secret"), reader, guard);
  if (auto old = reader.secret_if_given("old_secret"))
    add_secret(webhook.find("old_secret"), *std::move(old), reader, guard);
  guard.header = read_header(webhook, guard.scheme, reader);
  guard.prefix = read_prefix(webhook, guard.scheme, reader);
  const Errors found = reader.finish();
  errors.insert(errors.end(), found.begin(), found.end());
  return guard;
}

Result<void> check(const WebhookGuard& guard, const Arrival& arrival) {
  if (!any_secret(guard, [](const Secret&) { return true; }))
    return refused(guard, "no secret is configured");
  switch (guard.scheme) {
    case Scheme::hmac_sha256:
      return check_hmac(guard, arrival);
    case Scheme::standard_webhooks:
      return check_standard(guard, arrival);
    case Scheme::token:
      return check_token(guard, arrival);
  }
  return refused(guard, "unknown scheme");
}

}  // namespace saksbro::codec
