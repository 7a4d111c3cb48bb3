// A system that lets nothing through: who asks it how often, what waits, and how it goes on.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <csignal>
#include <mutex>
#include <thread>

#include "bridge/records/order_record.h"
#include "bridge/run/engine/redrive.h"
#include "bridge/store/sqlite/connection.h"
#include "tests/engine/bridge_in_a_box.h"

namespace saksbro::run {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const std::string kHtml = "<html>Vi er snart tilbake</html>";

// A case is born; its number is to be written onto the desk's ticket.
class Outage : public testing::Test {
 protected:
  Outage() {
    box.trackers.registers("desk", "7", "Faktura feiler");
    box.poll("desk");
    box.trackers.calls.clear();
  }
  void answers(const std::function<Fate()>& fate) {
    box.trackers.trouble = [fate](const Call&) { return fate(); };
  }
  // What the sender and the poller do in that time.
  void passes(milliseconds time, milliseconds step) {
    for (const Instant end = box.clock.now() + time; box.clock.now() < end;) {
      box.clock.pass(step);
      (void)box.poller("desk").poll_page();
      box.handle_all();
      while (box.send("desk")) box.handle_all();
    }
  }
  store::OutboxRow row() { return box.outbox(false).front(); }
  void order(const records::Order& order) {
    {
      auto tx = need(box.store().begin());
      (void)need(
          tx->inbox().receive({SystemName{"order"}, DeliveryId{"order1"}, DeliveryKind::order,
                               box.clock.now(), records::write(order)}));
      ASSERT_TRUE(tx->commit());
    }
    box.handle_all();
  }
  void queue(const std::string& key, Action action, const std::string& slot = "") {
    auto tx = need(box.store().begin());
    ASSERT_TRUE(tx->outbox().append(
        CaseNumber{"SAK-2026-00001"}, 1, box.clock.now(),
        {{IdempotencyKey{key}, SystemName{"desk"}, std::move(action), 1}, slot, "because", ""}));
    ASSERT_TRUE(tx->commit());
  }
  double metric(const char* name) { return box.metrics.value(name, "system=\"desk\""); }

  Box box;
};

// Promise 28.
TEST_F(Outage, ARevokedTokenIsTriedOnceAMinuteByAllTogether) {
  answers([] { return Answer{401, {}, ""}; });
  passes(minutes{30}, seconds{5});
  EXPECT_LE(box.trackers.calls.size(), 31U);
  EXPECT_GE(box.trackers.calls.size(), 29U);
  EXPECT_EQ(row().state, store::OutboxState::waiting);
  EXPECT_LE(row().issued.command.attempt, 1) << "its attempts are not burnt";
  box.trackers.trouble = nullptr;
  passes(minutes{2}, seconds{5});
  EXPECT_EQ(row().state, store::OutboxState::done) << "and goes on by itself";
  EXPECT_EQ(metric("saksbro_breaker_open"), 0);
}

// Promise 28.
TEST_F(Outage, ThreeFailuresInARowStopTheSystemForBoth) {
  answers([] { return NotSent{"connection refused"}; });
  ASSERT_TRUE(box.send("desk"));
  EXPECT_FALSE(box.poller("desk").poll_page());
  EXPECT_EQ(metric("saksbro_breaker_open"), 0);
  EXPECT_FALSE(box.poller("desk").poll_page());
  EXPECT_EQ(metric("saksbro_breaker_open"), 1);
  EXPECT_EQ(need(box.poller("desk").poll_page()), false);
  box.clock.pass(seconds{59});
  EXPECT_FALSE(box.send("desk")) << "it is due, but the system is out";
  EXPECT_THAT(box.trackers.calls, SizeIs(3));
}

// Promise 16.
TEST_F(Outage, ThreeDaysOfMaintenanceLoseNothingAndDrainInOrder) {
  queue("first", AddComment{RemoteKey{"17"}, "første", "r1", Visibility::internal});
  queue("second", AddComment{RemoteKey{"17"}, "andre", "r2", Visibility::internal});
  int turn = 0;
  answers([&turn]() -> Fate {
    switch (++turn % 3) {
      case 0:
        return Answer{503, {}, ""};
      case 1:
        return Answer{200, {{"content-type", "text/html"}}, kHtml};
      default:
        return NotSent{"connection refused"};
    }
  });
  passes(hours{72}, minutes{10});
  EXPECT_EQ(need(box.reader()->counts()).outbox_dead, 0);
  EXPECT_THAT(box.outbox(), SizeIs(3));
  box.trackers.trouble = nullptr;
  passes(minutes{20}, minutes{10});
  EXPECT_THAT(box.outbox(), IsEmpty());
  const Ticket& ticket = box.trackers.ticket("desk");
  EXPECT_EQ(ticket.fields.at("Saksnummer"), "SAK-2026-00001");
  ASSERT_THAT(ticket.comments, SizeIs(2));
  EXPECT_EQ(ticket.comments[0].text, "første");
}

// Promise 17.
TEST_F(Outage, EightDaysAreOneIncidentThatOneCommandEnds) {
  answers([] { return NotSent{"connection refused"}; });
  passes(hours{24 * 8}, minutes{30});
  EXPECT_EQ(metric("saksbro_system_parked"), 1);
  EXPECT_EQ(need(box.reader()->counts()).outbox_dead, 0) << "no letter dies of it";
  const auto outages = need(box.reader()->outages());
  ASSERT_THAT(outages, SizeIs(1));
  EXPECT_EQ(in_english(outages[0].why), "no page came") << "as the last probe, the poll, says";
  EXPECT_TRUE(outages[0].parked_at);
  box.trackers.trouble = nullptr;
  box.trackers.calls.clear();
  passes(minutes{30}, minutes{1});
  EXPECT_THAT(box.outbox(), SizeIs(1)) << "it answers, but a person must say that it goes on";
  for (const Call& call : box.trackers.calls) EXPECT_EQ(call.url, "http://desk/changed");
  order({"redrive", {}, SystemName{"desk"}, std::nullopt});
  passes(minutes{2}, minutes{1});
  EXPECT_THAT(box.outbox(), IsEmpty());
  EXPECT_THAT(need(box.reader()->outages()), IsEmpty());
  EXPECT_EQ(metric("saksbro_system_parked"), 0);
}

TEST_F(Outage, ARestartRemembersItAndBeginsWithAProbe) {
  answers([] { return Answer{401, {}, ""}; });
  ASSERT_TRUE(box.send("desk"));
  const Instant since = box.clock.now();
  Traffic again({SystemName{"desk"}, box.store(), box.clock, box.metrics, box.stopping, {}});
  EXPECT_EQ(again.ask(), Permit::normal);
  ASSERT_TRUE(again.take_up());
  EXPECT_EQ(again.ask(), Permit::probe);
  EXPECT_EQ(again.ask(), Permit::none);
  EXPECT_EQ(need(box.reader()->outages()).front().since, since);
}

TEST_F(Outage, WhatWaitsIsTriedForAWholeWeekFromItsEndOn) {
  answers([] { return Answer{401, {}, ""}; });
  ASSERT_TRUE(box.send("desk"));
  passes(hours{24 * 6}, hours{1});
  box.trackers.trouble = nullptr;
  box.clock.pass(minutes{1});
  ASSERT_FALSE(need(box.poller("desk").poll_page()));
  EXPECT_EQ(row().created_at, box.clock.now());
}

// Promise 7.
TEST_F(Outage, WhoAskedForQuietGetsItAndNobodyElseIsSlowed) {
  box.trackers.trouble = [](const Call& call) -> std::optional<Fate> {
    if (!call.url.starts_with("http://desk/")) return std::nullopt;
    return Fate{Answer{429, {{"retry-after", "3600"}}, ""}};
  };
  ASSERT_TRUE(box.send("desk"));
  box.clock.pass(minutes{59});
  EXPECT_FALSE(box.send("desk"));
  EXPECT_EQ(need(box.poller("desk").poll_page()), false);
  EXPECT_THAT(box.trackers.calls, SizeIs(1));
  EXPECT_EQ(box.traffic("operator").ask(), Permit::normal);
  box.clock.pass(minutes{1});
  EXPECT_EQ(box.traffic("desk").ask(), Permit::probe) << "one, to see";
}

// Promise 8.
TEST_F(Outage, WhoSaysTooMuchAndNothingElseGetsAMinute) {
  answers([] { return Answer{503, {}, ""}; });
  ASSERT_TRUE(box.send("desk"));
  EXPECT_GE(row().next_at - box.clock.now(), minutes{1});
  EXPECT_LE(row().next_at - box.clock.now(), seconds{72});
}

// Promise 28.
TEST_F(Outage, ATokenThatIsRenewedMeanwhileLetsTheQueueGoAtTheNextProbe) {
  int calls = 0;
  answers([&]() -> Fate {
    ++calls;
    return Answer{401, {}, ""};
  });
  for (int senders = 0; senders < 8; ++senders) (void)box.send("desk");
  EXPECT_EQ(calls, 1) << "no storm";
  box.trackers.trouble = nullptr;
  box.clock.pass(minutes{1});
  EXPECT_TRUE(box.send("desk"));
  EXPECT_EQ(row().state, store::OutboxState::done);
}

// Promise 19.
TEST_F(Outage, PoisonIsPutAsideAfterThreeTriesAndSaidOnTheTicket) {
  box.trackers.registers("desk", "7", kCrashingTitle);
  box.trackers.ticket("desk").key = RemoteKey{"18"};
  box.poll("desk");
  box.settle();
  box.trackers.comments("desk", "6", "/sak videresend drift");
  box.poll("desk");
  for (int tries = 0; tries < 3; ++tries) {
    ASSERT_TRUE(box.send("operator")) << tries;
    box.clock.pass(minutes{10});
  }
  box.settle();
  const auto open = box.outbox();
  ASSERT_FALSE(open.empty());
  EXPECT_EQ(open.front().state, store::OutboxState::dead);
  EXPECT_EQ(
      in_english(open.front().last_why),
      "Saksbro failed 3 times while it processed this; put aside so that other work continues");
  EXPECT_THAT(box.trackers.ticket("desk").comments.back().text, HasSubstr("satt til side"));
  EXPECT_EQ(box.metrics.value("saksbro_breaker_open", "system=\"operator\""), 0);
}

// Promise 20.
TEST_F(Outage, WhatKilledTheProcessThreeTimesIsNotTouchedAgain) {
  ASSERT_TRUE(box.send("desk"));
  box.handle_all();
  queue("deadly", CreateTicket{kDeadlyTitle, "", {}, "marker"});
  for (int deaths = 0; deaths < 3; ++deaths) {
    EXPECT_EXIT((void)box.send("desk"), testing::KilledBySignal(SIGKILL), "");
    box.restart();
    box.clock.pass(minutes{1});
  }
  ASSERT_TRUE(box.send("desk"));
  EXPECT_EQ(box.outbox(false).back().state, store::OutboxState::dead);
  EXPECT_EQ(
      in_english(box.outbox(false).back().last_why),
      "Saksbro failed 3 times while it processed this; put aside so that other work continues");
}

TEST_F(Outage, ADeadLetterOfPoisonIsRedrivenByAPerson) {
  {
    store::Connection connection{box.folder.file("saksbro.db"), store::Connection::Access::write};
    connection.run("UPDATE outbox SET crashes = 3");
  }
  ASSERT_TRUE(box.send("desk"));
  box.handle_all();
  order({"redrive", {}, SystemName{}, row().id});
  ASSERT_TRUE(box.send("desk"));
  EXPECT_EQ(row().state, store::OutboxState::done);
}

TEST_F(Outage, AnOrderTakesOnlyTheDeadLettersThatItNames) {
  answers([] { return Answer{422, {}, ""}; });
  ASSERT_TRUE(box.send("desk"));
  records::Order wanted{"redrive", {}, SystemName{}, std::nullopt};
  wanted.only.verb = "comment";
  order(wanted);
  EXPECT_EQ(row().state, store::OutboxState::dead);
}

TEST_F(Outage, DeadLettersAreTriedAgainWhenTheSettingsOfTheirSystemChanged) {
  const auto starts_with = [&](std::int64_t print) {
    ASSERT_TRUE(redrive_if_changed(box.store(), SystemName{"desk"}, print, box.clock.now()));
  };
  starts_with(1);
  answers([] { return Answer{422, {}, ""}; });
  ASSERT_TRUE(box.send("desk"));
  starts_with(1);
  EXPECT_EQ(row().state, store::OutboxState::dead);
  starts_with(2);
  EXPECT_EQ(row().state, store::OutboxState::waiting);
}

// --- merged fields

// Promise 18.
TEST_F(Outage, FieldsThatWaitForOneTicketAreSetInOneCallAndEachIsSettled) {
  queue("k1", SetFields{RemoteKey{"17"}, {{"Virksomhet", "BYM"}}}, "fields/Virksomhet");
  queue("k2", SetFields{RemoteKey{"17"}, {{"Feiltype", "Teknisk"}}}, "fields/Feiltype");
  ASSERT_TRUE(box.send("desk"));
  EXPECT_THAT(box.trackers.calls, SizeIs(1));
  const auto& fields = box.trackers.ticket("desk").fields;
  EXPECT_EQ(fields.at("Saksnummer"), "SAK-2026-00001");
  EXPECT_EQ(fields.at("Feiltype"), "Teknisk");
  int settled = 0;
  for (const auto& delivery : box.inbox())
    settled += delivery.delivery.kind == DeliveryKind::answer ? 1 : 0;
  EXPECT_EQ(settled, 3);
  EXPECT_FALSE(box.send("desk"));
}

// --- budgets and bulkheads

class Budgeted : public testing::Test {
 protected:
  static core::Limits limits() {
    core::Limits limits;
    limits.calls = core::Rate{1, minutes{1}};
    return limits;
  }
  Box box{limits()};
};

TEST_F(Budgeted, WhatIsOverTheBudgetWaitsWithoutBurningAnAttempt) {
  box.trackers.registers("desk", "7", "Faktura feiler");
  box.poll("desk");  // the minute's call
  ASSERT_TRUE(box.send("desk"));
  const store::OutboxRow row = box.outbox().front();
  EXPECT_EQ(row.issued.command.attempt, 0);
  EXPECT_EQ(in_english(row.last_why), "the rate limit for this system is used up");
  EXPECT_THAT(box.trackers.calls, SizeIs(1));
  EXPECT_EQ(box.metrics.value("saksbro_breaker_open", "system=\"desk\""), 0);
  box.clock.pass(minutes{1});
  ASSERT_TRUE(box.send("desk"));
  EXPECT_THAT(box.outbox(), IsEmpty());
}

TEST(BudgetOfATicket, HoldsItsWritesAndNoOthers) {
  core::Limits limits;
  limits.per_ticket = core::Rate{1, hours{1}};
  Box box(limits);
  box.trackers.registers("desk", "7", "Faktura feiler");
  const auto queue = [&](const char* key, const char* number, const char* ticket) {
    auto tx = need(box.store().begin());
    const Action comment = AddComment{RemoteKey{ticket}, "x", key, Visibility::internal};
    ASSERT_TRUE(
        tx->outbox().append(CaseNumber{number}, 1, box.clock.now(),
                            {{IdempotencyKey{key}, SystemName{"desk"}, comment, 1}, "", "", ""}));
    ASSERT_TRUE(tx->commit());
  };
  queue("k1", "SAK-2026-00001", "17");
  queue("k2", "SAK-2026-00001", "17");
  queue("k3", "SAK-2026-00002", "18");
  for (int tries = 0; tries < 3; ++tries) ASSERT_TRUE(box.send("desk"));
  EXPECT_FALSE(box.send("desk"));
  ASSERT_THAT(box.outbox(), SizeIs(1));
  EXPECT_EQ(box.outbox()[0].issued.command.key.text(), "k2");
  EXPECT_EQ(in_english(box.outbox()[0].last_why), "the per-ticket write limit is used up");
  box.clock.pass(hours{1});
  EXPECT_TRUE(box.send("desk"));
  EXPECT_THAT(box.outbox(), IsEmpty());
}

// Promise 21.
TEST(Bulkhead, ASlowSystemDoesNotHoldUpAnother) {
  Box box;
  box.trackers.registers("desk", "7", "Faktura feiler");
  box.poll("desk");
  box.settle();
  box.trackers.comments("desk", "6", "/sak videresend drift");
  box.poll("desk");
  std::mutex mutex;
  std::condition_variable changed;
  bool entered = false;
  bool leave = false;
  box.trackers.trouble = [&](const Call& call) -> std::optional<Fate> {
    if (call.url != "http://operator/create") return std::nullopt;
    std::unique_lock lock(mutex);
    entered = true;
    changed.notify_all();
    changed.wait(lock, [&] { return leave; });
    return Fate{NotSent{"too slow"}};
  };
  std::thread slow([&] { (void)box.dispatcher("operator").send_next(); });
  {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return entered; });
  }
  EXPECT_TRUE(box.send("desk"));
  EXPECT_EQ(need(box.poller("desk").poll_page()), false);
  {
    const std::lock_guard lock(mutex);
    leave = true;
  }
  changed.notify_all();
  slow.join();
}

}  // namespace
}  // namespace saksbro::run
