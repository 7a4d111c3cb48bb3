// TLS in the loop: who is let in, what is shown, and how a new certificate comes in
// (docs/promises.md row 55).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <thread>

#include "tests/net/certificates.h"
#include "tests/net/recording.h"

namespace saksbro::net {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::IsEmpty;
using testing::Pair;

const std::string post = "POST /in HTTP/1.1\r\nHost: x\r\n";

template <class Condition>
bool eventually(const Condition& holds) {
  for (int i = 0; i < 100; ++i) {
    if (holds()) return true;
    std::this_thread::sleep_for(50ms);
  }
  return false;
}

class TlsServer : public testing::Test {
 protected:
  TlsServer() { show(make_identity("first", 30 * 24h)); }

  void show(const Identity& identity) const {
    write_certificate(identity, files().certificate);
    write_key(identity, files().key);
  }
  [[nodiscard]] TlsFiles files() const {
    return {folder_.file("certificate.pem"), folder_.file("key.pem"), {}};
  }
  [[nodiscard]] TlsFiles with_clients_of(const Identity& authority) const {
    TlsFiles all = files();
    all.client_ca = folder_.file("clients.pem");
    write_certificate(authority, all.client_ca);
    return all;
  }

  TestFolder folder_;
};

TEST_F(TlsServer, ServesSeveralRequestsOnOneConnection) {
  Recording server(tight, files());
  TlsWire wire(server.port(), {});
  ASSERT_TRUE(wire.open());
  for (int i = 0; i < 5; ++i) {
    wire.send(post + "Content-Length: 2\r\n\r\n{}");
    EXPECT_EQ(body_of(wire.read_answer()), "{\"ok\":true}");
  }
  ASSERT_EQ(server.arrivals().size(), 5U);
  EXPECT_EQ(server.arrivals().at(4).body, "{}");
  EXPECT_EQ(server.arrivals().at(4).peer, "127.0.0.1");
  EXPECT_EQ(server.arrivals().at(4).client_subject, "");
}

TEST_F(TlsServer, TakesBodiesAndGivesAnswersOfManyRecords) {
  const std::string large(3'000'000, 'x');
  ServerLimits limits = tight;
  limits.body_bytes = large.size();
  limits.body = limits.write = 10s;
  auto server = std::move(
      listen("127.0.0.1", 0, limits,
             [&](const Arrival& arrival) { return Response{.body = arrival.body, .headers = {}}; },
             {files(), {}})
          .value());
  TlsWire wire(server->port(), {});
  for (std::size_t sent = 0; sent < large.size() + 1; sent += 100'000) {
    if (sent == 0) wire.send(post + "Content-Length: 3000000\r\n\r\n");
    wire.send(std::string_view(large).substr(sent, 100'000));
  }
  EXPECT_TRUE(body_of(wire.read_answer()) == large);
}

struct Version {
  std::string name;
  int most;
  bool let_in;
};
class TlsVersions : public TlsServer, public testing::WithParamInterface<Version> {};

TEST_P(TlsVersions, AreAtLeast12) {
  Recording server(tight, files());
  TlsWire wire(server.port(), {.version_most = GetParam().most});
  EXPECT_EQ(wire.open(), GetParam().let_in);
  EXPECT_EQ(wire.open() ? wire.version() : GetParam().name, GetParam().name);
}
INSTANTIATE_TEST_SUITE_P(Each, TlsVersions,
                         testing::Values(Version{"TLSv1.1", TLS1_1_VERSION, false},
                                         Version{"TLSv1.2", TLS1_2_VERSION, true},
                                         Version{"TLSv1.3", TLS1_3_VERSION, true}),
                         [](const auto& each) {
                           return "Of" + each.param.name.substr(4, 1) + each.param.name.substr(6);
                         });

TEST_F(TlsServer, PlainTextGetsNoAnswerAndIsCounted) {
  Recording server(tight, files());
  EXPECT_EQ(server.ask(get("/")).find("HTTP"), std::string::npos);
  EXPECT_EQ(server.told(), (std::map<std::string, int>{{"refused handshake", 1}}));
  EXPECT_THAT(server.arrivals(), IsEmpty());
}

TEST_F(TlsServer, SilentHandshakesEndInTimeAndDelayNobody) {
  Recording server(tight, files());
  std::vector<Wire> silent;
  for (int i = 0; i < 20; ++i) silent.push_back(Wire::to(server.port()));
  const auto began = std::chrono::steady_clock::now();
  TlsWire wire(server.port(), {});
  wire.send(post + "Content-Length: 0\r\n\r\n");
  EXPECT_EQ(status_of(wire.read_answer()), "HTTP/1.1 200 OK");
  EXPECT_LT(std::chrono::steady_clock::now() - began, 400ms);
  for (Wire& one : silent) EXPECT_EQ(one.read_all(5s), "");
  EXPECT_LT(std::chrono::steady_clock::now() - began, 3s);
}

TEST_F(TlsServer, NamesTheClientWhoseCertificateItsAuthorityHasSigned) {
  const Identity authority = make_identity("klient-CA", 24h);
  const Identity client = make_identity("Sørbyen GitLab", 24h, &authority);
  Recording server(tight, with_clients_of(authority));
  TlsWire wire(server.port(), {.client = &client});
  wire.send(post + "Content-Length: 0\r\n\r\n");
  EXPECT_EQ(status_of(wire.read_answer()), "HTTP/1.1 200 OK");
  ASSERT_EQ(server.arrivals().size(), 1U);
  EXPECT_EQ(server.arrivals().at(0).client_subject, "CN=Sørbyen GitLab");
}

TEST_F(TlsServer, AClientWithoutACertificateIsLetInWithoutAName) {
  Recording server(tight, with_clients_of(make_identity("klient-CA", 24h)));
  TlsWire wire(server.port(), {});
  wire.send(post + "Content-Length: 0\r\n\r\n");
  EXPECT_EQ(status_of(wire.read_answer()), "HTTP/1.1 200 OK");
  EXPECT_EQ(server.arrivals().at(0).client_subject, "");
}

TEST_F(TlsServer, ACertificateOfAnotherAuthorityIsRefused) {
  const Identity other = make_identity("klient-CA", 24h);  // only the name is the same
  const Identity client = make_identity("gitlab", 24h, &other);
  Recording server(tight, with_clients_of(make_identity("klient-CA", 24h)));
  TlsWire wire(server.port(), {.client = &client});
  wire.send(post + "Content-Length: 0\r\n\r\n");
  EXPECT_EQ(wire.read_answer(), "");
  EXPECT_TRUE(eventually([&] { return server.told()["refused handshake"] == 1; }));
  EXPECT_THAT(server.arrivals(), IsEmpty());
}

TEST_F(TlsServer, AnExpiredClientCertificateIsRefused) {
  const Identity authority = make_identity("klient-CA", 24h);
  const Identity client = make_identity("gitlab", -10s, &authority);
  Recording server(tight, with_clients_of(authority));
  TlsWire wire(server.port(), {.client = &client});
  wire.send(post + "Content-Length: 0\r\n\r\n");
  EXPECT_EQ(wire.read_answer(), "");
  EXPECT_THAT(server.arrivals(), IsEmpty());
}

std::string shown_by(const Recording& server) {
  const TlsWire wire(server.port(), {});
  return wire.open() ? wire.server_name() : "nobody";
}

// Promise 55.
TEST_F(TlsServer, ANewCertificateIsTakenOverWhileOldConnectionsGoOn) {
  Recording server(tight, files());
  const Instant now =
      std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  EXPECT_NEAR(static_cast<double>((*server.server().certificate_expires() - now) / 1h), 30 * 24, 1);
  EXPECT_EQ(shown_by(server), "first");
  TlsWire old(server.port(), {});
  old.send(post + "Content-Length: 0\r\n\r\n");
  EXPECT_EQ(status_of(old.read_answer()), "HTTP/1.1 200 OK");
  show(make_identity("second", 90 * 24h));
  EXPECT_TRUE(eventually([&] { return shown_by(server) == "second"; }));
  EXPECT_NEAR(static_cast<double>((*server.server().certificate_expires() - now) / 1h), 90 * 24, 1);
  old.send(post + "Content-Length: 0\r\n\r\n");
  EXPECT_EQ(status_of(old.read_answer()), "HTTP/1.1 200 OK");
}

// Promise 55.
TEST_F(TlsServer, ABadNewCertificateIsToldOnceAndTheOldOneStays) {
  Recording server(tight, files());
  std::ofstream(files().certificate) << "not a certificate\n";
  const std::string told = "kept " + files().certificate +
                           ": cannot read a certificate in PEM from this file: no start line";
  EXPECT_TRUE(eventually([&] { return server.told().contains(told); }));
  EXPECT_EQ(shown_by(server), "first");
  std::ofstream(files().certificate) << "still not a certificate\n";
  std::this_thread::sleep_for(1200ms);
  EXPECT_THAT(server.told(), Contains(Pair(told, 1)));
}

TEST_F(TlsServer, IsNotOpenedWithFilesThatDoNotFit) {
  write_key(make_identity("other", 24h), files().key);
  const auto server =
      listen("127.0.0.1", 0, tight, [](const Arrival&) { return Response{}; }, {files(), {}});
  ASSERT_FALSE(server.has_value());
  EXPECT_EQ(server.error().text(), files().key + ": cannot read a key in PEM that matches " +
                                       files().certificate +
                                       " from this file: key values mismatch");
}

TEST_F(TlsServer, IsNotOpenedWithoutItsFiles) {
  TlsFiles none = files();
  none.certificate = folder_.file("nowhere.pem");
  const auto server =
      listen("127.0.0.1", 0, tight, [](const Arrival&) { return Response{}; }, {none, {}});
  ASSERT_FALSE(server.has_value());
  EXPECT_EQ(server.error().text(), none.certificate +
                                       ": cannot read a certificate in PEM from this file: No such "
                                       "file or directory");
}

// Without a key of its own for each connection, who gets the server's key later reads all of it.
TEST_F(TlsServer, OfTls12OnlySuitesWithForwardSecrecyAndAuthenticatedCiphersAreSpoken) {
  for (const bool rsa : {false, true}) {
    show(rsa ? make_rsa_identity("rsa", 24h) : make_identity("first", 24h));
    const Recording server(tight, files());
    const auto speaks = [&](const std::string& suite) {
      return TlsWire(server.port(), {.version_most = TLS1_2_VERSION, .suites = suite}).open();
    };
    const std::string signs = rsa ? "ECDHE-RSA-" : "ECDHE-ECDSA-";
    for (const char* cipher : {"AES128-SHA", "AES256-SHA", "AES128-SHA256", "AES256-SHA384"})
      EXPECT_FALSE(speaks(signs + cipher)) << signs << cipher;
    for (const char* fixed : {"AES128-SHA", "AES256-GCM-SHA384", "AES128-SHA256"})
      EXPECT_FALSE(speaks(fixed)) << fixed << " of a static key";
    for (const char* cipher : {"AES128-GCM-SHA256", "AES256-GCM-SHA384", "CHACHA20-POLY1305"})
      EXPECT_TRUE(speaks(signs + cipher)) << signs << cipher;
  }
}

}  // namespace
}  // namespace saksbro::net
