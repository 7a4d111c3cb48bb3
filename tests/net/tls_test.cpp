// Whom the client trusts (docs/promises.md row 56): a wrong certificate means that nothing was
// sent.
#include <gtest/gtest.h>
#include <httplib.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <thread>

#include "bridge/net/client.h"

namespace saksbro::net {
namespace {

using namespace std::chrono_literals;
using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

Certificate self_signed(EVP_PKEY* key) {
  Certificate certificate(X509_new(), &X509_free);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -60);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
  X509_set_pubkey(certificate.get(), key);
  X509_NAME* name = X509_get_subject_name(certificate.get());
  const auto* host = reinterpret_cast<const unsigned char*>("127.0.0.1");
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, host, -1, -1, 0);
  X509_set_issuer_name(certificate.get(), name);
  X509_sign(certificate.get(), key, EVP_sha256());
  return certificate;
}

// Promise 56.
TEST(HttpClient, SendsNothingToAServerWhoseCertificateNobodyVouchesFor) {
  const Key key(EVP_EC_gen("P-256"), &EVP_PKEY_free);
  const Certificate certificate = self_signed(key.get());
  httplib::SSLServer server(certificate.get(), key.get());
  std::atomic<int> requests = 0;
  server.Post("/", [&](const httplib::Request&, httplib::Response&) { ++requests; });
  const int port = server.bind_to_any_port("127.0.0.1");
  std::thread serving([&] { server.listen_after_bind(); });
  while (!server.is_running()) std::this_thread::sleep_for(1ms);

  const Fate fate = make_client({.connect = 2s, .total = 5s})
                        ->send({.method = "POST",
                                .url = "https://127.0.0.1:" + std::to_string(port) + "/",
                                .headers = {{"authorization", "secret"}},
                                .body = "{}",
                                .repeat = Repeat::never});
  server.stop();
  serving.join();
  ASSERT_TRUE(std::holds_alternative<NotSent>(fate));
  EXPECT_EQ(in_english(std::get<NotSent>(fate).why),
            "SSL peer certificate or SSH remote key was not OK: SSL certificate problem: "
            "self-signed certificate");
  EXPECT_EQ(requests, 0);
}

}  // namespace
}  // namespace saksbro::net
