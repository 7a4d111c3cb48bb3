// Each scheme: what it lets in, and the reason by which it refuses all else. The expected
// signatures were computed by Python's hmac.
#include <gtest/gtest.h>

#include "bridge/codec/webhook/signature.h"

namespace saksbro::codec {
namespace {

using std::chrono::seconds;
using Kind = SignedPart::Kind;

constexpr long long kSent = 1614265330;
const std::string kBody = "{\"sak\":\"Løst\"}";

struct Sent {
  Headers headers;
  std::string peer = "192.0.2.1";
  std::string subject{};
  long long at = kSent;
};

// "authentic", or "reason: text".
std::string verdict(const WebhookGuard& guard, const Sent& sent) {
  const Arrival arrival{"POST",      "/hooks/desk", sent.headers,
                        kBody,       sent.peer,     Instant{seconds(sent.at)},
                        sent.subject};
  const auto checked = check(guard, arrival);
  if (checked) return "authentic";
  return std::string(word(checked.error().reason)) + ": " + checked.error().text();
}

WebhookGuard guard(Proof proof, std::vector<Secret> secrets = {Secret("hemmelig")},
                   const std::vector<std::string>& addresses = {}) {
  WebhookGuard made{"/hooks/desk", std::move(proof), std::move(secrets), {}};
  for (const std::string& range : addresses)
    made.addresses.push_back(parse_address_range(range).value());
  return made;
}

// The HMAC with all that it can be told; what is signed is "POST /hooks/desk\nID.TIME.BODY".
BodyMac elaborate() {
  BodyMac mac;
  mac.header = "x-sig";
  mac.prefix = "";
  mac.encoding = BodyMac::Encoding::base64url;
  mac.timestamp_header = "x-time";
  mac.id_header = "x-id";
  mac.signs = {{Kind::method, ""},    {Kind::text, " "}, {Kind::path, ""},
               {Kind::text, "\n"},    {Kind::id, ""},    {Kind::text, "."},
               {Kind::timestamp, ""}, {Kind::text, "."}, {Kind::body, ""}};
  return mac;
}

BodyMac of_time() {
  BodyMac mac;
  mac.header = "x-sig";
  mac.prefix = "v0=";
  mac.timestamp_header = "x-time";
  mac.signs = {{Kind::text, "v0:"}, {Kind::timestamp, ""}, {Kind::text, ":"}, {Kind::body, ""}};
  return mac;
}

BodyMac mac(Hash hash, BodyMac::Encoding encoding) {
  BodyMac one;
  one.hash = hash;
  one.header = "x-sig";
  one.prefix = "";
  one.encoding = encoding;
  return one;
}

const std::string k512 =
    "916cea9cccd0c43a32274db289a867cd3df4c2a2892ae2b3572960dff92f07cd9ff431470edabde645947fc6823536"
    "ab74ffd5ca1840f12169821ca6db0754c9";
const std::string k384 = "gYrgognwIPuz42FVgpbKGSRXlnshgVva0mudhwwWClk7T7C6Xn/VbZSqi4a6WuxM";
const std::string kOfTime = "v0=bb00aea2564dcd161bd7a1ced7bb0bd7b91ee981f47c59f8d4fe9d76f69a0c8d";
const std::string kElaborate = "FbmiRtOwFDlV6PmJ8Td21pAJy8ShJYl3AUiPJx0ZQXQ";

Sent signed_with(const std::string& signature) { return {{{"x-sig", signature}}}; }

Sent at(long long time, Headers headers) {
  Sent sent{std::move(headers)};
  sent.at = time;
  return sent;
}

Sent elaborate_sent(const Headers& change = {}) {
  Headers headers{{"x-sig", kElaborate + "="}, {"x-time", "1614265330"}, {"x-id", "a-1_B"}};
  for (const auto& [name, value] : change) headers[name] = value;
  return {headers};
}

struct Row {
  const char* name;
  WebhookGuard guard;
  Sent sent;
  std::string verdict;
};

class WebhookScheme : public testing::TestWithParam<Row> {};

TEST_P(WebhookScheme, FollowsTheTable) {
  EXPECT_EQ(verdict(GetParam().guard, GetParam().sent), GetParam().verdict);
}

const std::string kMismatch =
    "signature: webhook /hooks/desk: the signature in \"x-sig\" does not match what was sent";

const Row kMacs[] = {
    {"Sha512AsHex", guard(mac(Hash::sha512, BodyMac::Encoding::hex)), signed_with(k512),
     "authentic"},
    {"Sha384AsBase64", guard(mac(Hash::sha384, BodyMac::Encoding::base64)), signed_with(k384),
     "authentic"},
    {"AnotherHashThanConfigured", guard(mac(Hash::sha384, BodyMac::Encoding::hex)),
     signed_with(k512),
     "malformed: webhook /hooks/desk: the signature in \"x-sig\" is not 48 bytes as hexadecimal "
     "digits"},
    {"AnotherEncodingThanConfigured", guard(mac(Hash::sha384, BodyMac::Encoding::base64url)),
     signed_with(k384),
     "malformed: webhook /hooks/desk: the signature in \"x-sig\" is not 48 bytes as base64url"},
    {"NoBase64", guard(mac(Hash::sha384, BodyMac::Encoding::base64)), signed_with("?"),
     "malformed: webhook /hooks/desk: the signature in \"x-sig\" is not 48 bytes as base64"},
    {"TimeAndBody",
     guard(of_time()),
     {{{"x-sig", kOfTime}, {"x-time", "1614265330"}}},
     "authentic"},
    {"TimeThatWasNotSigned",
     guard(of_time()),
     {{{"x-sig", kOfTime}, {"x-time", "1614265331"}}},
     kMismatch},
    {"TimeMissing", guard(of_time()), signed_with(kOfTime),
     "missing: webhook /hooks/desk: the header \"x-time\" is missing"},
    {"TimeNoNumber",
     guard(of_time()),
     {{{"x-sig", kOfTime}, {"x-time", "now"}}},
     "malformed: webhook /hooks/desk: \"x-time\" is not a number of seconds"},
    {"AtTheEndOfTheWindow", guard(of_time()),
     at(kSent + 300, {{"x-sig", kOfTime}, {"x-time", "1614265330"}}), "authentic"},
    {"Replayed", guard(of_time()), at(kSent + 301, {{"x-sig", kOfTime}, {"x-time", "1614265330"}}),
     "timestamp: webhook /hooks/desk: sent more than 300 s ago"},
    {"OfTheFuture", guard(of_time()),
     at(kSent - 301, {{"x-sig", kOfTime}, {"x-time", "1614265330"}}),
     "timestamp: webhook /hooks/desk: sent more than 300 s in the future"},
    {"AllParts", guard(elaborate()), elaborate_sent(), "authentic"},
    {"AllPartsWithoutPadding", guard(elaborate()), elaborate_sent({{"x-sig", kElaborate}}),
     "authentic"},
    {"AnotherId", guard(elaborate()), elaborate_sent({{"x-id", "a-1_C"}}), kMismatch},
    {"IdWithAFullStop", guard(elaborate()), elaborate_sent({{"x-id", "a.1"}}),
     "malformed: webhook /hooks/desk: \"x-id\" may have letters, digits, - and _ only"},
    {"IdMissing", guard(elaborate()), elaborate_sent({{"x-id", ""}}),
     "missing: webhook /hooks/desk: the header \"x-id\" is missing"},
};

const std::string kWrongUser = "signature: webhook /hooks/desk: the user or the password is wrong";

Sent with_authorization(const std::string& value) { return {{{"authorization", value}}}; }

// "supplier:hemmelig", and the same with other users and passwords.
const Row kCredentials[] = {
    {"BearerRight", guard(BearerToken{}), with_authorization("Bearer hemmelig"), "authentic"},
    {"BearerInSmallLetters", guard(BearerToken{}), with_authorization("bearer  hemmelig"),
     "authentic"},
    {"BearerOld", guard(BearerToken{}, {Secret("ny"), Secret("hemmelig")}),
     with_authorization("Bearer hemmelig"), "authentic"},
    {"BearerWrong", guard(BearerToken{}), with_authorization("Bearer hemmelih"),
     "signature: webhook /hooks/desk: the token in \"authorization\" is wrong"},
    {"BearerEmpty", guard(BearerToken{}), with_authorization("Bearer "),
     "signature: webhook /hooks/desk: the token in \"authorization\" is wrong"},
    {"BearerNone",
     guard(BearerToken{}),
     {},
     "missing: webhook /hooks/desk: the header \"authorization\" is missing"},
    {"BearerOfAnotherKind", guard(BearerToken{}), with_authorization("Basic hemmelig"),
     "malformed: webhook /hooks/desk: the header \"authorization\" is no bearer one"},
    {"BearerWithoutScheme", guard(BearerToken{}), with_authorization("hemmelig"),
     "malformed: webhook /hooks/desk: the header \"authorization\" is no bearer one"},
    {"BearerOfNoSecret", guard(BearerToken{}, {Secret("")}), with_authorization("Bearer "),
     "other: webhook /hooks/desk: no secret is configured"},
    {"BasicRight", guard(UserAndPassword{"supplier"}),
     with_authorization("Basic c3VwcGxpZXI6aGVtbWVsaWc="), "authentic"},
    {"BasicOld", guard(UserAndPassword{"supplier"}, {Secret("ny"), Secret("hemmelig")}),
     with_authorization("basic c3VwcGxpZXI6aGVtbWVsaWc="), "authentic"},
    {"BasicOtherUser", guard(UserAndPassword{"supplies"}),
     with_authorization("Basic c3VwcGxpZXI6aGVtbWVsaWc="), kWrongUser},
    {"BasicOtherPassword", guard(UserAndPassword{"supplier"}, {Secret("ny")}),
     with_authorization("Basic c3VwcGxpZXI6aGVtbWVsaWc="), kWrongUser},
    {"BasicNoBase64", guard(UserAndPassword{"supplier"}), with_authorization("Basic suppli?r"),
     "malformed: webhook /hooks/desk: the credentials in \"authorization\" are not base64"},
    {"BasicNone",
     guard(UserAndPassword{"supplier"}),
     {},
     "missing: webhook /hooks/desk: the header \"authorization\" is missing"},
    {"TokenInAnotherHeader",
     guard(SecretInHeader{"x-api-key"}),
     {{{"x-token", "hemmelig"}}},
     "missing: webhook /hooks/desk: the header \"x-api-key\" is missing"},
    {"TokenRight", guard(SecretInHeader{"x-api-key"}), {{{"x-api-key", "hemmelig"}}}, "authentic"},
    {"TokenTwice",
     guard(SecretInHeader{"x-api-key"}),
     {{{"x-api-key", "hemmelig, hemmelig"}}},
     "signature: webhook /hooks/desk: the token in \"x-api-key\" is wrong"},
};

Sent shows(const std::string& subject) { return {{}, "192.0.2.1", subject}; }
Sent from(const std::string& peer, const std::string& token = "hemmelig") {
  return {{{"x-api-key", token}}, peer};
}
const ClientCertificate kOurs{{"CN=gitlab,O=Oslo", "CN=gitlab-ny,O=Oslo"}};
const SecretInHeader kToken{"x-api-key"};
const std::string kElsewhere =
    "address: webhook /hooks/desk: this address is not allowed to send here";

const Row kPlaces[] = {
    {"CertificateRight", guard(kOurs, {}), shows("CN=gitlab,O=Oslo"), "authentic"},
    {"CertificateNew", guard(kOurs, {}), shows("CN=gitlab-ny,O=Oslo"), "authentic"},
    {"CertificateOfAnother", guard(kOurs, {}), shows("CN=gitlab"),
     "certificate: webhook /hooks/desk: the client certificate of \"CN=gitlab\" is not one of "
     "those allowed to send"},
    {"CertificateNone", guard(kOurs, {}), shows(""),
     "certificate: webhook /hooks/desk: no client certificate was shown"},
    {"CertificateOfNobody", guard(ClientCertificate{}, {}), shows("CN=gitlab"),
     "certificate: webhook /hooks/desk: the client certificate of \"CN=gitlab\" is not one of "
     "those allowed to send"},
    {"AddressAndToken", guard(kToken, {Secret("hemmelig")}, {"192.0.2.0/24", "2001:db8::/32"}),
     from("192.0.2.255"), "authentic"},
    {"AddressOfVersionSix", guard(kToken, {Secret("hemmelig")}, {"192.0.2.0/24", "2001:db8::/32"}),
     from("2001:db8:1::7"), "authentic"},
    {"AddressAndWrongToken", guard(kToken, {Secret("hemmelig")}, {"192.0.2.0/24"}),
     from("192.0.2.7", "gjettet"),
     "signature: webhook /hooks/desk: the token in \"x-api-key\" is wrong"},
    {"TokenFromElsewhere", guard(kToken, {Secret("hemmelig")}, {"192.0.2.0/24"}), from("192.0.3.0"),
     kElsewhere},
    {"AddressMapped", guard(kToken, {Secret("hemmelig")}, {"192.0.2.0/24"}),
     from("::ffff:192.0.2.7"), "authentic"},
    {"AddressThatIsNone", guard(kToken, {Secret("hemmelig")}, {"192.0.2.0/24"}), from(""),
     kElsewhere},
    {"AddressAlone", guard(AddressAlone{}, {}, {"192.0.2.7"}), from("192.0.2.7", ""), "authentic"},
    {"AddressAloneOfAnother", guard(AddressAlone{}, {}, {"192.0.2.7"}), from("192.0.2.8", ""),
     kElsewhere},
    {"AddressAloneOfNone", guard(AddressAlone{}, {}), from("192.0.2.8", ""),
     "other: webhook /hooks/desk: no addresses are configured"},
};

const auto kRowName = [](const auto& row) { return row.param.name; };
INSTANTIATE_TEST_SUITE_P(Macs, WebhookScheme, testing::ValuesIn(kMacs), kRowName);
INSTANTIATE_TEST_SUITE_P(Credentials, WebhookScheme, testing::ValuesIn(kCredentials), kRowName);
INSTANTIATE_TEST_SUITE_P(Places, WebhookScheme, testing::ValuesIn(kPlaces), kRowName);

// {path} has no query, {target} is what stands in the request.
TEST(WebhookTarget, IsThePathWithItsQuery) {
  const Secret secret{"a-secret-of-more-than-32-characters"};
  Arrival arrival;
  arrival.method = "POST";
  arrival.path = "/hooks/desk";
  arrival.target = "/hooks/desk?system=7";
  arrival.body = "{}";
  for (const auto& [kind, text] : {std::pair{SignedPart::Kind::path, "/hooks/desk{}"},
                                   {SignedPart::Kind::target, "/hooks/desk?system=7{}"}}) {
    BodyMac signs = mac(Hash::sha256, BodyMac::Encoding::hex);
    signs.signs = {{kind, ""}, {SignedPart::Kind::body, ""}};
    arrival.headers = {{"x-sig", to_hex(hmac(Hash::sha256, secret, text))}};
    EXPECT_TRUE(check({"/hooks/desk", signs, {secret}, {}}, arrival)) << text;
    arrival.target = "/hooks/desk?system=8";
    EXPECT_EQ(check({"/hooks/desk", signs, {secret}, {}}, arrival).has_value(),
              kind == SignedPart::Kind::path);
    arrival.target = "/hooks/desk?system=7";
  }
}

TEST(WebhookChallenge, SaysWhatTheSchemeAsksFor) {
  const Arrival nothing;
  const std::vector<Secret> secrets{Secret{"a-secret-of-more-than-32-characters"}};
  const auto challenge = [&](const Proof& proof) {
    return check({"/hooks/desk", proof, secrets, {}}, nothing).error().challenge;
  };
  EXPECT_EQ(challenge(UserAndPassword{"u"}), "Basic realm=\"webhooks\", charset=\"UTF-8\"");
  EXPECT_EQ(challenge(BearerToken{}), "Bearer realm=\"webhooks\"");
  EXPECT_EQ(challenge(BodyMac{}), "Webhook realm=\"webhooks\"");
}

}  // namespace
}  // namespace saksbro::codec
