// Every bit of what proves a sender, of what is signed and of the secret, turned over, for each
// scheme and for each of two live secrets: nothing of it is let in (docs/promises.md).
#include <gtest/gtest.h>

#include "bridge/codec/webhook/signature.h"

namespace saksbro::codec {
namespace {

using std::chrono::seconds;
using Kind = SignedPart::Kind;

constexpr long long kSent = 1614265330;
const std::string kBody = "{\"test\": 2432232314}";

// What one sender sends. `spelt_freely`: how much of the proof, from its beginning, may be written
// in small or in large letters.
struct Specimen {
  const char* name;
  Proof proof;
  std::string secret;
  Headers headers;
  std::string proof_header;
  std::size_t spelt_freely = 0;
  bool body_is_signed = true;
};

Headers standard(const std::string& signature) {
  return {{"webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"},
          {"webhook-timestamp", "1614265330"},
          {"webhook-signature", signature}};
}

std::string hex_mac(Hash hash, const std::string& text) {
  return to_hex(hmac(hash, Secret("hemmelig"), text));
}

BodyMac timed() {
  BodyMac mac;
  mac.hash = Hash::sha512;
  mac.prefix = "v0=";
  mac.encoding = BodyMac::Encoding::base64;
  mac.timestamp_header = "x-time";
  mac.id_header = "x-id";
  mac.signs = {{Kind::id, ""},
               {Kind::text, ":"},
               {Kind::timestamp, ""},
               {Kind::text, ":"},
               {Kind::body, ""}};
  return mac;
}

std::vector<Specimen> specimens() {
  const std::string timed_mac =
      to_base64(hmac(Hash::sha512, Secret("hemmelig"), "a-1:1614265330:" + kBody));
  return {
      {"hmac_sha256",
       BodyMac{},
       "hemmelig",
       {{"x-saksbro-signature", "sha256=" + hex_mac(Hash::sha256, kBody)}},
       "x-saksbro-signature",
       0},
      {"hmac_sha512",
       timed(),
       "hemmelig",
       {{"x-saksbro-signature", "v0=" + timed_mac}, {"x-time", "1614265330"}, {"x-id", "a-1"}},
       "x-saksbro-signature"},
      {"v1", StandardWebhooks{}, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
       standard("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="), "webhook-signature"},
      {"v1a", StandardWebhooks{}, "whpk_PUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=",
       standard("v1a,7anDmyOh9LNskt5GJUTacHmbvyUkT0/S1jnxFAp+h2hcVXnQLWhtWA2+wP6vO0AUwEYP23IIZVun"
                "eGRhNj7hDQ=="),
       "webhook-signature"},
      {"gitlab_token",
       SecretInHeader{"x-gitlab-token"},
       "hemmelig",
       {{"x-gitlab-token", "hemmelig"}},
       "x-gitlab-token",
       0,
       false},
      {"bearer",
       BearerToken{},
       "hemmelig",
       {{"authorization", "Bearer hemmelig"}},
       "authorization",
       6,
       false},
      {"basic",
       UserAndPassword{"supplier"},
       "hemmelig",
       {{"authorization", "Basic c3VwcGxpZXI6aGVtbWVsaWc="}},
       "authorization",
       5,
       false},
  };
}

Arrival arrival_of(const Specimen& one) {
  return {"POST", "/hooks/desk", one.headers, kBody, "192.0.2.1", Instant{seconds(kSent)}};
}

void flip(std::string& text, std::size_t bit) {
  text[bit / 8] = static_cast<char>(text[bit / 8] ^ (1 << (bit % 8)));
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// A letter that became the same one, small instead of large, where that makes no difference.
bool same_meaning(const Specimen& one, const std::string& header, std::size_t bit) {
  if (header != one.proof_header || bit % 8 != 5) return false;
  const std::size_t at = bit / 8;
  const bool hex = std::string_view(one.name) == "hmac_sha256" && at >= 7;
  return (hex || at < one.spelt_freely) && is_letter(one.headers.at(header)[at]);
}

class Flips {
 public:
  explicit Flips(const Specimen& one) : one_(one) {
    for (const bool second : {false, true}) guards_.push_back(guard(one.secret, second));
  }

  int run() {
    for (const WebhookGuard& guard : guards_) {
      EXPECT_TRUE(check(guard, arrival_of(one_))) << one_.name;
      if (one_.body_is_signed) flip_body(guard);
      for (const auto& [name, value] : one_.headers) flip_header(guard, name);
    }
    flip_secret();
    return checks_;
  }

 private:
  // The secret as the new one, or as the old one beside another.
  WebhookGuard guard(const std::string& secret, bool second) const {
    WebhookGuard made{"/hooks/desk", one_.proof, {Secret(secret)}, {}};
    if (second) made.secrets.insert(made.secrets.begin(), Secret("whsec_" + std::string(32, 'A')));
    return made;
  }

  void expect_refused(const WebhookGuard& guard, const Arrival& arrival, std::size_t bit) {
    ++checks_;
    EXPECT_FALSE(check(guard, arrival)) << one_.name << " bit " << bit;
  }

  void flip_body(const WebhookGuard& guard) {
    for (std::size_t bit = 0; bit < kBody.size() * 8; ++bit) {
      Arrival arrival = arrival_of(one_);
      flip(arrival.body, bit);
      expect_refused(guard, arrival, bit);
    }
  }

  void flip_header(const WebhookGuard& guard, const std::string& name) {
    for (std::size_t bit = 0; bit < one_.headers.at(name).size() * 8; ++bit) {
      Arrival arrival = arrival_of(one_);
      flip(arrival.headers[name], bit);
      if (!same_meaning(one_, name, bit)) expect_refused(guard, arrival, bit);
    }
  }

  void flip_secret() {
    for (std::size_t bit = 0; bit < one_.secret.size() * 8; ++bit) {
      std::string other = one_.secret;
      flip(other, bit);
      expect_refused(guard(other, bit % 2 == 0), arrival_of(one_), bit);
    }
  }

  const Specimen& one_;
  std::vector<WebhookGuard> guards_;
  int checks_ = 0;
};

TEST(WebhookFlips, NothingIsLetInThatDiffersByABit) {
  int checks = 0;
  for (const Specimen& one : specimens()) checks += Flips(one).run();
  EXPECT_GE(checks, 5000);
  RecordProperty("checks", checks);
}

// Bodies that a careless reader would take for one another.
std::vector<std::string> bodies() {
  return {"",
          "{}",
          "{}\n",
          "{}\r\n",
          " {}",
          std::string("{}\0", 3),
          std::string("\0", 1),
          "\xff\xfe",
          "bl\xe5",
          "bl\xc3\xa5",
          R"({"a":1,"b":2})",
          R"({"b":2,"a":1})",
          R"({"a": 1,"b":2})",
          std::string(1'048'576, 'x'),
          std::string(1'048'575, 'x')};
}

TEST(WebhookFlips, EachBodyIsLetInWithItsOwnSignatureAndWithNoOther) {
  const WebhookGuard guard{"/hooks/desk", BodyMac{}, {Secret("hemmelig")}, {}};
  const auto all = bodies();
  for (const std::string& sent : all) {
    const Headers headers{{"x-saksbro-signature", "sha256=" + hex_mac(Hash::sha256, sent)}};
    for (const std::string& received : all) {
      const Arrival arrival{"POST", "/hooks/desk", headers, received, "192.0.2.1", {}};
      EXPECT_EQ(check(guard, arrival).has_value(), sent == received)
          << sent.substr(0, 20) << " / " << received.substr(0, 20);
    }
  }
}

// A public key is known to everybody: it must not do as the key of an HMAC.
TEST(WebhookFlips, AnHmacMadeWithThePublicKeyIsNotLetIn) {
  const std::string key = "whpk_PUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=";
  const WebhookGuard guard{"/hooks/desk", StandardWebhooks{}, {Secret(key)}, {}};
  const std::string signed_text = "msg_1.1614265330." + kBody;
  for (const Secret& guessed : {Secret(key), Secret(from_base64(key.substr(5)).value())}) {
    const std::string mac = to_base64(hmac_sha256(guessed, signed_text));
    for (const char* version : {"v1,", "v1a,"}) {
      const Headers headers{{"webhook-id", "msg_1"},
                            {"webhook-timestamp", "1614265330"},
                            {"webhook-signature", version + mac}};
      const Arrival arrival{"POST", "/hooks/desk", headers, kBody, "", Instant{seconds(kSent)}};
      EXPECT_FALSE(check(guard, arrival));
    }
  }
}

}  // namespace
}  // namespace saksbro::codec
