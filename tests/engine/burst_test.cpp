// Many webhooks at once, through the real listener, to a real disk.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "bridge/net/client.h"
#include "bridge/run/serve/service.h"
#include "tests/engine/bridge_in_a_box.h"

namespace saksbro::run {
namespace {

using namespace std::chrono_literals;
using testing::Each;
using testing::Eq;
using testing::SizeIs;
using Steady = std::chrono::steady_clock;

class Burst : public testing::Test {
 protected:
  struct Heard {
    int status = 0;
    Steady::duration after{};
  };

  Burst() {
    ServiceSettings settings;
    settings.webhooks.host = settings.operations.host = "127.0.0.1";
    Systems systems;
    systems[SystemName{"desk"}] = std::make_unique<FakeSystem>(SystemName{"desk"});
    service_ = need(
        Service::start(settings, shipped_mapping(), std::move(systems),
                       need(store::open_sqlite(file(), store::Use::serve, SystemClock{}.now()))));
  }

  [[nodiscard]] std::string file() const { return folder_.file("saksbro.db"); }

  Heard post(const std::string& id) const {
    const auto began = Steady::now();
    const Call call{"POST",
                    "http://127.0.0.1:" + std::to_string(service_->webhook_port()) + "/hooks/desk",
                    {{"x-token", "good"}, {"x-id", id}},
                    std::string(2048, 'x'),
                    Repeat::never};
    const Fate fate = net::make_client({})->send(call);
    const auto* answer = std::get_if<Answer>(&fate);
    return {answer == nullptr ? 0 : answer->status, Steady::now() - began};
  }

  // Each sender sends its share, one after the other; all begin together.
  std::vector<Heard> send(std::size_t senders, std::size_t each, const auto& id_of) const {
    std::vector<Heard> heard(senders * each);
    std::vector<std::jthread> threads;
    for (std::size_t sender = 0; sender < senders; ++sender) {
      threads.emplace_back([&, sender] {
        for (std::size_t i = sender * each; i < (sender + 1) * each; ++i) heard[i] = post(id_of(i));
      });
    }
    threads.clear();
    return heard;
  }

  std::size_t stored() const {
    auto store = need(store::open_sqlite(file(), store::Use::command, SystemClock{}.now()));
    return need(need(store->reader())->inbox().list(0, 10'000)).size();
  }

  store::TemporaryFolder folder_;
  std::unique_ptr<Service> service_;
};

std::vector<int> statuses(const auto& heard) {
  std::vector<int> all;
  for (const auto& one : heard) all.push_back(one.status);
  return all;
}

// Promise 54.
TEST_F(Burst, OfTwoThousandIsAcknowledgedWhollyAndNobodyWaitsLongerThanAnySenderWould) {
  const auto heard = send(40, 50, [](std::size_t i) { return std::to_string(i); });
  EXPECT_THAT(statuses(heard), Each(Eq(200)));
  EXPECT_EQ(stored(), 2000U);
  const auto longest = std::max_element(
      heard.begin(), heard.end(),
      [](const Heard& one, const Heard& other) { return one.after < other.after; });
  EXPECT_LT(longest->after, 4s);
}

// Promise 9.
TEST_F(Burst, OfFiftyTimesTheSameWebhookIsAcknowledgedFiftyTimesAndStoredOnce) {
  const auto heard = send(50, 1, [](std::size_t) { return std::string("the same"); });
  EXPECT_THAT(statuses(heard), Each(Eq(200)));
  EXPECT_EQ(stored(), 1U);
}

}  // namespace
}  // namespace saksbro::run
