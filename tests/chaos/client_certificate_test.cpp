// A supplier that is known by its certificate, at the running program.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/net/certificates.h"
#include "tests/town/town.h"

namespace saksbro::chaos {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* kPlain = R"(webhooks: "127.0.0.1:{{webhooks_port}}")";
constexpr const char* kTls = R"(webhooks: { address: "127.0.0.1:{{webhooks_port}}",
  tls: { certificate: server.pem, key: server.key, client_ca: clients.pem } })";
constexpr const char* kSigned = "/hooks/operator, scheme: hmac_sha256, secret: { file: secret }";
constexpr const char* kCertified = "/hooks/operator, scheme: mtls, subjects: [CN=operator]";

void replace(std::string& text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  ASSERT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
}

class ClientCertificate : public testing::Test {
 protected:
  ClientCertificate() {
    net::write_certificate(server_, file("server.pem"));
    net::write_key(server_, file("server.key"));
    net::write_certificate(authority_, file("clients.pem"));
    town_.saksbro->start();
  }
  std::string posts(const net::Identity* client) {
    const std::string url = town_.saksbro->webhooks_url();
    net::TlsWire wire(std::stoi(url.substr(url.rfind(':') + 1)), {.client = client});
    const std::string body = R"({"event":"ticket.updated","ticket":{"id":1,"queue":"operator"}})";
    wire.send("POST /hooks/operator HTTP/1.1\r\nHost: x\r\nContent-Length: " +
              std::to_string(body.size()) + "\r\n\r\n" + body);
    return wire.read_answer();
  }
  std::filesystem::path file(const std::string& name) { return town_.saksbro->folder() / name; }

  const net::Identity authority_ = net::make_identity("authority", 24h);
  const net::Identity server_ = net::make_identity("localhost", 24h);
  Town town_{{.edit = [](rig::ConfigTexts& texts) {
    replace(texts["saksbro.yaml"], kPlain, kTls);
    replace(texts["saksbro.yaml"], kSigned, kCertified);
  }}};
};

TEST_F(ClientCertificate, WithASubjectOfTheSourceLetsADeliveryIn) {
  const net::Identity known = net::make_identity("operator", 24h, &authority_);
  EXPECT_THAT(posts(&known), StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(town_.saksbro->operations("/metrics"),
              HasSubstr("saksbro_deliveries_total{system=\"operator\",new=\"yes\"} 1\n"));
}

TEST_F(ClientCertificate, OfSomebodyElseOrNoneLetsNothingIn) {
  const net::Identity another = net::make_identity("lonn", 24h, &authority_);
  const net::Identity false_one = net::make_identity("operator", 24h);
  EXPECT_THAT(posts(&another), StartsWith("HTTP/1.1 401 "));
  EXPECT_THAT(posts(nullptr), StartsWith("HTTP/1.1 401 "));
  EXPECT_EQ(posts(&false_one), "") << "the handshake itself is refused";
  EXPECT_THAT(town_.saksbro->operations("/metrics"),
              testing::Not(HasSubstr("saksbro_deliveries_total{system=\"operator\"")));
}

}  // namespace
}  // namespace saksbro::chaos
