#include <gtest/gtest.h>

#include "bridge/codec/webhook_signature.h"

namespace saksbro::codec {
namespace {

using Scheme = WebhookGuard::Scheme;
using Members = std::vector<std::pair<std::string, std::variant<std::string, Secret>>>;

Setting webhook(const Members& members) {
  Setting::Map map;
  for (const auto& [key, value] : members) {
    Setting setting{"c.yaml:" + std::to_string(map.size() + 2) + ":5", "webhook." + key, {}};
    if (const auto* text = std::get_if<std::string>(&value)) setting.value = *text;
    if (const auto* secret = std::get_if<Secret>(&value)) setting.value = *secret;
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

WebhookGuard read(const Members& members) {
  Errors errors;
  WebhookGuard guard = read_webhook_guard(webhook(members), errors);
  for (const Error& error : errors) ADD_FAILURE() << error.text();
  return guard;
}

const Secret kSecret("hemmelig");
const Secret kWhsec("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
const std::string kPath = "/hooks/desk";

TEST(WebhookGuard, IsAnHmacUnlessToldOtherwise) {
  const WebhookGuard guard = read({{"path", kPath}, {"secret", kSecret}});
  EXPECT_EQ(guard.path, "/hooks/desk");
  EXPECT_EQ(guard.scheme, Scheme::hmac_sha256);
  EXPECT_EQ(guard.header, "x-saksbro-signature");
  EXPECT_EQ(guard.prefix, "sha256=");
  EXPECT_EQ(guard.tolerance, std::chrono::minutes(5));
  ASSERT_EQ(guard.secrets.size(), 1U);
  EXPECT_EQ(guard.secrets[0].reveal(), "hemmelig");
}

TEST(WebhookGuard, TakesTheHeaderAndThePrefixOfATracker) {
  const WebhookGuard guard = read({{"path", kPath},
                                   {"secret", kSecret},
                                   {"header", "X-Redmine-Signature-256"},
                                   {"prefix", ""}});
  EXPECT_EQ(guard.header, "x-redmine-signature-256");
  EXPECT_EQ(guard.prefix, "");
}

TEST(WebhookGuard, HasTwoSecretsWhileOneIsRotatedOut) {
  const WebhookGuard guard =
      read({{"path", kPath}, {"secret", kSecret}, {"old_secret", Secret("gammel")}});
  ASSERT_EQ(guard.secrets.size(), 2U);
  EXPECT_EQ(guard.secrets[1].reveal(), "gammel");
}

TEST(WebhookGuard, OfATokenHasTheHeaderOfGitLab) {
  const WebhookGuard guard =
      read({{"path", kPath}, {"secret", kSecret}, {"scheme", std::string("token")}});
  EXPECT_EQ(guard.scheme, Scheme::token);
  EXPECT_EQ(guard.header, "x-gitlab-token");
  EXPECT_EQ(guard.prefix, "");
}

TEST(WebhookGuard, OfStandardWebhooksNeedsNoMore) {
  const WebhookGuard guard =
      read({{"path", kPath}, {"secret", kWhsec}, {"scheme", std::string("standard_webhooks")}});
  EXPECT_EQ(guard.scheme, Scheme::standard_webhooks);
  EXPECT_EQ(guard.header, "");
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

const Row kRows[] = {
    {"NothingGiven",
     {},
     {"c.yaml:1:3: webhook: \"path\" is missing",
      "c.yaml:1:3: webhook: \"secret\" is missing: expected { env: NAME } or { file: PATH }"}},
    {"PathWithoutSlash",
     {{"path", "hooks"}, {"secret", kSecret}},
     {"c.yaml:2:5: webhook.path: expected a path like /hooks/desk, without query, blanks or %"}},
    {"PathWithQuery",
     {{"path", "/hooks?x=1"}, {"secret", kSecret}},
     {"c.yaml:2:5: webhook.path: expected a path like /hooks/desk, without query, blanks or %"}},
    {"SecretInTheFile",
     {{"path", kPath}, {"secret", "hemmelig"}},
     {"c.yaml:3:5: webhook.secret: a secret does not stand in the configuration itself: write { "
      "env: NAME } or { file: PATH }"}},
    {"SecretEmpty",
     {{"path", kPath}, {"secret", Secret()}},
     {"c.yaml:3:5: webhook.secret: the secret is empty"}},
    {"OldSecretEmpty",
     {{"path", kPath}, {"secret", kSecret}, {"old_secret", Secret()}},
     {"c.yaml:4:5: webhook.old_secret: the secret is empty"}},
    {"SecretNotForStandardWebhooks",
     {{"path", kPath}, {"secret", kSecret}, {"scheme", "standard_webhooks"}},
     {"c.yaml:3:5: webhook.secret: expected whsec_ and the base64 of 24 to 64 bytes"}},
    {"HeaderAndPrefixOfStandardWebhooks",
     {{"path", kPath},
      {"secret", kWhsec},
      {"scheme", "standard_webhooks"},
      {"header", "x"},
      {"prefix", "y"}},
     {"c.yaml:5:5: webhook.header: standard_webhooks has headers of its own: leave this out",
      "c.yaml:6:5: webhook.prefix: only hmac_sha256 has a prefix: leave this out"}},
    {"PrefixOfAToken",
     {{"path", kPath}, {"secret", kSecret}, {"scheme", "token"}, {"prefix", "Bearer "}},
     {"c.yaml:5:5: webhook.prefix: only hmac_sha256 has a prefix: leave this out"}},
    {"NoHeader",
     {{"path", kPath}, {"secret", kSecret}, {"header", "X-Signature:"}},
     {"c.yaml:4:5: webhook.header: expected the name of an HTTP header"}},
    {"UnknownScheme",
     {{"path", kPath}, {"secret", kSecret}, {"scheme", "hmac_sha265"}},
     {"c.yaml:4:5: webhook.scheme: unknown value \"hmac_sha265\": expected one of hmac_sha256, "
      "standard_webhooks, token; did you mean \"hmac_sha256\"?"}},
    {"UnknownKey",
     {{"path", kPath}, {"secret", kSecret}, {"hedder", "x"}},
     {"c.yaml:4:5: webhook.hedder: unknown key; expected one of header, old_secret, path, prefix, "
      "scheme, secret; did you mean \"header\"?"}},
};

INSTANTIATE_TEST_SUITE_P(Settings, WebhookGuardErrors, testing::ValuesIn(kRows),
                         [](const auto& row) { return row.param.name; });

TEST(WebhookGuard, ThatIsNoMapIsAnError) {
  const Setting text{"c.yaml:1:3", "webhook", std::string("/hooks/desk")};
  EXPECT_EQ(errors_of(text),
            (std::vector<std::string>{
                "c.yaml:1:3: webhook: expected a map of settings",
                "c.yaml:1:3: webhook: \"path\" is missing",
                "c.yaml:1:3: webhook: \"secret\" is missing: expected { env: NAME } or { file: "
                "PATH }"}));
}

}  // namespace
}  // namespace saksbro::codec
