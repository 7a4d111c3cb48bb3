// A server's certificate that has expired, is another's, or comes of an authority that changed: the
// call is not sent, and says so (docs/promises.md row 56). Shown with a mail server, since mail
// calls can name the authority to trust; calls by HTTP go through the same checks with that of the
// system.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bridge/net/client.h"
#include "tests/net/certificates.h"
#include "tests/net/recording.h"

namespace saksbro::net {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

struct Row {
  const char* name;
  const char* host;  // in the certificate; we call localhost
  std::chrono::seconds valid;
  bool authority_changed;
  std::string why;
};

// What became of a call to a server that shows such a certificate.
std::string told(const Row& row) {
  TestFolder folder;
  const Identity authority = make_identity("authority", 1h);
  const Identity shown = make_identity(row.host, row.valid, &authority);
  const Identity other = make_identity("new authority", 1h);
  write_certificate(row.authority_changed ? other : authority, folder.file("ca.pem"));
  write_certificate(shown, folder.file("certificate.pem"));
  write_key(shown, folder.file("key.pem"));
  Recording server(tight, TlsFiles{folder.file("certificate.pem"), folder.file("key.pem"), {}});
  const Call call{.method = "NOOP",
                  .url = "smtps://localhost:" + std::to_string(server.port()) + "/",
                  .headers = {{"ca", folder.file("ca.pem")}, {"user", "bro"}, {"password", "x"}},
                  .body = {}};
  const Fate fate = make_client({.connect = 5s, .total = 5s})->send(call);
  EXPECT_TRUE(server.arrivals().empty());
  const auto* unsent = std::get_if<NotSent>(&fate);
  return unsent == nullptr ? "sent" : in_english(unsent->why);
}

class Trust : public testing::TestWithParam<Row> {};

const std::string kNotOk = "SSL peer certificate or SSH remote key was not OK: ";

const Row kRows[] = {
    {"Expired", "localhost", -1s, false,
     kNotOk + "SSL certificate problem: certificate has expired"},
    {"OfAnotherHost", "mx.example", 1h, false,
     kNotOk + "SSL: certificate subject name 'mx.example' does not match target host name "
              "'localhost'"},
    {"OfAnAuthorityThatChanged", "localhost", 1h, true,
     kNotOk + "SSL certificate problem: unable to get local issuer certificate"},
};

TEST_P(Trust, IsNotGivenAndTheReasonIsSaid) { EXPECT_EQ(told(GetParam()), GetParam().why); }

// Promise 56.
INSTANTIATE_TEST_SUITE_P(Each, Trust, testing::ValuesIn(kRows),
                         [](const auto& row) { return row.param.name; });

// Else the rows above would show nothing: this server is trusted, and only then found to speak no
// SMTP.
TEST(Trusted, IsWhoShowsWhatIsExpected) {
  EXPECT_THAT(told({"", "localhost", 1h, false, ""}), Not(HasSubstr("certificate")));
}

}  // namespace
}  // namespace saksbro::net
