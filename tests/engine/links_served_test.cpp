// Links through the whole service: its listener, its engine and its store, in one process.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "bridge/net/client.h"
#include "bridge/run/serve/service.h"
#include "tests/engine/bridge_in_a_box.h"

namespace saksbro::run {
namespace {

using testing::HasSubstr;

const LinkSettings kLinks{"https://saksbro.example.no", {Secret(std::string(32, 'x'))}};
const core::LinkClaim kClaim{CaseNumber{"SAK-2026-00001"}, core::Signal{"bekreftet"},
                             core::Role{"end_user"}, ""};

class Served : public testing::Test {
 protected:
  void start(const std::optional<LinkSettings>& links) {
    ServiceSettings settings;
    settings.webhooks.host = settings.operations.host = "127.0.0.1";
    settings.links = links;
    service_ = need(
        Service::start(settings, shipped_mapping(), Systems{},
                       need(store::open_sqlite(file(), store::Use::serve, SystemClock{}.now()))));
    ASSERT_TRUE(service_);
  }

  [[nodiscard]] std::string file() const { return folder_.file("saksbro.db"); }

  Answer call(const std::string& method, const std::string& body = "") {
    const std::string address = SignedLinks(kLinks).address(kClaim);
    Call call{method,
              "http://127.0.0.1:" + std::to_string(service_->webhook_port()) +
                  address.substr(address.find("/s/")),
              {{"Content-Type", "application/x-www-form-urlencoded"}},
              body,
              Repeat::never};
    const Fate fate = net::make_client({})->send(call);
    EXPECT_TRUE(std::holds_alternative<Answer>(fate));
    return std::holds_alternative<Answer>(fate) ? std::get<Answer>(fate) : Answer{};
  }

  // Until the engine has been there: the case is not in this store, so it parks the answer.
  std::vector<store::ParkedRow> parked() {
    auto store = need(store::open_sqlite(file(), store::Use::command, SystemClock{}.now()));
    for (int tries = 0; tries < 200; ++tries) {
      auto parked = need(need(store->reader())->inbox().parked());
      if (!parked.empty()) return parked;
      std::this_thread::sleep_for(std::chrono::milliseconds{50});
    }
    return {};
  }

  store::TemporaryFolder folder_;
  std::unique_ptr<Service> service_;
};

TEST_F(Served, PageIsShownAndItsAnswerReachesTheEngine) {
  start(kLinks);
  const Answer page = call("GET");
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("<h1>Sak SAK-2026-00001</h1>"));
  EXPECT_EQ(page.headers.at("cache-control"), "no-store");
  const Answer thanks = call("POST", "seen=");
  EXPECT_EQ(thanks.status, 200);
  EXPECT_THAT(thanks.body, HasSubstr("Takk, svaret er registrert."));
  const auto stored = parked();
  ASSERT_EQ(stored.size(), 1U);
  EXPECT_EQ(stored[0].row.delivery.system, kLinkSystem);
}

TEST_F(Served, NoPageIsServedWhereNoLinksAreConfigured) {
  start(std::nullopt);
  const Answer page = call("GET");
  EXPECT_EQ(page.status, 404);
  EXPECT_EQ(page.body, "{\"error\":\"no webhook is configured at this path\"}\n");
}

}  // namespace
}  // namespace saksbro::run
