// The `webhook:` block: what each scheme means, and the whole text of each error.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bridge/codec/webhook/signature.h"

namespace saksbro::codec {
namespace {

using testing::ElementsAre;

struct Texts {
  std::vector<std::string> items;
};
using Value = std::variant<std::string, Secret, Texts>;
using Members = std::vector<std::pair<std::string, Value>>;

Setting webhook(const Members& members) {
  Setting::Map map;
  for (const auto& [key, value] : members) {
    const std::string where = "c.yaml:" + std::to_string(map.size() + 2) + ":5";
    Setting setting{where, "webhook." + key, {}};
    if (const auto* text = std::get_if<std::string>(&value)) setting.value = *text;
    if (const auto* secret = std::get_if<Secret>(&value)) setting.value = *secret;
    if (const auto* list = std::get_if<Texts>(&value)) {
      Setting::List items;
      for (const std::string& item : list->items) {
        const std::string path = setting.path + "[" + std::to_string(items.size()) + "]";
        items.push_back({where, path, item});
      }
      setting.value = std::move(items);
    }
    map.emplace_back(key, std::move(setting));
  }
  return {"c.yaml:1:3", "webhook", std::move(map)};
}

std::vector<std::string> errors_of(const Setting& setting) {
  Errors errors;
  (void)read_webhook_guard(setting, errors);
  std::vector<std::string> texts;
  for (const Error& error : errors) texts.push_back(error.text());
  return texts;
}

WebhookGuard read(const Members& members, std::string_view scheme = "hmac_sha256") {
  Errors errors;
  WebhookGuard guard = read_webhook_guard(webhook(members), errors, scheme);
  for (const Error& error : errors) ADD_FAILURE() << error.text();
  return guard;
}

const Secret kSecret("hemmelig");
const Secret kWhsec("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
const Secret kWhpk("whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");
const std::string kPath = "/hooks/desk";

TEST(WebhookGuard, IsAnHmacUnlessToldOtherwise) {
  const WebhookGuard guard = read({{"path", kPath}, {"secret", kSecret}});
  EXPECT_EQ(guard.path, "/hooks/desk");
  const auto& mac = std::get<BodyMac>(guard.proof);
  EXPECT_EQ(mac.hash, Hash::sha256);
  EXPECT_EQ(mac.header, "x-saksbro-signature");
  EXPECT_EQ(mac.prefix, "sha256=");
  EXPECT_EQ(mac.encoding, BodyMac::Encoding::hex);
  EXPECT_THAT(mac.signs, ElementsAre(SignedPart{}));
  EXPECT_EQ(guard.window, std::chrono::minutes(5));
  EXPECT_TRUE(guard.addresses.empty());
  ASSERT_EQ(guard.secrets.size(), 1U);
  EXPECT_EQ(guard.secrets[0].reveal(), "hemmelig");
}

TEST(WebhookGuard, IsWhatTheConnectorExpectsWhenNothingIsSaid) {
  const auto mac = std::get<BodyMac>(read({{"path", kPath}, {"secret", kSecret}}, "redmine").proof);
  EXPECT_EQ(mac.header, "x-redmine-signature-256");
}

TEST(WebhookGuard, HasTwoSecretsWhileOneIsRotatedOut) {
  const WebhookGuard guard =
      read({{"path", kPath}, {"secret", kSecret}, {"old_secret", Secret("gammel")}});
  ASSERT_EQ(guard.secrets.size(), 2U);
  EXPECT_EQ(guard.secrets[1].reveal(), "gammel");
}

TEST(WebhookGuard, OfATrackerNeedsNothingButItsName) {
  const auto of = [](const char* scheme) {
    return read({{"path", kPath}, {"secret", kSecret}, {"scheme", scheme}}).proof;
  };
  EXPECT_EQ(std::get<SecretInHeader>(of("gitlab_token")).header, "x-gitlab-token");
  EXPECT_EQ(std::get<BodyMac>(of("jira")).header, "x-hub-signature");
  EXPECT_EQ(std::get<BodyMac>(of("jira")).prefix, "sha256=");
  EXPECT_EQ(std::get<BodyMac>(of("redmine")).header, "x-redmine-signature-256");
  EXPECT_EQ(std::get<BodyMac>(of("redmine")).prefix, "sha256=");
  EXPECT_TRUE(std::holds_alternative<BearerToken>(of("bearer")));
}

TEST(WebhookGuard, OfAnHmacTakesAllThatASupplierMayDoInItsOwnWay) {
  const WebhookGuard guard = read({{"path", kPath},
                                   {"secret", kSecret},
                                   {"scheme", "hmac_sha512"},
                                   {"header", "X-Supplier-Signature"},
                                   {"prefix", ""},
                                   {"encoding", "base64url"},
                                   {"signs", "v0:{timestamp}:{id}:{method} {path}\n{body}"},
                                   {"timestamp", "X-Supplier-Time"},
                                   {"id", "X-Supplier-Id"},
                                   {"window", "90s"}});
  const auto& mac = std::get<BodyMac>(guard.proof);
  EXPECT_EQ(mac.hash, Hash::sha512);
  EXPECT_EQ(mac.header, "x-supplier-signature");
  EXPECT_EQ(mac.prefix, "");
  EXPECT_EQ(mac.encoding, BodyMac::Encoding::base64url);
  EXPECT_EQ(mac.timestamp_header, "x-supplier-time");
  EXPECT_EQ(mac.id_header, "x-supplier-id");
  using Kind = SignedPart::Kind;
  EXPECT_THAT(mac.signs, ElementsAre(SignedPart{Kind::text, "v0:"}, SignedPart{Kind::timestamp, ""},
                                     SignedPart{Kind::text, ":"}, SignedPart{Kind::id, ""},
                                     SignedPart{Kind::text, ":"}, SignedPart{Kind::method, ""},
                                     SignedPart{Kind::text, " "}, SignedPart{Kind::path, ""},
                                     SignedPart{Kind::text, "\n"}, SignedPart{}));
  EXPECT_EQ(guard.window, std::chrono::seconds(90));
}

TEST(WebhookGuard, OfAnHmacBeginsWithTheNameOfItsHash) {
  const auto prefix = [](const char* scheme) {
    return std::get<BodyMac>(read({{"path", kPath}, {"secret", kSecret}, {"scheme", scheme}}).proof)
        .prefix;
  };
  EXPECT_EQ(prefix("hmac_sha256"), "sha256=");
  EXPECT_EQ(prefix("hmac_sha384"), "sha384=");
  EXPECT_EQ(prefix("hmac_sha512"), "sha512=");
}

TEST(WebhookGuard, OfStandardWebhooksTakesASharedKeyOrAPublicOne) {
  const WebhookGuard guard = read({{"path", kPath},
                                   {"secret", kWhpk},
                                   {"old_secret", kWhsec},
                                   {"scheme", "standard_webhooks"},
                                   {"window", "10m"}});
  EXPECT_TRUE(std::holds_alternative<StandardWebhooks>(guard.proof));
  EXPECT_EQ(guard.secrets.size(), 2U);
  EXPECT_EQ(guard.window, std::chrono::minutes(10));
}

TEST(WebhookGuard, OfTheOtherSchemesHasWhatTheyNeed) {
  EXPECT_EQ(
      std::get<SecretInHeader>(
          read({{"path", kPath}, {"secret", kSecret}, {"scheme", "token"}, {"header", "X-Api-Key"}})
              .proof)
          .header,
      "x-api-key");
  EXPECT_EQ(
      std::get<UserAndPassword>(
          read({{"path", kPath}, {"secret", kSecret}, {"scheme", "basic"}, {"user", "supplier"}})
              .proof)
          .user,
      "supplier");
  const WebhookGuard certificate = read(
      {{"path", kPath}, {"scheme", "mtls"}, {"subjects", Texts{{"CN=gitlab,O=Oslo", "CN=new"}}}});
  EXPECT_THAT(std::get<ClientCertificate>(certificate.proof).subjects,
              ElementsAre("CN=gitlab,O=Oslo", "CN=new"));
  EXPECT_TRUE(certificate.secrets.empty());
}

TEST(WebhookGuard, MayAskForAnAddressBesideTheProofOrSayThatItIsEnough) {
  const WebhookGuard beside = read({{"path", kPath},
                                    {"secret", kSecret},
                                    {"addresses", Texts{{"192.0.2.0/24", "2001:db8::1"}}}});
  EXPECT_EQ(beside.addresses.size(), 2U);
  const WebhookGuard alone =
      read({{"path", kPath}, {"scheme", "addresses"}, {"addresses", Texts{{"192.0.2.7"}}}});
  EXPECT_TRUE(std::holds_alternative<AddressAlone>(alone.proof));
}

struct Row {
  const char* name;
  Members members;
  std::vector<std::string> errors;
};

class WebhookGuardErrors : public testing::TestWithParam<Row> {};

TEST_P(WebhookGuardErrors, AreAllNamedWithTheirPlace) {
  EXPECT_EQ(errors_of(webhook(GetParam().members)), GetParam().errors);
}

Members with(const char* scheme, const Members& more, const Secret& secret = kSecret) {
  Members all{{"path", kPath}, {"secret", secret}, {"scheme", scheme}};
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

const std::string kSigned =
    "expected a text with {timestamp}, {id}, {method}, {path}, {target} and {body}";

const Row kRows[] = {
    {"NothingGiven",
     {},
     {"c.yaml:1:3: webhook: \"path\" is missing",
      "c.yaml:1:3: webhook: \"secret\" is missing: expected { env: NAME }, { file: PATH } or { "
      "credential: NAME }"}},
    {"PathWithoutSlash",
     {{"path", "hooks"}, {"secret", kSecret}},
     {"c.yaml:2:5: webhook.path: expected a path like /hooks/desk, without query, blanks or %"}},
    {"PathWithQuery",
     {{"path", "/hooks?x=1"}, {"secret", kSecret}},
     {"c.yaml:2:5: webhook.path: expected a path like /hooks/desk, without query, blanks or %"}},
    {"SecretInTheFile",
     {{"path", kPath}, {"secret", "hemmelig"}},
     {"c.yaml:3:5: webhook.secret: a secret must not be written in the configuration itself: use { "
      "env: NAME }, { file: PATH } or { credential: NAME }"}},
    {"SecretEmpty",
     {{"path", kPath}, {"secret", Secret()}},
     {"c.yaml:3:5: webhook.secret: the secret is empty"}},
    {"OldSecretEmpty",
     {{"path", kPath}, {"secret", kSecret}, {"old_secret", Secret()}},
     {"c.yaml:4:5: webhook.old_secret: the secret is empty"}},
    {"SecretNotForStandardWebhooks",
     with("standard_webhooks", {}),
     {"c.yaml:3:5: webhook.secret: expected whsec_ and the base64 of 24 to 64 bytes, or whpk_ and "
      "that of an ed25519 key"}},
    {"PublicKeyTooShort",
     with("standard_webhooks", {}, Secret("whpk_AAAA")),
     {"c.yaml:3:5: webhook.secret: expected whsec_ and the base64 of 24 to 64 bytes, or whpk_ and "
      "that of an ed25519 key"}},
    {"KeysOfAnotherScheme",
     with("standard_webhooks", {{"header", "x"}, {"prefix", "y"}}, kWhsec),
     {"c.yaml:5:5: webhook.header: the scheme standard_webhooks has no \"header\": leave it out",
      "c.yaml:6:5: webhook.prefix: the scheme standard_webhooks has no \"prefix\": leave it out"}},
    {"HeaderOfGitLab",
     with("gitlab_token", {{"header", "x-gitlab-token"}}),
     {"c.yaml:5:5: webhook.header: the scheme gitlab_token has no \"header\": leave it out"}},
    {"SecretOfACertificate",
     with("mtls", {{"subjects", Texts{{"CN=a"}}}}),
     {"c.yaml:3:5: webhook.secret: the scheme mtls has no \"secret\": leave it out"}},
    {"TokenWithoutHeader", with("token", {}), {"c.yaml:1:3: webhook: \"header\" is missing"}},
    {"NoHeader",
     {{"path", kPath}, {"secret", kSecret}, {"header", "X-Signature:"}},
     {"c.yaml:4:5: webhook.header: expected the name of an HTTP header"}},
    {"UnknownEncoding",
     with("hmac_sha256", {{"encoding", "base46"}}),
     {"c.yaml:5:5: webhook.encoding: unknown value \"base46\": expected one of hex, base64, "
      "base64url; did you mean \"base64\"?"}},
    {"SignsNoBody",
     with("hmac_sha256", {{"signs", "{path}"}}),
     {"c.yaml:5:5: webhook.signs: {body} is missing: anybody could change an unsigned body"}},
    {"SignsWhatNobodyKnows",
     with("hmac_sha256", {{"signs", "{time}.{body}"}}),
     {"c.yaml:5:5: webhook.signs: " + kSigned}},
    {"SignsWithoutEnd",
     with("hmac_sha256", {{"signs", "{body"}}),
     {"c.yaml:5:5: webhook.signs: " + kSigned}},
    {"SignsWithoutBeginning",
     with("hmac_sha256", {{"signs", "body}"}}),
     {"c.yaml:5:5: webhook.signs: " + kSigned}},
    {"SignsATimeThatTouches",
     with("hmac_sha256", {{"signs", "{timestamp}{body}"}, {"timestamp", "x-time"}}),
     {"c.yaml:5:5: webhook.signs: {timestamp} and {id} need a character between them and what "
      "stands beside them"}},
    {"SignsATimeOfNoHeader",
     with("hmac_sha256", {{"signs", "{timestamp}.{body}"}}),
     {"c.yaml:5:5: webhook.signs: {timestamp} needs \"timestamp\": the name of the header that "
      "tells when it was sent"}},
    {"SignsAnIdOfNoHeader",
     with("hmac_sha256", {{"signs", "{id}.{body}"}}),
     {"c.yaml:5:5: webhook.signs: {id} needs \"id\": the name of the header that holds the id"}},
    {"TimeThatIsNotSigned",
     with("hmac_sha256", {{"timestamp", "x-time"}}),
     {"c.yaml:5:5: webhook.timestamp: is not signed: write it as {timestamp} in \"signs\""}},
    {"IdThatIsNotSigned",
     with("hmac_sha256", {{"id", "x-id"}}),
     {"c.yaml:5:5: webhook.id: is not signed: write it as {id} in \"signs\""}},
    {"WindowWithoutTime",
     with("hmac_sha256", {{"window", "5m"}}),
     {"c.yaml:5:5: webhook.window: needs \"timestamp\": the name of the header that tells when it "
      "was sent"}},
    {"WindowOfNothing",
     with("standard_webhooks", {{"window", "0s"}}, kWhsec),
     {"c.yaml:5:5: webhook.window: expected a time span from 1s to 24h"}},
    {"WindowOfDays",
     with("standard_webhooks", {{"window", "2d"}}, kWhsec),
     {"c.yaml:5:5: webhook.window: expected a time span from 1s to 24h"}},
    {"WindowWithoutUnit",
     with("standard_webhooks", {{"window", "300"}}, kWhsec),
     {"c.yaml:5:5: webhook.window: expected a time span like 250ms, 10s, 5m, 2h or 7d"}},
    {"UserMissing", with("basic", {}), {"c.yaml:1:3: webhook: \"user\" is missing"}},
    {"UserWithColon",
     with("basic", {{"user", "a:b"}}),
     {"c.yaml:5:5: webhook.user: the name of a user has no colon in it"}},
    {"SubjectsMissing",
     {{"path", kPath}, {"scheme", "mtls"}},
     {"c.yaml:1:3: webhook: \"subjects\" is missing: a list like [\"CN=gitlab,O=Oslo\"]"}},
    {"SubjectsNone",
     {{"path", kPath}, {"scheme", "mtls"}, {"subjects", Texts{}}},
     {"c.yaml:4:5: webhook.subjects: the list is empty: expected a certificate's subject, like "
      "CN=gitlab,O=Oslo"}},
    {"SubjectEmpty",
     {{"path", kPath}, {"scheme", "mtls"}, {"subjects", Texts{{""}}}},
     {"c.yaml:4:5: webhook.subjects[0]: expected a certificate's subject, like CN=gitlab,O=Oslo"}},
    {"AddressesMissing",
     {{"path", kPath}, {"scheme", "addresses"}},
     {"c.yaml:1:3: webhook: \"addresses\" is missing: a list like [192.0.2.0/24]"}},
    {"AddressesNone",
     {{"path", kPath}, {"scheme", "addresses"}, {"addresses", Texts{}}},
     {"c.yaml:4:5: webhook.addresses: the list is empty: expected an address or a range, like "
      "192.0.2.7 or 2001:db8::/32"}},
    {"AddressesOfNames",
     {{"path", kPath},
      {"secret", kSecret},
      {"addresses", Texts{{"gitlab.example", "192.0.2.7/24"}}}},
     {"c.yaml:4:5: webhook.addresses: \"gitlab.example\" is none: expected an address or a range, "
      "like 192.0.2.7 or 2001:db8::/32, with no bits set beyond its length",
      "c.yaml:4:5: webhook.addresses: \"192.0.2.7/24\" is none: expected an address or a range, "
      "like 192.0.2.7 or 2001:db8::/32, with no bits set beyond its length"}},
    {"AddressesOfEverybody",
     {{"path", kPath}, {"scheme", "addresses"}, {"addresses", Texts{{"0.0.0.0/0", "::/0"}}}},
     {"c.yaml:4:5: webhook.addresses: \"0.0.0.0/0\" is everybody",
      "c.yaml:4:5: webhook.addresses: \"::/0\" is everybody"}},
    {"UnknownScheme",
     {{"path", kPath}, {"secret", kSecret}, {"scheme", "hmac_sha265"}},
     {"c.yaml:4:5: webhook.scheme: unknown value \"hmac_sha265\": expected one of addresses, "
      "basic, bearer, gitlab_token, hmac_sha256, hmac_sha384, hmac_sha512, jira, mtls, redmine, "
      "standard_webhooks, token; did you mean \"hmac_sha256\"?"}},
    {"UnknownKey",
     with("jira", {{"adresses", "x"}}),
     {"c.yaml:5:5: webhook.adresses: unknown key; expected one of addresses, old_secret, path, "
      "scheme, secret; did you mean \"addresses\"?"}},
};

INSTANTIATE_TEST_SUITE_P(Settings, WebhookGuardErrors, testing::ValuesIn(kRows),
                         [](const auto& row) { return row.param.name; });

TEST(WebhookGuard, ThatIsNoMapIsAnError) {
  const Setting text{"c.yaml:1:3", "webhook", std::string("/hooks/desk")};
  EXPECT_EQ(errors_of(text),
            (std::vector<std::string>{
                "c.yaml:1:3: webhook: expected a map of settings",
                "c.yaml:1:3: webhook: \"path\" is missing",
                "c.yaml:1:3: webhook: \"secret\" is missing: expected { env: NAME }, { file: PATH "
                "} or { credential: NAME }"}));
}

}  // namespace
}  // namespace saksbro::codec
