// A webhook's secret is changed while webhooks come in: none is refused, none is lost; and who has
// neither secret gets nothing into the inbox.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "bridge/codec/digest.h"
#include "bridge/run/receive/receiver.h"
#include "connectors/registry.h"
#include "tests/engine/bridge_in_a_box.h"

namespace saksbro::run {
namespace {

constexpr int kSenders = 4;
constexpr int kEach = 50;

Setting text(std::string value) { return {"c.yaml:1:1", "x", std::move(value)}; }
Setting secret(std::string value) { return {"c.yaml:1:1", "x", Secret(std::move(value))}; }

// An operator's queue in RT, whose webhooks are signed with one of these; the first is the new one.
Systems operator_with(const std::vector<std::string>& secrets) {
  Setting::Map webhook{{"path", text("/hooks/operator")}, {"secret", secret(secrets.front())}};
  if (secrets.size() > 1) webhook.emplace_back("old_secret", secret(secrets.back()));
  const Setting settings{"c.yaml:1:1", "systems.operator",
                         Setting::Map{{"url", text("https://rt.example")},
                                      {"token", secret("token")},
                                      {"queue", text("Leveranse")},
                                      {"marker_field", text("Saksbro-nøkkel")},
                                      {"webhook", {"c.yaml:1:1", "webhook", std::move(webhook)}}}};
  Systems systems;
  auto made = connectors().at("rt")(SystemName{"operator"}, settings);
  if (!made) {
    for (const Error& error : made.error()) ADD_FAILURE() << error.text();
    return systems;
  }
  systems.emplace(SystemName{"operator"}, std::move(*made));
  return systems;
}

Arrival signed_with(const std::string& key, int number) {
  Arrival arrival;
  arrival.method = "POST";
  arrival.path = "/hooks/operator";
  arrival.body = R"({"event":"ticket.updated","ticket":{"id":)" + std::to_string(number) +
                 R"(,"queue":"Leveranse"}})";
  arrival.headers["x-saksbro-signature"] =
      "sha256=" + codec::to_hex(codec::hmac_sha256(Secret(key), arrival.body));
  arrival.peer = "192.0.2.7";
  return arrival;
}

class Rotation : public testing::Test {
 protected:
  // Each sender signs the first half of its webhooks with one key and the second with another, as
  // when its secret is changed in between. Returns how many were answered 200.
  int send(const std::vector<std::string>& live, const std::string& first,
           const std::string& second) {
    const Systems systems = operator_with(live);
    store::GroupCommit inbox{box.store()};
    Receiver receiver{systems, inbox, box.store().in_hand(), box.metrics, box.wake};
    std::atomic<int> stored = 0;
    std::vector<std::thread> senders;
    for (int sender = 0; sender < kSenders; ++sender) {
      senders.emplace_back([&, sender] {
        for (int i = 0; i < kEach; ++i) {
          const int number = begun_ + sender * kEach + i + 1;
          const auto answer = receiver.receive(signed_with(i < kEach / 2 ? first : second, number));
          if (answer.status == 200) ++stored;
        }
      });
    }
    for (std::thread& sender : senders) sender.join();
    begun_ += kSenders * kEach;
    return stored;
  }

  Box box;

 private:
  int begun_ = 0;
};

constexpr int kAll = kSenders * kEach;

// Promise 29.
TEST_F(Rotation, OldAndNewAreTakenWhileBothAreLiveAndNoneIsLost) {
  testing::internal::CaptureStdout();
  EXPECT_EQ(send({"gammel"}, "gammel", "gammel"), kAll);
  EXPECT_EQ(send({"ny", "gammel"}, "gammel", "ny"), kAll);
  EXPECT_EQ(send({"ny"}, "ny", "ny"), kAll);
  EXPECT_EQ(box.inbox().size(), 3U * kAll);
  EXPECT_EQ(send({"ny"}, "gammel", "gjettet"), 0);
  testing::internal::GetCapturedStdout();
  EXPECT_EQ(box.inbox().size(), 3U * kAll);
  EXPECT_EQ(box.metrics.value("saksbro_refused_deliveries_total",
                              R"(system="operator",reason="signature")"),
            kAll);
}

}  // namespace
}  // namespace saksbro::run
