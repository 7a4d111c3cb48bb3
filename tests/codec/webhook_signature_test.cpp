// docs/libraries.md 1: what a signature lets in, and above all what it does not.
#include <gtest/gtest.h>

#include <fstream>

#include "bridge/codec/digest.h"
#include "bridge/codec/json.h"
#include "bridge/codec/webhook/signature.h"
#include "bridge/codec/webhook/template.h"

namespace saksbro::codec {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr long long kSent = 1614265330;
constexpr const char* kWhsec = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
constexpr const char* kOther = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";
constexpr const char* kSignature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
constexpr const char* kWrong = "v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

std::vector<Secret> secrets(const std::vector<const char*>& values) {
  return {values.begin(), values.end()};
}

WebhookGuard hmac(const std::vector<const char*>& keys) {
  return {"/hooks/desk", BodyMac{}, secrets(keys), {}};
}

WebhookGuard standard(const std::vector<const char*>& keys) {
  return {"/hooks/desk", StandardWebhooks{}, secrets(keys), {}};
}

WebhookGuard token(const std::vector<const char*>& keys) {
  return {"/hooks/desk", SecretInHeader{"x-gitlab-token"}, secrets(keys), {}};
}

Arrival arrival(Headers headers, std::string body, Instant at = Instant{seconds(kSent)}) {
  return {"POST", "/hooks/desk", std::move(headers), std::move(body), "192.0.2.1", at};
}

std::string verdict(const WebhookGuard& guard, const Arrival& one) {
  const auto checked = check(guard, one);
  return checked ? "authentic" : checked.error().text();
}

std::string signature(const char* key, const std::string& body) {
  return "sha256=" + to_hex(hmac_sha256(Secret(key), body));
}

Arrival signed_arrival(const std::string& body) {
  return arrival({{"x-saksbro-signature", signature("key", body)}}, body);
}

// The vector of the Standard Webhooks specification, with the headers in `change` replaced; an
// empty value takes the header away.
Arrival standard_arrival(const Headers& change = {}, Instant at = Instant{seconds(kSent)}) {
  Headers headers{{"webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"},
                  {"webhook-timestamp", "1614265330"},
                  {"webhook-signature", kSignature}};
  for (const auto& [name, value] : change) {
    headers[name] = value;
    if (value.empty()) headers.erase(name);
  }
  return arrival(std::move(headers), R"({"test": 2432232314})", at);
}

std::string read_data(const std::string& name) {
  std::ifstream file(SAKSBRO_SOURCE "/tests/codec/data/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

WebhookGuard guard_of(const std::string& scheme, const std::string& secret) {
  const auto item = [](const char* key, std::variant<std::string, Secret> value) {
    Setting setting{"c.yaml:1:1", key, {}};
    std::visit([&](auto& one) { setting.value = one; }, value);
    return Setting::Entry{key, std::move(setting)};
  };
  const Setting block{"c.yaml:1:1", "webhook",
                      Setting::Map{item("path", "/hooks/desk"), item("scheme", scheme),
                                   item("secret", Secret(secret))}};
  Errors errors;
  WebhookGuard guard = read_webhook_guard(block, errors);
  for (const Error& error : errors) ADD_FAILURE() << error.text();
  return guard;
}

TEST(WebhookSignature, AgreesWithVectorsThatOthersMade) {
  const auto vectors = parse_json(read_data("signature-vectors.json"), "vectors").value();
  ASSERT_EQ(vectors.size(), 6U);
  for (const Json& vector : vectors) {
    const WebhookGuard guard = guard_of(vector["scheme"], vector["secret"]);
    const std::string body = vector.contains("body") ? vector["body"].get<std::string>()
                                                     : read_data(vector["body_file"]);
    Arrival one = arrival(vector["headers"].get<Headers>(), body,
                          Instant{seconds(integer_at(vector, "at").value_or(0))});
    EXPECT_EQ(verdict(guard, one), vector["says"].get<std::string>()) << vector["name"];
    one.body += '\n';
    EXPECT_NE(verdict(guard, one), "authentic") << vector["name"];
  }
}

std::string delivery(const WebhookGuard& guard, const Arrival& one) {
  const auto accepted = accept_signed(guard, SystemName{"desk"}, one);
  return accepted ? accepted->text() : accepted.error().text();
}

TEST(DeliveryId, IsTheIdThatTheSenderSigned) {
  EXPECT_EQ(delivery(standard({kWhsec}), standard_arrival()), "id:msg_p5jXN8AQM9LWM0D4loKWxJek");
  const auto signs = parse_signed_text("{id}.{body}").value();
  BodyMac mac;
  mac.signs = signs;
  mac.id_header = "x-id";
  const WebhookGuard guard{"/hooks/desk", mac, secrets({"key"}), {}};
  const auto sent = [&](const std::string& id) {
    return arrival({{"x-id", id}, {"x-saksbro-signature", signature("key", id + ".{}")}}, "{}");
  };
  EXPECT_EQ(delivery(guard, sent("1")), "id:1");
  EXPECT_EQ(delivery(guard, sent("2")), "id:2") << "two events with equal bodies are two";
  const std::string longer(101, 'a');
  EXPECT_EQ(delivery(guard, sent(longer)), "id:sha256:" + to_hex(sha256(longer)));
}

TEST(DeliveryId, IsTheBodyWhereNoIdIsSigned) {
  Arrival one = signed_arrival("{}");
  const std::string body = "sha256:" + to_hex(sha256("{}"));
  EXPECT_EQ(delivery(hmac({"key"}), one), body);
  one.headers["webhook-id"] = "7";
  EXPECT_EQ(delivery(hmac({"key"}), one), body) << "anybody could have written it";
}

TEST(WebhookSignature, TakesAnyBytesForABody) {
  const std::vector<std::string> bodies = {"",
                                           "{}",
                                           "{}\n",
                                           "{}\r\n",
                                           std::string("\0", 1),
                                           std::string("{\"a\":\"\0\"}", 9),
                                           "\xff\xfe",
                                           "bl\xe5",
                                           std::string(1'048'576, 'x')};
  for (const std::string& body : bodies)
    EXPECT_EQ(verdict(hmac({"key"}), signed_arrival(body)), "authentic");
}

TEST(WebhookSignature, IsOverTheExactBytes) {
  const std::string body("{\"a\":1,\"b\":\"\0\"}", 15);
  const std::vector<std::string> others = {"",
                                           body + "\n",
                                           body + std::string("\0", 1),
                                           body.substr(0, 12),
                                           " " + body,
                                           "{\"a\":1,\"b\":\"\"}",
                                           "{\"b\":\"\",\"a\":1}",
                                           body + "\r\n"};
  for (const std::string& other : others) {
    Arrival one = signed_arrival(body);
    one.body = other;
    EXPECT_EQ(verdict(hmac({"key"}), one),
              "webhook /hooks/desk: the signature in \"x-saksbro-signature\" does not match what "
              "was sent");
  }
}

struct Row {
  const char* name;
  WebhookGuard guard;
  Arrival arrival;
  const char* verdict;
};

class WebhookCheck : public testing::TestWithParam<Row> {};

TEST_P(WebhookCheck, FollowsTheTable) {
  EXPECT_EQ(verdict(GetParam().guard, GetParam().arrival), GetParam().verdict);
}

Arrival with_signature(const std::string& text) {
  return arrival({{"x-saksbro-signature", text}}, "{}");
}

Instant after(std::chrono::milliseconds time) { return Instant{seconds(kSent)} + time; }

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

const char* const kNoMatch = "webhook /hooks/desk: no signature in \"webhook-signature\" matches";
const char* const kNotHex =
    "webhook /hooks/desk: the signature in \"x-saksbro-signature\" is not 32 bytes as hexadecimal "
    "digits";

const Row kHmac[] = {
    {"HmacMissing", hmac({"key"}), arrival({}, "{}"),
     "webhook /hooks/desk: the header \"x-saksbro-signature\" is missing"},
    {"HmacEmpty", hmac({"key"}), with_signature(""),
     "webhook /hooks/desk: the header \"x-saksbro-signature\" is missing"},
    {"HmacWithoutPrefix", hmac({"key"}), with_signature(signature("key", "{}").substr(7)),
     "webhook /hooks/desk: the header \"x-saksbro-signature\" does not begin with \"sha256=\""},
    {"HmacOfAnotherKind", hmac({"key"}), with_signature("sha1=00"),
     "webhook /hooks/desk: the header \"x-saksbro-signature\" does not begin with \"sha256=\""},
    {"HmacOnlyThePrefix", hmac({"key"}), with_signature("sha256="), kNotHex},
    {"HmacTooShort", hmac({"key"}), with_signature(signature("key", "{}").substr(0, 69)), kNotHex},
    {"HmacTooLong", hmac({"key"}), with_signature(signature("key", "{}") + "00"), kNotHex},
    {"HmacWithBlank", hmac({"key"}), with_signature(signature("key", "{}") + " "), kNotHex},
    {"HmacOfTheOldSecret", hmac({"new", "old"}), with_signature(signature("old", "{}")),
     "authentic"},
    {"HmacOfTheNewSecret", hmac({"new", "old"}), with_signature(signature("new", "{}")),
     "authentic"},
    {"HmacOfARetiredSecret", hmac({"new"}), with_signature(signature("old", "{}")),
     "webhook /hooks/desk: the signature in \"x-saksbro-signature\" does not match what was sent"},
    {"HmacOfTheEmptySecret", hmac({"", "key"}), with_signature(signature("", "{}")),
     "webhook /hooks/desk: the signature in \"x-saksbro-signature\" does not match what was sent"},
    {"HmacWithoutSecret", hmac({}), with_signature(signature("", "{}")),
     "webhook /hooks/desk: no secret is configured"},
    {"HmacOnlyTheEmptySecret", hmac({""}), with_signature(signature("", "{}")),
     "webhook /hooks/desk: no secret is configured"},
};

const Row kToken[] = {
    {"TokenRight", token({"let-me-in"}), arrival({{"x-gitlab-token", "let-me-in"}}, "x"),
     "authentic"},
    {"TokenOld", token({"new", "let-me-in"}), arrival({{"x-gitlab-token", "let-me-in"}}, ""),
     "authentic"},
    {"TokenWrong", token({"let-me-in"}), arrival({{"x-gitlab-token", "let-me-im"}}, ""),
     "webhook /hooks/desk: the token in \"x-gitlab-token\" is wrong"},
    {"TokenOnlyBegun", token({"let-me-in"}), arrival({{"x-gitlab-token", "let-me"}}, ""),
     "webhook /hooks/desk: the token in \"x-gitlab-token\" is wrong"},
    {"TokenMissing", token({"let-me-in"}), arrival({{"x-other", "let-me-in"}}, ""),
     "webhook /hooks/desk: the header \"x-gitlab-token\" is missing"},
    {"TokenEmpty", token({"", "let-me-in"}), arrival({{"x-gitlab-token", ""}}, ""),
     "webhook /hooks/desk: the header \"x-gitlab-token\" is missing"},
};

const Row kStandard[] = {
    {"StandardRight", standard({kWhsec}), standard_arrival(), "authentic"},
    {"StandardSecretWithoutWhsec", standard({kWhsec + 6}), standard_arrival(), "authentic"},
    {"StandardWithoutId", standard({kWhsec}), standard_arrival({{"webhook-id", ""}}),
     "webhook /hooks/desk: the header \"webhook-id\" is missing"},
    {"StandardWithoutTime", standard({kWhsec}), standard_arrival({{"webhook-timestamp", ""}}),
     "webhook /hooks/desk: the header \"webhook-timestamp\" is missing"},
    {"StandardWithoutSignature", standard({kWhsec}), standard_arrival({{"webhook-signature", ""}}),
     "webhook /hooks/desk: the header \"webhook-signature\" is missing"},
    {"StandardIdWithFullStop", standard({kWhsec}), standard_arrival({{"webhook-id", "msg.1"}}),
     "webhook /hooks/desk: \"webhook-id\" contains a full stop"},
    {"StandardTimeNoNumber", standard({kWhsec}), standard_arrival({{"webhook-timestamp", "now"}}),
     "webhook /hooks/desk: \"webhook-timestamp\" is not a number of seconds"},
    {"StandardTimeTooLarge", standard({kWhsec}),
     standard_arrival({{"webhook-timestamp", "99999999999999999999"}}),
     "webhook /hooks/desk: \"webhook-timestamp\" is not a number of seconds"},
    {"StandardTimeLargest", standard({kWhsec}),
     standard_arrival({{"webhook-timestamp", "9223372036854775807"}}),
     "webhook /hooks/desk: sent more than 300 s in the future"},
    {"StandardTimeSmallest", standard({kWhsec}),
     standard_arrival({{"webhook-timestamp", "-9223372036854775808"}}),
     "webhook /hooks/desk: sent more than 300 s ago"},
    {"StandardAlmostTooOld", standard({kWhsec}), standard_arrival({}, after(seconds(300))),
     "authentic"},
    {"StandardTooOld", standard({kWhsec}), standard_arrival({}, after(seconds(301))),
     "webhook /hooks/desk: sent more than 300 s ago"},
    {"StandardAlmostTooEarly", standard({kWhsec}), standard_arrival({}, after(seconds(-300))),
     "authentic"},
    {"StandardTooEarly", standard({kWhsec}), standard_arrival({}, after(seconds(-301))),
     "webhook /hooks/desk: sent more than 300 s in the future"},
    {"StandardTooEarlyByAMillisecond", standard({kWhsec}),
     standard_arrival({}, after(milliseconds(-300'001))),
     "webhook /hooks/desk: sent more than 300 s in the future"},
    {"StandardWrong", standard({kWhsec}), standard_arrival({{"webhook-signature", kWrong}}),
     kNoMatch},
    {"StandardNothingAfterTheVersion", standard({kWhsec}),
     standard_arrival({{"webhook-signature", "v1,"}}), kNoMatch},
    {"StandardOnlyBlanks", standard({kWhsec}), standard_arrival({{"webhook-signature", "  "}}),
     kNoMatch},
    {"StandardWithoutVersion", standard({kWhsec}),
     standard_arrival({{"webhook-signature", kSignature + 3}}), kNoMatch},
    {"StandardOfAnotherVersion", standard({kWhsec}),
     standard_arrival({{"webhook-signature", std::string("v1a") + (kSignature + 2)}}), kNoMatch},
    {"StandardLastOfAList", standard({kWhsec}),
     standard_arrival(
         {{"webhook-signature", std::string(kWrong) + " v1a,xyz  junk " + kSignature}}),
     "authentic"},
    {"StandardFirstOfAList", standard({kWhsec}),
     standard_arrival({{"webhook-signature", std::string(kSignature) + " " + kWrong}}),
     "authentic"},
    {"StandardOldSecret", standard({kOther, kWhsec}), standard_arrival(), "authentic"},
    {"StandardOldSecretAndAList", standard({kOther, kWhsec}),
     standard_arrival({{"webhook-signature", std::string(kWrong) + " " + kSignature}}),
     "authentic"},
    {"StandardRetiredSecret", standard({kOther}), standard_arrival(), kNoMatch},
    {"StandardMoreSignaturesThanAnybodySends", standard({kWhsec}),
     standard_arrival({{"webhook-signature", kSignature + repeated(" v1,A", 16)}}),
     "webhook /hooks/desk: \"webhook-signature\" lists more than 16"},
    {"StandardSixteenSignatures", standard({kWhsec}),
     standard_arrival({{"webhook-signature", kSignature + repeated(" v1,A", 15)}}), "authentic"},
    {"StandardSecretNoBase64", standard({"whsec_?"}), standard_arrival(), kNoMatch},
    {"StandardSecretTooShort", standard({"whsec_AAAA"}), standard_arrival(), kNoMatch},
    {"StandardWithoutSecret", standard({}), standard_arrival(),
     "webhook /hooks/desk: no secret is configured"},
};

const auto kRowName = [](const auto& row) { return row.param.name; };
INSTANTIATE_TEST_SUITE_P(Hmac, WebhookCheck, testing::ValuesIn(kHmac), kRowName);
INSTANTIATE_TEST_SUITE_P(Token, WebhookCheck, testing::ValuesIn(kToken), kRowName);
INSTANTIATE_TEST_SUITE_P(Standard, WebhookCheck, testing::ValuesIn(kStandard), kRowName);

TEST(WebhookSignature, AnErrorShowsNeitherTheSecretNorTheRightSignature) {
  for (const WebhookGuard& guard : {hmac({"hush-hush"}), token({"hush-hush"})}) {
    const std::string wrong = "sha256=" + std::string(64, '0');
    const Arrival one = arrival({{"x-saksbro-signature", wrong}, {"x-gitlab-token", wrong}}, "{}");
    const std::string said = verdict(guard, one);
    EXPECT_EQ(said.find("hush-hush"), std::string::npos) << said;
    EXPECT_EQ(said.find(signature("hush-hush", "{}").substr(7)), std::string::npos) << said;
  }
}

}  // namespace
}  // namespace saksbro::codec
