// What a url from outside may lead to (docs/libraries.md 7, rows 56 and 57).
#include "bridge/net/address_guard.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <unistd.h>

#include "bridge/net/client.h"
#include "bridge/net/origin.h"
#include "tests/net/resolver.h"
#include "tests/net/wire.h"

namespace saksbro::net {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using Conversation = MisbehavingServer::Conversation;

void say_ok(Conversation& talk) {
  talk.read();
  talk.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
}

Call look(const std::string& url) {
  return {.method = "GET", .url = url, .headers = {}, .body = {}};
}

std::string told(const Fate& fate) {
  if (const auto* answer = std::get_if<Answer>(&fate))
    return "answer " + std::to_string(answer->status);
  if (const auto* unsent = std::get_if<NotSent>(&fate)) return in_english(unsent->why);
  return "in doubt: " + in_english(std::get<InDoubt>(fate).why);
}

const ClientLimits kLimits{.connect = 2s, .total = 5s};

std::string of_strangers(const Call& call) {
  return told(make_guarded_client(kLimits, {"https://redmine.example"})->send(call));
}

curl_sockaddr ipv4(const char* text) {
  curl_sockaddr address{};
  address.family = AF_INET;
  address.socktype = SOCK_STREAM;
  address.addr.sa_family = AF_INET;
  ::inet_pton(AF_INET, text, &reinterpret_cast<sockaddr_in&>(address.addr).sin_addr);
  return address;
}

bool is_public_text(const std::string& text) {
  sockaddr_storage storage{};
  auto& four = reinterpret_cast<sockaddr_in&>(storage);
  auto& six = reinterpret_cast<sockaddr_in6&>(storage);
  if (::inet_pton(AF_INET, text.c_str(), &four.sin_addr) == 1) {
    storage.ss_family = AF_INET;
  } else if (::inet_pton(AF_INET6, text.c_str(), &six.sin6_addr) == 1) {
    storage.ss_family = AF_INET6;
  } else {
    ADD_FAILURE() << text;
  }
  return is_public(reinterpret_cast<sockaddr&>(storage));
}

TEST(PublicAddress, IsNoneOfOurOwnAndNoneThatStandsForAnother) {
  for (const char* text : {"0.0.0.0",
                           "0.255.255.255",
                           "10.0.0.0",
                           "10.255.255.255",
                           "100.64.0.0",
                           "100.127.255.255",
                           "127.0.0.1",
                           "127.255.255.255",
                           "169.254.169.254",
                           "172.16.0.0",
                           "172.31.255.255",
                           "192.0.0.1",
                           "192.0.2.1",
                           "192.88.99.1",
                           "192.168.0.0",
                           "192.168.255.255",
                           "198.18.0.0",
                           "198.19.255.255",
                           "198.51.100.7",
                           "203.0.113.7",
                           "224.0.0.1",
                           "239.255.255.255",
                           "240.0.0.1",
                           "255.255.255.255",
                           "::",
                           "::1",
                           "::ffff:127.0.0.1",
                           "::ffff:8.8.8.8",
                           "::127.0.0.1",
                           "64:ff9b::7f00:1",
                           "64:ff9b:1::1",
                           "100::1",
                           "2001::1",
                           "2001:1ff::1",
                           "2001:db8::1",
                           "2002:7f00:1::",
                           "3fff::1",
                           "4000::1",
                           "fc00::1",
                           "fdff::1",
                           "fe80::1",
                           "fec0::1",
                           "ff02::1"}) {
    EXPECT_FALSE(is_public_text(text)) << text;
  }
}

TEST(PublicAddress, IsEachOfTheOthersUpToTheirBorders) {
  for (const char* text :
       {"1.0.0.0",        "8.8.8.8",         "9.255.255.255", "11.0.0.0",        "100.63.255.255",
        "100.128.0.0",    "126.255.255.255", "128.0.0.0",     "169.253.255.255", "169.255.0.0",
        "172.15.255.255", "172.32.0.0",      "192.0.1.0",     "192.0.3.0",       "192.88.98.255",
        "192.88.100.0",   "192.167.255.255", "192.169.0.0",   "198.17.255.255",  "198.20.0.0",
        "198.51.99.255",  "198.51.101.0",    "203.0.112.255", "203.0.114.0",     "223.255.255.255",
        "2001:200::1",    "2001:db7::1",     "2001:db9::1",   "2003::1",         "2a00:1450::1",
        "3ffe::1"}) {
    EXPECT_TRUE(is_public_text(text)) << text;
  }
}

TEST(PublicAddress, IsNoneThatIsNotOfTheInternet) {
  sockaddr unix_socket{};
  unix_socket.sa_family = AF_UNIX;
  EXPECT_FALSE(is_public(unix_socket));
}

TEST(AddressGuard, OpensASocketForAPublicAddressOnly) {
  AddressGuard guard;
  const curl_socket_t opened = guard.open(ipv4("8.8.8.8"));
  EXPECT_GE(opened, 0);
  EXPECT_EQ(guard.refused(), "");
  ::close(opened);
  EXPECT_EQ(guard.open(ipv4("10.1.2.3")), CURL_SOCKET_BAD);
  EXPECT_EQ(guard.refused(), "10.1.2.3");
}

class Spelling : public testing::TestWithParam<const char*> {};

TEST_P(Spelling, OfLoopbackIsRefusedToAStrangerAndReachedByTheConfiguration) {
  MisbehavingServer server(say_ok);
  const std::string url =
      "http://" + std::string(GetParam()) + ":" + std::to_string(server.port()) + "/";
  EXPECT_THAT(of_strangers(look(url)),
              testing::MatchesRegex("no configuration names this address, and it leads to "
                                    "[0-9a-f.:]+, which is not a public one"));
  EXPECT_EQ(server.connections(), 0);
  // Without the guard it leads here: else the refusal would show nothing.
  EXPECT_EQ(told(make_guarded_client(kLimits, {url})->send(look(url))), "answer 200");
}

// Promise 57.
INSTANTIATE_TEST_SUITE_P(Each, Spelling,
                         testing::Values("127.0.0.1", "2130706433", "0x7f.1", "0177.0.0.1", "127.1",
                                         "localhost", "0", "[::ffff:127.0.0.1]"));

// Promise 57.
TEST(AddressGuard, LooksAtTheAddressThatIsConnectedToAndNotAtWhatANameMeantBefore) {
  MisbehavingServer server(say_ok);
  const std::string url = "http://rebind.stub:" + std::to_string(server.port()) + "/";
  resolver::set("rebind.stub", {"192.0.2.1", "127.0.0.1"});
  EXPECT_THAT(of_strangers(look(url)), HasSubstr("it leads to 192.0.2.1,"));
  EXPECT_THAT(of_strangers(look(url)), HasSubstr("it leads to 127.0.0.1,"));
  EXPECT_EQ(server.connections(), 0);
}

// Promise 57.
TEST(AddressGuard, LetsNoSlowNameServiceHoldACallLongerThanItsDeadline) {
  resolver::set("slow.stub", {"127.0.0.1"}, 6s);
  const auto began = std::chrono::steady_clock::now();
  const auto client = make_client({.connect = 1s, .total = 1s});
  const Call mail{.method = "NOOP", .url = "smtp://slow.stub:25/", .headers = {}, .body = {}};
  for (const Call& call : {look("http://slow.stub/"), mail}) {
    const Fate fate = client->send(call);
    EXPECT_TRUE(std::holds_alternative<NotSent>(fate)) << told(fate);
  }
  EXPECT_LT(std::chrono::steady_clock::now() - began, 4s);
}

TEST(AddressGuard, KnowsNoOtherProtocolThanHttp) {
  const std::string no_protocol =
      "no configuration names this address, and it is neither http nor https";
  for (const char* url : {"file:///etc/passwd", "gopher://127.0.0.1/", "ftp://example.org/",
                          "dict://127.0.0.1:11211/", "smtp://mx.example.org/", "imap://example.org",
                          "redmine.example", "", "http://"}) {
    EXPECT_EQ(of_strangers(look(url)), no_protocol) << url;
  }
}

TEST(AddressGuard, SendsACredentialToNoOriginButItsOwn) {
  MisbehavingServer server(say_ok);
  for (const char* header : {"authorization", "private-token", "x-redmine-api-key", "cookie"}) {
    Call call = look(server.url());
    call.headers[header] = "secret";
    EXPECT_EQ(of_strangers(call), "no configuration names this address: the header '" +
                                      std::string(header) + "' must not be sent there");
  }
  const std::string named = "http://bro:secret@127.0.0.1:" + std::to_string(server.port()) + "/";
  EXPECT_EQ(of_strangers(look(named)),
            "no configuration names this address, and it has a user or a password in it");
  EXPECT_EQ(server.connections(), 0);
}

TEST(Origin, IsSchemeHostAndPortAsTheyAreConnectedTo) {
  const std::pair<const char*, const char*> rows[] = {
      {"https://Redmine.example/issues/7", "https://redmine.example:443"},
      {"https://redmine.example:443", "https://redmine.example:443"},
      {"HTTP://redmine.example:8080/x?y", "http://redmine.example:8080"},
      {"http://redmine.example", "http://redmine.example:80"},
      {"https://redmine.example@evil.example/", "https://evil.example:443"},
      {"https://redmine.example:443@evil.example/", "https://evil.example:443"},
      {"https://redmine.example.evil.example/", "https://redmine.example.evil.example:443"},
      {"https://evil.example/https://redmine.example/", "https://evil.example:443"},
      {"https://evil.example?@redmine.example/", "https://evil.example:443"},
      {"https://evil.example#@redmine.example/", "https://evil.example:443"},
      {"http://0x7f.1/", "http://127.0.0.1:80"},
      {"smtp://mx.example:587", "smtp://mx.example:587"},
      {"imaps://mail.example", "imaps://mail.example:993"},
  };
  for (const auto& [url, origin] : rows) EXPECT_EQ(origin_of(url), origin) << url;
  for (const char* url : {"", "/issues/7", "https://", "https://a b/"})
    EXPECT_EQ(origin_of(url), std::nullopt) << url;
}

TEST(Origins, NameWhatTheyWereMadeOfOnWhateverPath) {
  const Origins origins({"https://redmine.example/sub", "smtp://mx.example:587", "no url"});
  EXPECT_TRUE(origins.name("https://redmine.example/other"));
  EXPECT_TRUE(origins.name("smtp://mx.example:587/hello"));
  EXPECT_FALSE(origins.name("http://redmine.example/sub"));
  EXPECT_FALSE(origins.name("https://redmine.example:8443/sub"));
  EXPECT_FALSE(origins.name("https://redmine.example@evil.example/"));
  EXPECT_FALSE(origins.name("no url"));
}

}  // namespace
}  // namespace saksbro::net
