// The `webhook:` block of a system's configuration.
#include <array>
#include <set>

#include "bridge/codec/webhook/checks.h"
#include "bridge/codec/webhook/template.h"
#include "bridge/contract/ascii.h"

namespace saksbro::codec {
namespace {

using Keys = std::set<std::string, std::less<>>;

// What each scheme has beside path, scheme and addresses. A key of another scheme is an error that
// says so.
struct Scheme {
  std::string_view name;
  Keys keys;
};

const Keys kSecrets{"secret", "old_secret"};
const Keys kMac{"secret", "old_secret", "header", "prefix",   "encoding",
                "signs",  "window",     "id",     "timestamp"};

const std::vector<Scheme>& schemes() {
  static const std::vector<Scheme> kSchemes{
      {"addresses", {}},
      {"basic", {"secret", "old_secret", "user"}},
      {"bearer", kSecrets},
      {"gitlab_token", kSecrets},
      {"hmac_sha256", kMac},
      {"hmac_sha384", kMac},
      {"hmac_sha512", kMac},
      {"jira", kSecrets},
      {"mtls", {"subjects"}},
      {"redmine", kSecrets},
      {"standard_webhooks", {"secret", "old_secret", "window"}},
      {"token", {"secret", "old_secret", "header"}},
  };
  return kSchemes;
}

const Scheme& scheme_named(std::string_view name) {
  return *std::find_if(schemes().begin(), schemes().end(),
                       [&](const Scheme& scheme) { return scheme.name == name; });
}

class WebhookBlock {
 public:
  WebhookBlock(const Setting& block, const Scheme& scheme)
      : block_(block), scheme_(scheme), reader_(block) {}

  WebhookGuard read(Errors& errors) {
    (void)reader_.text_or("scheme", "");  // known by now
    read_path();
    guard_.proof = proof();
    if (scheme_.keys.contains("secret")) read_secrets();
    read_addresses();
    read_window();
    const Errors found = reader_.finish();
    errors.insert(errors.end(), found.begin(), found.end());
    return std::move(guard_);
  }

 private:
  void read_path() {
    guard_.path = reader_.text("path");
    const Setting* at = block_.find("path");
    const bool right = guard_.path.starts_with('/') &&
                       guard_.path.find_first_of(" \t\r\n?#%") == std::string::npos;
    if (!guard_.path.empty() && !right)
      reader_.error(*at, "expected a path like /hooks/desk, without query, blanks or %");
  }

  Proof proof() {
    if (scheme_.name == "gitlab_token") return SecretInHeader{"x-gitlab-token"};
    if (scheme_.name == "token") return SecretInHeader{header_name("header", "")};
    if (scheme_.name == "bearer") return BearerToken{};
    if (scheme_.name == "basic") return UserAndPassword{user()};
    if (scheme_.name == "standard_webhooks") return StandardWebhooks{};
    if (scheme_.name == "mtls") return ClientCertificate{subjects()};
    if (scheme_.name == "addresses") return AddressAlone{};
    return mac();
  }

  Proof mac() {
    BodyMac mac;
    if (scheme_.name == "jira") mac.header = "x-hub-signature";
    if (scheme_.name == "redmine") mac.header = "x-redmine-signature-256";
    if (!scheme_.keys.contains("signs")) return mac;
    if (scheme_.name == "hmac_sha384") mac.hash = Hash::sha384;
    if (scheme_.name == "hmac_sha512") mac.hash = Hash::sha512;
    mac.header = header_name("header", mac.header);
    mac.prefix = prefix(std::string(scheme_.name.substr(5)) + "=");
    const std::string encoding = reader_.one_of("encoding", {"hex", "base64", "base64url"}, "hex");
    if (encoding == "base64") mac.encoding = BodyMac::Encoding::base64;
    if (encoding == "base64url") mac.encoding = BodyMac::Encoding::base64url;
    mac.timestamp_header = header_if_given("timestamp");
    mac.id_header = header_if_given("id");
    mac.signs = signs();
    return mac;
  }

  std::vector<SignedPart> signs() {
    const Setting* at = block_.find("signs");
    const auto parts = parse_signed_text(reader_.text_or("signs", "{body}"));
    if (!parts) {
      if (at != nullptr && std::holds_alternative<Setting::Text>(at->value))
        reader_.error(*at, parts.error());
      return {SignedPart{}};
    }
    signs_header(*parts, SignedPart::Kind::timestamp, "timestamp", "tells when it was sent");
    signs_header(*parts, SignedPart::Kind::id, "id", "holds the id");
    return *parts;
  }

  // What is signed names a header, and a header that is named is signed: else anyone could set it.
  void signs_header(const std::vector<SignedPart>& parts, SignedPart::Kind kind, const char* key,
                    const std::string& what) {
    const bool is_signed = std::any_of(parts.begin(), parts.end(),
                                       [&](const SignedPart& part) { return part.kind == kind; });
    const Setting* at = block_.find(key);
    const std::string placeholder = "{" + std::string(key) + "}";
    if (is_signed && at == nullptr) {
      reader_.error(*block_.find("signs"),
                    placeholder + " needs \"" + key + "\": the name of the header that " + what);
    }
    if (!is_signed && at != nullptr) {
      reader_.error(*at, "is not signed: write it as " + placeholder + " in \"signs\"");
    }
  }

  std::string header_name(const char* key, std::string_view fallback) {
    std::string name = lower(fallback.empty() ? reader_.text(key) : reader_.text_or(key, fallback));
    if (name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_") != name.npos)
      reader_.error(*block_.find(key), "expected the name of an HTTP header");
    return name;
  }

  std::string header_if_given(const char* key) {
    return block_.find(key) == nullptr ? reader_.text_or(key, "") : header_name(key, "");
  }

  std::string prefix(const std::string& fallback) {
    const Setting* at = block_.find("prefix");
    // An empty text is a value here (the signature alone), which text_or() would not take.
    const auto* text = at == nullptr ? nullptr : std::get_if<Setting::Text>(&at->value);
    if (text != nullptr && text->empty()) return reader_.one_of("prefix", {""}, "");
    return reader_.text_or("prefix", fallback);
  }

  std::string user() {
    std::string name = reader_.text("user");
    if (name.find(':') != name.npos)
      reader_.error(*block_.find("user"), "the name of a user has no colon in it");
    return name;
  }

  std::vector<std::string> texts(const char* key, const std::string& expected) {
    std::vector<std::string> found;
    const Setting* list = reader_.list(key);
    if (list == nullptr) return found;
    if (std::get<Setting::List>(list->value).empty())
      reader_.error(*list, "the list is empty: expected " + expected);
    for (const Setting& item : std::get<Setting::List>(list->value)) {
      const auto* text = std::get_if<Setting::Text>(&item.value);
      if (text == nullptr || text->empty()) {
        reader_.error(item, "expected " + expected);
      } else {
        found.push_back(*text);
      }
    }
    return found;
  }

  std::vector<std::string> subjects() {
    if (block_.find("subjects") == nullptr)
      reader_.error("\"subjects\" is missing: a list like [\"CN=gitlab,O=Oslo\"]");
    return texts("subjects", "a certificate's subject, like CN=gitlab,O=Oslo");
  }

  void read_secrets() {
    add_secret("secret", reader_.secret("secret"));
    if (auto old = reader_.secret_if_given("old_secret")) add_secret("old_secret", *std::move(old));
  }

  void add_secret(const char* key, Secret secret) {
    const Setting* at = block_.find(key);
    if (at == nullptr || !std::holds_alternative<Secret>(at->value)) return;
    const bool standard = std::holds_alternative<StandardWebhooks>(guard_.proof);
    if (secret.empty()) {
      reader_.error(*at, "the secret is empty");
    } else if (auto why = standard ? no_standard_key(secret) : std::nullopt) {
      reader_.error(*at, *std::move(why));
    } else {
      guard_.secrets.push_back(std::move(secret));
    }
  }

  void read_addresses() {
    const std::string expected = "an address or a range, like 192.0.2.7 or 2001:db8::/32";
    if (block_.find("addresses") == nullptr && scheme_.name == "addresses")
      reader_.error("\"addresses\" is missing: a list like [192.0.2.0/24]");
    for (const std::string& text : texts("addresses", expected)) {
      const auto range = parse_address_range(text);
      if (!range) {
        reader_.error(*block_.find("addresses"), "\"" + text + "\" is none: expected " + expected +
                                                     ", with no bits set beyond its length");
      } else if (range->bits == 0) {
        reader_.error(*block_.find("addresses"), "\"" + text + "\" is everybody");
      } else {
        guard_.addresses.push_back(*range);
      }
    }
  }

  void read_window() {
    if (!scheme_.keys.contains("window")) return;
    const auto window = reader_.duration("window");
    const Setting* at = block_.find("window");
    if (!window) return;
    const auto* mac = std::get_if<BodyMac>(&guard_.proof);
    if (mac != nullptr && mac->timestamp_header.empty()) {
      reader_.error(*at, "needs \"timestamp\": the name of the header that tells when it was sent");
    } else if (*window < std::chrono::seconds(1) || *window > std::chrono::hours(24)) {
      reader_.error(*at, "expected a time span from 1s to 24h");
    }
    guard_.window = std::chrono::floor<std::chrono::seconds>(*window);
  }

  const Setting& block_;
  const Scheme& scheme_;
  SettingsReader reader_;
  WebhookGuard guard_;
};

bool of_another_scheme(const std::string& key, const Scheme& scheme) {
  return !scheme.keys.contains(key) &&
         std::any_of(schemes().begin(), schemes().end(),
                     [&](const Scheme& other) { return other.keys.contains(key); });
}

// The block without the keys of other schemes, each of which is an error.
Setting own_keys(const Setting& webhook, const Scheme& scheme, Errors& errors) {
  const auto* map = std::get_if<Setting::Map>(&webhook.value);
  if (map == nullptr) return webhook;
  Setting::Map kept;
  for (const auto& [key, setting] : *map) {
    if (!of_another_scheme(key, scheme)) {
      kept.push_back({key, setting});
    } else {
      errors.push_back({setting.where, setting.path + ": the scheme " + std::string(scheme.name) +
                                           " has no \"" + key + "\": leave it out"});
    }
  }
  return {webhook.where, webhook.path, std::move(kept)};
}

std::string read_scheme(const Setting& webhook, std::string_view fallback, Errors& errors) {
  if (webhook.find("scheme") == nullptr) return std::string(fallback);
  const Setting alone{webhook.where, webhook.path,
                      Setting::Map{{"scheme", *webhook.find("scheme")}}};
  std::vector<std::string> names;
  for (const Scheme& scheme : schemes()) names.emplace_back(scheme.name);
  SettingsReader reader(alone);
  const std::string name = reader.one_of("scheme", names, "");
  const Errors found = reader.finish();
  errors.insert(errors.end(), found.begin(), found.end());
  return name;
}

}  // namespace

WebhookGuard read_webhook_guard(const Setting& webhook, Errors& errors, std::string_view scheme) {
  // What else is right depends on the scheme: with an unknown one, that is the error to mend first.
  const std::string name = read_scheme(webhook, scheme, errors);
  if (name.empty()) return {};
  const Setting own = own_keys(webhook, scheme_named(name), errors);
  return WebhookBlock(own, scheme_named(name)).read(errors);
}

}  // namespace saksbro::codec
