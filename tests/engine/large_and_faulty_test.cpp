// What a large body or a fault in a connector holds up: its own delivery, and nothing else.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "bridge/run/calls/guarded_system.h"
#include "bridge/run/receive/receiver.h"
#include "bridge/run/web/operations.h"
#include "bridge/store/group_commit.h"
#include "tests/codec/growth.h"
#include "tests/engine/bridge_in_a_box.h"

namespace saksbro::run {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* kFault = "the connector failed on it: this is a bug in Saksbro, see the log";

FakeSystem& fake(Box& box, const std::string& name) {
  return dynamic_cast<FakeSystem&>(*box.systems.at(SystemName{name}));
}

Arrival arrival(const std::string& id, const std::string& body) {
  Arrival one;
  one.method = "POST";
  one.path = "/hooks/desk";
  one.headers = {{"x-token", "good"}, {"x-id", id}};
  one.body = body;
  one.peer = "192.0.2.7";
  return one;
}

TEST(LargeBody, OthersAreStoredWhileItIsRead) {
  Box box;
  store::GroupCommit inbox{box.store()};
  Receiver receiver{box.systems, inbox, box.store().in_hand(), box.metrics, box.wake};
  std::thread other;
  std::atomic<int> status{0};
  fake(box, "desk").while_normalising = [&] {
    other = std::thread([&] { status = receiver.receive(arrival("other", "hint:18")).status; });
    for (int i = 0; i < 500 && status == 0; ++i) std::this_thread::sleep_for(10ms);
    EXPECT_EQ(status, 200) << "it was answered only when the large one had been read";
    fake(box, "desk").while_normalising = {};
  };
  box.deliver("desk", "large", "hint:17");
  EXPECT_TRUE(need(box.handle_next()));
  other.join();
  EXPECT_TRUE(need(box.handle_next()));
  EXPECT_THAT(box.outbox(), SizeIs(2));
}

TEST(LargeBody, WhatSomebodyElseHandledMeanwhileIsNotHandledAgain) {
  Box box;
  box.deliver("desk", "d1", "hint:17");
  fake(box, "desk").while_normalising = [&] {
    auto tx = need(box.store().begin());
    ASSERT_TRUE(tx->inbox().handled(box.inbox().front().seq, "by somebody else", box.clock.now()));
    ASSERT_TRUE(tx->commit());
  };
  EXPECT_TRUE(need(box.handle_next()));
  EXPECT_THAT(box.outbox(), IsEmpty());
  EXPECT_FALSE(need(box.handle_next()));
}

// The decision is made in the transaction: others wait for it.
TEST(LargeTicket, IsDecidedInTimeThatGrowsWithItsLength) {
  testing_growth::expect_linear(
      [](std::size_t pieces) {
        Box box;
        box.trackers.registers("desk", "7", "Faktura feiler");
        box.poll("desk");
        box.settle();
        for (std::size_t i = 0; i < pieces; ++i) {
          box.trackers.comments("desk", "6", "Hei, dette er sak nummer " + std::to_string(i));
          box.trackers.sets_field("desk", "6", "F" + std::to_string(i), "verdi");
        }
        box.deliver("desk", "large", to_json(box.trackers.ticket("desk")).dump());
        return testing_growth::seconds_of([&] { EXPECT_TRUE(need(box.handle_next())); });
      },
      150);
}

// For each of the moves the words around it are looked for.
TEST(LargeTicket, WhoseStatusGoesToAndFroIsDecidedInTimeThatGrowsWithItsLength) {
  testing_growth::expect_linear(
      [](std::size_t pieces) {
        Box box;
        box.trackers.registers("desk", "7", "Faktura feiler");
        box.poll("desk");
        box.settle();
        for (std::size_t i = 0; i < pieces; ++i) {
          box.trackers.comments("desk", "6", "> bare et sitat, nummer " + std::to_string(i));
          box.trackers.sets_status("desk", "6", i % 2 == 0 ? "Under arbeid" : "LØST");
        }
        box.deliver("desk", "large", to_json(box.trackers.ticket("desk")).dump());
        return testing_growth::seconds_of([&] { EXPECT_TRUE(need(box.handle_next())); });
      },
      150);
}

TEST(FaultInAConnector, OnAnArrivalIsAnsweredFiveHundredAndThree) {
  Box box;
  store::GroupCommit inbox{box.store()};
  Receiver receiver{box.systems, inbox, box.store().in_hand(), box.metrics, box.wake};
  const auto response = receiver.receive(arrival("d1", "crash"));
  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(response.body, "{\"error\":\"internal error; send it again\"}\n");
  EXPECT_EQ(response.headers.at("Retry-After"), "30");
  EXPECT_THAT(box.inbox(), IsEmpty());
}

TEST(FaultInAConnector, OnADeliveryParksIt) {
  Box box;
  box.deliver("desk", "faulty", "crash");
  box.deliver("desk", "next", "hint:17");
  box.handle_all();
  const auto parked = need(box.reader()->inbox().parked());
  ASSERT_THAT(parked, SizeIs(1));
  EXPECT_EQ(in_english(parked[0].why), std::string("desk: faulty: ") + kFault);
  EXPECT_THAT(box.outbox(), SizeIs(1));
}

TEST(FaultInAConnector, OnAPollIsAPollThatFailed) {
  Box box;
  fake(box, "desk").poll_throws = true;
  const auto polled = box.poller("desk").poll_page();
  ASSERT_FALSE(polled);
  EXPECT_EQ(polled.error().text(), std::string("desk: poll: ") + kFault);
  EXPECT_EQ(box.metrics.value("saksbro_poll_failures_total", "system=\"desk\""), 1);
  EXPECT_EQ(box.metrics.value("saksbro_breaker_open", "system=\"desk\""), 0);
}

TEST(LargeAnswers, OfOneConversationHaveABound) {
  Box box;
  const std::string large(8'000'000, 'x');
  int calls = 0;
  box.trackers.trouble = [&](const Call&) -> std::optional<Fate> {
    ++calls;
    return Answer{200, {}, large};
  };
  const auto polled = box.poller("desk").poll_page();
  ASSERT_FALSE(polled);
  EXPECT_EQ(calls, 1) << "this connector asks once";
  std::vector<Exchange> four;
  for (int i = 0; i < 4; ++i) four.push_back({Call{}, Answer{200, {}, large}, Instant{}});
  EXPECT_FALSE(too_much(std::span(four).first(3)));
  EXPECT_TRUE(too_much(four));
}

TEST(Stopping, EndsAWaitForABudget) {
  Box box;
  SystemClock clock;
  Wake stopping;
  core::Limits limits;
  limits.writes = core::Rate{1, 7s};
  Traffic traffic{{SystemName{"desk"}, box.store(), clock, box.metrics, stopping, limits}};
  const Call write{"POST", "http://desk/", {}, "", Repeat::never};
  ASSERT_TRUE(traffic.spend(write, 8s));
  const auto begin = clock.ticks();
  std::thread stop([&] {
    std::this_thread::sleep_for(50ms);
    stopping.stop();
  });
  EXPECT_FALSE(traffic.spend(write, 8s));
  stop.join();
  EXPECT_LT(clock.ticks() - begin, 5s);
}

class Ages : public testing::Test {
 protected:
  std::string asked() {
    Arrival arrival;
    arrival.method = "GET";
    arrival.path = "/metrics";
    arrival.headers = {{"host", "127.0.0.1:8481"}};
    return operations.answer(arrival).body;
  }

  Box box;
  Vitals vitals;
  OpsAuth gate{{}, box.metrics, box.clock};
  Operations operations{box.store(), box.metrics, vitals, box.clock, gate};
};

TEST_F(Ages, OfTheOldestDeliveryAndTheOldestCommandAreShown) {
  EXPECT_THAT(asked(), HasSubstr("saksbro_inbox_oldest_seconds 0\n"));
  box.deliver("desk", "d1", "hint:17");
  box.clock.pass(90s);
  box.deliver("desk", "d2", "hint:18");
  EXPECT_THAT(asked(), HasSubstr("saksbro_inbox_oldest_seconds 90\n"));
  box.handle_all();
  box.clock.pass(10s);
  const std::string text = asked();
  EXPECT_THAT(text, HasSubstr("saksbro_inbox_oldest_seconds 0\n"));
  EXPECT_THAT(text, HasSubstr("saksbro_outbox_oldest_seconds{system=\"desk\"} 100\n"))
      << "since the delivery that caused it was received";
  box.trackers.trouble = [](const Call&) { return std::optional<Fate>{Answer{422, {}, ""}}; };
  while (box.send("desk")) {
  }
  EXPECT_THAT(asked(), HasSubstr("saksbro_outbox_oldest_seconds{system=\"desk\"} 0\n"));
}

}  // namespace
}  // namespace saksbro::run
