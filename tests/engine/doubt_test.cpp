// A create whose answer never came: looked for, adopted, or made again with the same marker.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "bridge/run/maintain/reclaim.h"
#include "tests/engine/bridge_in_a_box.h"

namespace saksbro::run {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

// 2nd line has sent the case to the operator; its ticket is to be opened there.
class Doubt : public testing::Test {
 protected:
  Doubt() {
    box.trackers.registers("desk", "7", "Faktura feiler");
    box.poll("desk");
    box.settle();
    box.trackers.comments("desk", "6", "/sak videresend drift");
    box.poll("desk");
    while (box.send("desk")) {
    }
    box.trackers.calls.clear();
  }

  // The operator's next create is carried out or not, and its answer is lost either way.
  void loses_the_answer(bool carried_out, const std::function<void()>& meanwhile = {}) {
    box.trackers.trouble = [=, this](const Call& call) -> std::optional<Fate> {
      if (!call.url.ends_with("operator/create")) return std::nullopt;
      box.trackers.trouble = nullptr;
      if (carried_out) (void)box.trackers.send(call);
      if (meanwhile) meanwhile();
      return Fate{InDoubt{"reset"}};
    };
  }
  void waits_its_time() { box.clock.pass(row().next_at - box.clock.now()); }
  store::OutboxRow row() {
    for (const store::OutboxRow& one : box.outbox(false)) {
      if (std::holds_alternative<CreateTicket>(one.issued.command.action)) return one;
    }
    throw std::runtime_error("no create");
  }
  int called(const std::string& verb) {
    return static_cast<int>(std::count_if(
        box.trackers.calls.begin(), box.trackers.calls.end(),
        [&](const Call& call) { return call.url.find("operator/" + verb) != std::string::npos; }));
  }
  std::vector<store::CaseRef> links() {
    auto found = need(box.reader()->cases().references(box.only_case().number));
    std::erase_if(found, [](const auto& one) { return one.system.text() != "operator"; });
    return found;
  }

  Box box;
};

// Promise 4.
TEST_F(Doubt, WhatWasSurelyNotSentIsTriedAgainWithoutALook) {
  box.trackers.trouble = [](const Call&) { return Fate{NotSent{"connection refused"}}; };
  ASSERT_TRUE(box.send("operator"));
  EXPECT_EQ(row().in_doubt_at, std::nullopt);
  EXPECT_LE(row().next_at - box.clock.now(), seconds{6});
  waits_its_time();
  box.trackers.trouble = nullptr;
  box.trackers.calls.clear();
  ASSERT_TRUE(box.send("operator"));
  EXPECT_EQ(row().state, store::OutboxState::done);
  EXPECT_EQ(called("find"), 0);
  EXPECT_EQ(called("create"), 1);
}

// Promises 1, 2, 3.
TEST_F(Doubt, WhatIsThereIsAdoptedAndNotMadeAgain) {
  loses_the_answer(true);
  ASSERT_TRUE(box.send("operator"));
  EXPECT_EQ(row().in_doubt_at, box.clock.now());
  box.trackers.calls.clear();
  waits_its_time();
  ASSERT_TRUE(box.send("operator"));
  box.settle();
  EXPECT_EQ(row().state, store::OutboxState::done);
  EXPECT_EQ(called("find"), 1);
  EXPECT_EQ(called("create"), 0);
  EXPECT_THAT(links(), SizeIs(1));
}

// Promises 1, 2, 3.
TEST_F(Doubt, WhatIsNotThereAfterTheLastLookIsMadeWithTheSameMarker) {
  loses_the_answer(false);
  ASSERT_TRUE(box.send("operator"));
  const Instant began = box.clock.now();
  const std::string first = box.trackers.calls.front().body;
  box.trackers.calls.clear();
  std::vector<seconds> looks;
  while (called("create") == 0 && looks.size() < 10) {
    waits_its_time();
    looks.push_back(std::chrono::floor<seconds>(box.clock.now() - began));
    ASSERT_TRUE(box.send("operator"));
    EXPECT_EQ(called("find"), static_cast<int>(looks.size()));
  }
  std::erase_if(looks, [](seconds at) { return at < seconds{7}; });  // 5 s, spread
  EXPECT_EQ(looks, (std::vector{seconds{20}, seconds{60}}));
  EXPECT_EQ(box.trackers.calls.back().body, first) << "the same marker";
  EXPECT_EQ(row().state, store::OutboxState::done);
  EXPECT_EQ(row().issued.command.attempt, 2) << "looks are no attempts";
}

// Promises 1, 2, 3.
TEST_F(Doubt, ASearchThatLagsMakesNoSecondTicket) {
  loses_the_answer(true);
  ASSERT_TRUE(box.send("operator"));
  const Instant known_at = box.clock.now() + seconds{45};
  box.trackers.trouble = [=, this](const Call& call) -> std::optional<Fate> {
    const bool searches = call.url.find("/find?") != std::string::npos;
    if (!searches || box.clock.now() >= known_at) return std::nullopt;
    return Fate{Answer{200, {}, "[]"}};
  };
  box.trackers.calls.clear();
  // The first may come a little before its 5 s: then there is one more.
  for (int looks = 0; looks < 4 && row().state != store::OutboxState::done; ++looks) {
    waits_its_time();
    ASSERT_TRUE(box.send("operator"));
  }
  EXPECT_EQ(row().state, store::OutboxState::done);
  EXPECT_EQ(called("create"), 0);
}

TEST_F(Doubt, TwoThatCarryTheMarkerAreForAPersonAndSaidOnTheCase) {
  loses_the_answer(true);
  ASSERT_TRUE(box.send("operator"));
  box.trackers.trouble = [](const Call& call) -> std::optional<Fate> {
    if (call.url.find("/find?") == std::string::npos) return std::nullopt;
    return Fate{Answer{200, {}, "[{}, {}]"}};
  };
  waits_its_time();
  ASSERT_TRUE(box.send("operator"));
  box.settle();
  EXPECT_EQ(row().state, store::OutboxState::dead);
  EXPECT_THAT(box.trackers.ticket("desk").comments.back().text,
              HasSubstr("several tickets carry the marker: #5, #6"));
}

// Promise 11.
TEST_F(Doubt, OurOwnWebhookResolvesItBeforeAnyLook) {
  loses_the_answer(true, [&] {
    box.deliver("operator", "early", to_json(box.trackers.ticket("operator")).dump());
    box.handle_all();
  });
  ASSERT_TRUE(box.send("operator"));
  EXPECT_THAT(links(), SizeIs(1)) << "linked before the answer";
  waits_its_time();
  box.trackers.calls.clear();
  ASSERT_TRUE(box.send("operator"));
  EXPECT_EQ(row().state, store::OutboxState::done);
  EXPECT_THAT(box.trackers.calls, IsEmpty());
  box.settle();
  EXPECT_EQ(called("create"), 0);
  EXPECT_THAT(links(), SizeIs(1));
  EXPECT_THAT(need(box.reader()->cases().list()), SizeIs(1)) << "and no case of its own";
}

// Promise 11.
TEST_F(Doubt, AWebhookBeforeTheAnswerThatComesMakesNoSecondLink) {
  box.trackers.trouble = [this](const Call& call) -> std::optional<Fate> {
    if (!call.url.ends_with("operator/create")) return std::nullopt;
    box.trackers.trouble = nullptr;
    Fate fate = box.trackers.send(call);
    box.deliver("operator", "early", to_json(box.trackers.ticket("operator")).dump());
    box.handle_all();
    return fate;
  };
  ASSERT_TRUE(box.send("operator"));
  box.settle();
  EXPECT_EQ(row().state, store::OutboxState::done);
  EXPECT_THAT(links(), SizeIs(1));
}

// Promise 11.
TEST_F(Doubt, APollResolvesItAsWell) {
  loses_the_answer(true);
  ASSERT_TRUE(box.send("operator"));
  box.poll("operator");
  waits_its_time();
  box.trackers.calls.clear();
  ASSERT_TRUE(box.send("operator"));
  EXPECT_EQ(row().state, store::OutboxState::done);
  EXPECT_THAT(box.trackers.calls, IsEmpty());
}

// Promise 1.
TEST_F(Doubt, ACrashBetweenTheCreateAndItsAnswerIsADoubt) {
  {
    auto tx = need(box.store().begin());
    ASSERT_THAT(need(tx->outbox().claim(SystemName{"operator"}, box.clock.now(), 1,
                                        store::Together::fields)),
                SizeIs(1));
    ASSERT_TRUE(tx->commit());
  }
  (void)box.trackers.send({"POST",
                           "http://operator/create",
                           {},
                           R"({"title":"Faktura feiler","text":"","fields":{},"marker":")" +
                               std::get<CreateTicket>(row().issued.command.action).marker + "\"}",
                           Repeat::never});
  EXPECT_EQ(need(box.store().release_claims(box.clock.now())), 1);
  box.trackers.calls.clear();
  waits_its_time();
  ASSERT_TRUE(box.send("operator"));
  EXPECT_EQ(row().state, store::OutboxState::done);
  EXPECT_EQ(called("create"), 0);
}

// Promise 37.
TEST_F(Doubt, TheOutcomeOfAWorkerThatSleptPastItsLeaseIsRefused) {
  box.trackers.trouble = [this](const Call& call) -> std::optional<Fate> {
    box.trackers.trouble = nullptr;
    Fate fate = box.trackers.send(call);
    box.clock.pass(minutes{2});  // as after SIGSTOP
    EXPECT_EQ(need(rescue_stuck(box.store(), box.clock, box.metrics)), 1);
    return fate;
  };
  ASSERT_TRUE(box.send("operator"));
  EXPECT_EQ(row().state, store::OutboxState::waiting) << "its outcome does not count";
  EXPECT_EQ(box.metrics.value("saksbro_late_outcomes_total", "system=\"operator\""), 1);
  EXPECT_EQ(box.metrics.value("saksbro_rescued_total", "system=\"operator\""), 1);
  waits_its_time();
  ASSERT_TRUE(box.send("operator"));
  box.settle();
  EXPECT_EQ(row().state, store::OutboxState::done);
  EXPECT_THAT(links(), SizeIs(1));
}

TEST_F(Doubt, AWorkerKeepsItsLeaseWhileItsCallGoesOnHoweverSlowTheSystem) {
  box.trackers.takes = seconds{60};
  box.trackers.each_second = [this] {
    EXPECT_EQ(need(rescue_stuck(box.store(), box.clock, box.metrics)), 0);
  };
  ASSERT_TRUE(box.send("operator"));
  EXPECT_EQ(row().state, store::OutboxState::done);
}

TEST_F(Doubt, AWorkerThatGivesNoSignOfLifeLosesItsClaimWithinAMinute) {
  box.trackers.trouble = [this](const Call& call) -> std::optional<Fate> {
    box.trackers.trouble = nullptr;
    Fate fate = box.trackers.send(call);
    for (std::chrono::milliseconds stuck{0}; stuck < minutes{1}; stuck += kRescueEvery) {
      box.clock.pass(kRescueEvery);
      (void)need(rescue_stuck(box.store(), box.clock, box.metrics));
    }
    EXPECT_EQ(row().state, store::OutboxState::waiting);
    return fate;
  };
  ASSERT_TRUE(box.send("operator"));
}

}  // namespace
}  // namespace saksbro::run
