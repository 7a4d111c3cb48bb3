// A new configuration behind the same doors, in one process: nothing that comes in meanwhile is
// lost.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "bridge/net/client.h"
#include "bridge/run/serve/service.h"
#include "tests/engine/bridge_in_a_box.h"

namespace saksbro::run {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

class Reload : public testing::Test {
 protected:
  Reload() {
    settings_.webhooks.host = settings_.operations.host = "127.0.0.1";
    service_ = need(
        Service::start(settings_, shipped_mapping(), systems(),
                       need(store::open_sqlite(file(), store::Use::serve, SystemClock{}.now()))));
  }

  [[nodiscard]] std::string file() const { return folder_.file("saksbro.db"); }

  static Systems systems() {
    Systems systems;
    systems[SystemName{"desk"}] = std::make_unique<FakeSystem>(SystemName{"desk"});
    return systems;
  }

  // The status that a webhook with that id is answered with; 0: none came.
  int post(const std::string& id) {
    const Call call{"POST",
                    "http://127.0.0.1:" + std::to_string(service_->webhook_port()) + "/hooks/desk",
                    {{"x-token", "good"}, {"x-id", id}},
                    "nothing",
                    Repeat::never};
    const Fate fate = net::make_client({})->send(call);
    return std::holds_alternative<Answer>(fate) ? std::get<Answer>(fate).status : 0;
  }

  std::vector<std::string> stored() {
    auto store = need(store::open_sqlite(file(), store::Use::command, SystemClock{}.now()));
    std::vector<std::string> ids;
    for (const store::InboxRow& row : need(need(store->reader())->inbox().list(0, 1'000'000))) {
      if (row.delivery.kind == DeliveryKind::webhook) ids.push_back(row.delivery.id.text());
    }
    return ids;
  }

  store::TemporaryFolder folder_;
  ServiceSettings settings_;
  std::unique_ptr<Service> service_;
};

TEST_F(Reload, AHundredTimesLosesNoDeliveryAndAnswersEachAtOnce) {
  std::atomic<bool> enough{false};
  std::atomic<std::size_t> count{0};
  std::vector<std::string> sent;
  std::vector<int> wrong;
  std::thread sender([&] {
    while (!enough) {
      const std::string id = std::to_string(sent.size());
      if (const int status = post(id); status != 200) wrong.push_back(status);
      sent.push_back(id);
      count = sent.size();
    }
  });
  for (int i = 0; i < 100 || count <= 100; ++i) {
    ServiceSettings settings = settings_;
    if (i % 2 == 1) settings.webhooks.port = 1;  // half of them are refused
    const auto reloaded = service_->reload(settings, shipped_mapping(), systems());
    EXPECT_EQ(reloaded.has_value(), i % 2 == 0);
  }
  enough = true;
  sender.join();
  EXPECT_THAT(wrong, IsEmpty());
  EXPECT_EQ(stored(), sent);
}

TEST_F(Reload, WithOtherListenersIsRefusedAndSaysWhy) {
  ServiceSettings settings = settings_;
  settings.operations.host = "::1";
  const auto reloaded = service_->reload(settings, shipped_mapping(), systems());
  ASSERT_FALSE(reloaded.has_value());
  EXPECT_EQ(reloaded.error().why.text(),
            "listen: host, port, tls and limits of a listener change by a restart only");
  EXPECT_FALSE(reloaded.error().fatal);
  EXPECT_EQ(post("after"), 200);
}

// Promise 41.
TEST_F(Reload, ThatTakesASystemAwayKeepsItsCommands) {
  {
    auto store = need(store::open_sqlite(file(), store::Use::command, SystemClock{}.now()));
    auto tx = need(store->begin());
    ASSERT_TRUE(
        tx->outbox().append(std::nullopt, 1, SystemClock{}.now(),
                            {{IdempotencyKey{"k"}, SystemName{"gone"}, ReadTicket{RemoteKey{"9"}}},
                             "",
                             "ticket 9 is read",
                             ""}));
    ASSERT_TRUE(tx->commit());
  }
  ASSERT_TRUE(service_->reload(settings_, shipped_mapping(), systems()).has_value());
  auto store = need(store::open_sqlite(file(), store::Use::command, SystemClock{}.now()));
  auto reader = need(store->reader());
  EXPECT_EQ(need(reader->outbox().open_by_system()),
            (std::map<SystemName, std::int64_t>{{SystemName{"gone"}, 1}}));
  EXPECT_THAT(need(reader->outbox().list(std::nullopt, true)), SizeIs(1));
}

}  // namespace
}  // namespace saksbro::run
