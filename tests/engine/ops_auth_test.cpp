// Who may ask the operations listener.
#include "bridge/run/web/ops_auth.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bridge/codec/digest.h"
#include "tests/engine/bridge_in_a_box.h"

namespace saksbro::run {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

class GateTest : public testing::Test {
 protected:
  AccessToken token(const std::string& name, Role role) {
    return {name, role, codec::to_hex(codec::sha256(name + "-token")), box.clock.now() + 24h};
  }
  static Arrival asked(const std::string& token, const std::string& peer = "192.0.2.7") {
    Arrival arrival;
    arrival.headers = {{"host", "saksbro.example.no:8481"}};
    if (!token.empty()) arrival.headers["authorization"] = "Bearer " + token;
    arrival.peer = peer;
    return arrival;
  }
  // "let in", or the status and the text.
  std::string ask(const Arrival& arrival, Role role) {
    const auto refused = gate.refuse(arrival, role);
    return refused ? std::to_string(refused->status) + " " + refused->body : "let in";
  }

  Box box;
  OpsAuth gate{
      {{token("see", Role::viewer), token("do", Role::operator_), token("all", Role::admin)},
       {"saksbro.example.no"}},
      box.metrics,
      box.clock};
};

TEST_F(GateTest, ARoleMayWhatThoseBeforeItMay) {
  EXPECT_EQ(ask(asked("see-token"), Role::viewer), "let in");
  EXPECT_EQ(ask(asked("do-token"), Role::viewer), "let in");
  EXPECT_EQ(ask(asked("do-token"), Role::operator_), "let in");
  EXPECT_EQ(ask(asked("all-token"), Role::admin), "let in");
  EXPECT_EQ(ask(asked("see-token"), Role::operator_),
            "403 the token \"see\" has the role viewer; this needs operator\n");
  EXPECT_EQ(ask(asked("do-token"), Role::admin),
            "403 the token \"do\" has the role operator; this needs admin\n");
}

TEST_F(GateTest, WithoutATokenOrWithAWrongOneNobodyIsLetIn) {
  testing::internal::CaptureStdout();
  EXPECT_EQ(ask(asked(""), Role::viewer), "401 a token is required: Authorization: Bearer TOKEN\n");
  EXPECT_EQ(ask(asked("see-toke"), Role::viewer), "401 the token is unknown\n");
  EXPECT_EQ(ask(asked(codec::to_hex(codec::sha256("see-token"))), Role::viewer),
            "401 the token is unknown\n");
  EXPECT_THAT(testing::internal::GetCapturedStdout(), Not(HasSubstr("see-toke")));
  EXPECT_EQ(box.metrics.value("saksbro_refused_requests_total",
                              "listener=\"operations\",reason=\"token\""),
            3);
  EXPECT_EQ(gate.refuse(asked(""), Role::viewer)->headers.at("WWW-Authenticate"), "Bearer");
}

TEST_F(GateTest, AnExpiredTokenIsNone) {
  box.clock.pass(24h - 1s);
  EXPECT_EQ(ask(asked("see-token"), Role::viewer), "let in");
  box.clock.pass(1s);
  EXPECT_EQ(ask(asked("see-token"), Role::viewer), "401 the token \"see\" has expired\n");
}

TEST_F(GateTest, FiveWrongTokensAMinutePauseTheirAddressForAMinute) {
  for (int i = 0; i < 5; ++i) EXPECT_THAT(ask(asked("guess"), Role::viewer), HasSubstr("401 "));
  const auto paused = gate.refuse(asked("see-token"), Role::viewer);
  ASSERT_TRUE(paused.has_value());
  EXPECT_EQ(paused->status, 429);
  EXPECT_EQ(paused->headers.at("Retry-After"), "60");
  EXPECT_EQ(paused->body, "too many wrong tokens: wait a minute\n");
  EXPECT_EQ(ask(asked("see-token", "192.0.2.8"), Role::viewer), "let in");
  box.clock.pass(59s);
  EXPECT_THAT(ask(asked("see-token"), Role::viewer), HasSubstr("429 "));
  box.clock.pass(1s);
  EXPECT_EQ(ask(asked("see-token"), Role::viewer), "let in");
}

TEST_F(GateTest, FourWrongTokensAMinuteAreForgivenAfterIt) {
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 4; ++i) EXPECT_THAT(ask(asked("guess"), Role::viewer), HasSubstr("401 "));
    EXPECT_EQ(ask(asked("see-token"), Role::viewer), "let in");
    box.clock.pass(61s);
  }
}

TEST_F(GateTest, ManyAddressesThatGuessCostLittle) {
  for (int i = 0; i < 30'000; ++i)
    (void)gate.refuse(asked("guess", "192.0.2." + std::to_string(i)), Role::viewer);
  EXPECT_EQ(ask(asked("see-token"), Role::viewer), "let in");
}

TEST_F(GateTest, WithNoTokenConfiguredOneMayLookAndNoMore) {
  OpsAuth open{{}, box.metrics, box.clock};
  EXPECT_EQ(open.refuse(asked(""), Role::viewer), std::nullopt);
  const auto refused = open.refuse(asked(""), Role::operator_);
  ASSERT_TRUE(refused.has_value());
  EXPECT_EQ(refused->status, 403);
  EXPECT_EQ(refused->body, "no token is configured: nothing can be changed here\n");
}

struct Row {
  std::string host;
  bool ours;
};
class Hosts : public GateTest, public testing::WithParamInterface<Row> {};

TEST_P(Hosts, OnlyNamesOfThisMachineAreAnswered) {
  Arrival arrival;
  if (!GetParam().host.empty()) arrival.headers = {{"host", GetParam().host}};
  EXPECT_EQ(gate.refuse_host(arrival) == std::nullopt, GetParam().ours) << GetParam().host;
}
const std::vector<Row> kHosts{{"localhost", true},
                              {"LOCALHOST:8481", true},
                              {"127.0.0.1:8481", true},
                              {"[::1]:8481", true},
                              {"[::1]", true},
                              {"saksbro.example.no", true},
                              {"saksbro.example.no:1", true},
                              {"evil.example", false},
                              {"", false},
                              {"localhost.evil.example", false},
                              {"127.0.0.1.evil.example:8481", false}};
INSTANTIATE_TEST_SUITE_P(Each, Hosts, testing::ValuesIn(kHosts));

TEST_F(GateTest, TheCaseOfTheSchemeDoesNotCount) {
  for (const char* scheme : {"Bearer ", "bearer ", "BEARER  "}) {
    Arrival arrival = asked("");
    arrival.headers["authorization"] = scheme + std::string("see-token");
    EXPECT_FALSE(gate.refuse(arrival, Role::viewer)) << scheme;
  }
  Arrival other = asked("");
  other.headers["authorization"] = "Basic see-token";
  EXPECT_EQ(gate.refuse(other, Role::viewer)->status, 401);
}

}  // namespace
}  // namespace saksbro::run
