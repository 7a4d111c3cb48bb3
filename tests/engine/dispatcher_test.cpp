// The dispatcher and the poller over a real store: how work ends, and when it is tried again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bridge/store/sqlite/connection.h"
#include "tests/engine/bridge_in_a_box.h"
#include "tests/engine/full_disk.h"

namespace saksbro::run {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

// A case is born; its number is to be written onto the desk's ticket.
class Sending : public testing::Test {
 protected:
  Sending() {
    box.trackers.registers("desk", "7", "Faktura feiler");
    box.poll("desk");
  }
  void answers(int status) {
    box.trackers.trouble = [status](const Call&) { return Fate{Answer{status, {}, ""}}; };
  }
  store::OutboxRow row() { return box.outbox(false).front(); }

  Box box;
};

TEST_F(Sending, DoneComesBackAsADelivery) {
  ASSERT_TRUE(box.send("desk"));
  EXPECT_EQ(row().state, store::OutboxState::done);
  EXPECT_EQ(box.inbox().back().delivery.kind, DeliveryKind::answer);
  EXPECT_FALSE(box.send("desk")) << "nothing is left";
}

TEST_F(Sending, LaterWaitsLongerEachTime) {
  answers(500);
  Instant last = box.clock.now();
  std::vector<seconds> waits;
  for (int tries = 0; tries < 3; ++tries) {
    ASSERT_TRUE(box.send("desk"));
    waits.push_back(std::chrono::round<seconds>(row().next_at - last));
    EXPECT_FALSE(box.send("desk")) << "not due yet";
    box.clock.pass(row().next_at - box.clock.now());
    last = box.clock.now();
  }
  EXPECT_THAT(waits[0], testing::AllOf(testing::Ge(seconds{4}), testing::Le(seconds{6})));
  EXPECT_THAT(waits[1], testing::AllOf(testing::Ge(seconds{24}), testing::Le(seconds{36})));
  EXPECT_THAT(waits[2], testing::AllOf(testing::Ge(seconds{96}), testing::Le(seconds{144})));
  EXPECT_EQ(in_english(row().last_why), "answered 500");
  EXPECT_EQ(row().issued.command.attempt, 3);
}

// Promise 7.
TEST_F(Sending, LaterIsNotBeforeTheSystemAsked) {
  answers(429);
  ASSERT_TRUE(box.send("desk"));
  EXPECT_GE(row().next_at - box.clock.now(), std::chrono::hours{1});
}

// Promise 28.
TEST_F(Sending, ExpiredCredentialsPauseTheWholeSystemAndNoOther) {
  answers(401);
  ASSERT_TRUE(box.send("desk"));
  EXPECT_EQ(box.metrics.value("saksbro_breaker_open", "system=\"desk\""), 1);
  box.clock.pass(seconds{30});
  box.trackers.calls.clear();
  EXPECT_FALSE(box.send("desk"));
  EXPECT_THAT(box.trackers.calls, IsEmpty());
  EXPECT_EQ(row().state, store::OutboxState::waiting) << "it is no dead letter";
  box.trackers.trouble = nullptr;
  box.clock.pass(seconds{31});
  EXPECT_TRUE(box.send("desk"));
  EXPECT_EQ(box.metrics.value("saksbro_breaker_open", "system=\"desk\""), 0);
}

TEST_F(Sending, RefusedForGoodIsADeadLetterAndSaidOnTheTicket) {
  answers(422);
  ASSERT_TRUE(box.send("desk"));
  EXPECT_EQ(row().state, store::OutboxState::dead);
  EXPECT_EQ(in_english(row().last_why), "the workflow forbids it");
  box.trackers.trouble = nullptr;
  box.settle();
  ASSERT_THAT(box.trackers.ticket("desk").comments, SizeIs(1));
  EXPECT_THAT(box.trackers.ticket("desk").comments[0].text,
              HasSubstr("Grunn: the workflow forbids it."));
  EXPECT_EQ(row().state, store::OutboxState::dead) << "our own comment redrives nothing";
}

TEST_F(Sending, ADeadLetterIsTriedAgainWhenAPersonChangesTheTicket) {
  answers(422);
  ASSERT_TRUE(box.send("desk"));
  box.trackers.trouble = nullptr;
  box.settle();
  box.trackers.comments("desk", "6", "Nå er arbeidsflyten rettet.");
  box.poll("desk");
  box.settle();
  EXPECT_EQ(row().state, store::OutboxState::done);
  EXPECT_EQ(box.trackers.ticket("desk").fields.at("Saksnummer"), "SAK-2026-00001");
}

TEST_F(Sending, ASecondTryIsCountedOnDiskBeforeTheWorkBegins) {
  answers(500);
  ASSERT_TRUE(box.send("desk"));
  box.clock.pass(minutes{1});
  box.trackers.trouble = [this](const Call&) {
    EXPECT_EQ(row().issued.command.attempt, 2);
    return Fate{Answer{500, {}, ""}};
  };
  ASSERT_TRUE(box.send("desk"));
}

TEST_F(Sending, HastenedIsStillNotBeforeTheSystemAsked) {
  answers(429);
  ASSERT_TRUE(box.send("desk"));
  const Instant asked = box.clock.now() + std::chrono::hours{1};
  auto tx = need(box.store().begin());
  (void)need(tx->outbox().expedite(SystemName{"desk"}, box.clock.now()));
  ASSERT_TRUE(tx->commit());
  EXPECT_EQ(row().next_at, asked);
}

TEST_F(Sending, ACommandIsNotGivenUpBecauseItsSystemIsOut) {
  answers(401);
  box.clock.pass(std::chrono::hours{24 * 8});
  ASSERT_TRUE(box.send("desk"));
  EXPECT_EQ(row().state, store::OutboxState::waiting);
  EXPECT_EQ(box.metrics.value("saksbro_breaker_open", "system=\"desk\""), 1);
}

TEST_F(Sending, ACommandIsGivenUpAfterAWeekOfItsOwnFailures) {
  answers(500);
  box.clock.pass(std::chrono::hours{24 * 8});
  ASSERT_TRUE(box.send("desk"));
  EXPECT_EQ(row().state, store::OutboxState::dead);
  EXPECT_EQ(in_english(row().last_why), "no success in 7 days; the last reason: answered 500");
}

TEST_F(Sending, WhatClaimingBuriesStaysBuriedThoughNothingIsSent) {
  {
    store::Connection connection{box.folder.file("saksbro.db"), store::Connection::Access::write};
    connection.run("UPDATE outbox SET issued = '{'");
  }
  EXPECT_FALSE(box.send("desk"));
  EXPECT_EQ(need(box.reader()->counts()).outbox_dead, 1);
}

// The desk's dispatcher over a disk that fills up.
class OnAFullDisk : public Sending {
 protected:
  OnAFullDisk() { box.trackers.calls.clear(); }
  void expect_refused() {
    const auto sent = dispatcher.send_next();
    ASSERT_FALSE(sent);
    EXPECT_EQ(sent.error().text(), "store: the disk is full");
  }
  void queue_for_another_case() {
    auto tx = need(box.store().begin());
    ASSERT_TRUE(tx->outbox().append(
        std::nullopt, 1, box.clock.now(),
        {{IdempotencyKey{"k"}, SystemName{"desk"}, ReadTicket{RemoteKey{"17"}}, 1},
         "",
         "because",
         ""}));
    ASSERT_TRUE(tx->commit());
  }

  FullDiskStore disk{box.store()};
  SystemName desk{"desk"};
  Dispatcher dispatcher{{desk,
                         *box.systems.at(desk),
                         disk,
                         box.trackers,
                         box.clock,
                         box.metrics,
                         box.wake,
                         {},
                         box.traffic("desk")}};
};

TEST_F(OnAFullDisk, AnOutcomeIsKeptAndRecordedBeforeAnythingElseIsSent) {
  queue_for_another_case();
  disk.failures = 2;
  expect_refused();
  EXPECT_EQ(row().state, store::OutboxState::sending);
  expect_refused();
  EXPECT_THAT(box.trackers.calls, SizeIs(1)) << "nothing else is begun";
  EXPECT_TRUE(need(dispatcher.send_next()));
  EXPECT_EQ(row().state, store::OutboxState::done);
  EXPECT_THAT(box.trackers.calls, SizeIs(2)) << "once each";
  EXPECT_EQ(box.outbox(false).back().state, store::OutboxState::done);
  EXPECT_EQ(box.metrics.value("saksbro_attempts_total", "system=\"desk\",outcome=\"delivered\""),
            2);
}

TEST_F(OnAFullDisk, AnOutcomeIsRecordedThoughTheSystemIsPausedMeanwhile) {
  answers(401);
  disk.failures = 2;
  expect_refused();
  expect_refused();
  EXPECT_FALSE(need(dispatcher.send_next())) << "paused";
  EXPECT_EQ(row().state, store::OutboxState::waiting);
  EXPECT_EQ(in_english(row().last_why), "the credentials have expired");
}

TEST(Polling, KeepsTheCursorAndWhatItFoundTogether) {
  Box box;
  box.trackers.registers("desk", "7", "Faktura feiler");
  EXPECT_EQ(need(box.poller("desk").poll_page()), false);
  ASSERT_THAT(box.inbox(), SizeIs(1));
  EXPECT_EQ(box.inbox()[0].delivery.id, DeliveryId{"poll:17@1"});
  auto tx = need(box.store().begin());
  const auto cursor = need(tx->polls().cursor(SystemName{"desk"}));
  ASSERT_TRUE(cursor);
  EXPECT_EQ(cursor->since, box.clock.now());
}

TEST(Polling, TheSameChangeAgainIsStoredOnce) {
  Box box;
  box.trackers.registers("desk", "7", "Faktura feiler");
  box.poll("desk");
  box.poll("desk");
  EXPECT_THAT(box.inbox(), SizeIs(1));
}

TEST(Polling, ThatFailsKeepsTheCursorAndIsCounted) {
  Box box;
  box.trackers.trouble = [](const Call&) { return Fate{NotSent{"refused"}}; };
  const auto page = box.poller("desk").poll_page();
  ASSERT_FALSE(page);
  EXPECT_EQ(page.error().text(), "desk: poll: no page came");
  EXPECT_EQ(box.metrics.value("saksbro_poll_failures_total", "system=\"desk\""), 1);
  auto tx = need(box.store().begin());
  EXPECT_FALSE(need(tx->polls().cursor(SystemName{"desk"})));
}

struct Quiet {
  int status;
  seconds lasts;
};
class QuietPolling : public testing::TestWithParam<Quiet> {};

TEST_P(QuietPolling, AsksNothingBeforeItsTime) {
  Box box;
  box.trackers.trouble = [](const Call&) { return Fate{Answer{GetParam().status, {}, ""}}; };
  EXPECT_FALSE(box.poller("desk").poll_page());
  box.trackers.trouble = nullptr;
  box.trackers.calls.clear();
  box.clock.pass(GetParam().lasts - std::chrono::milliseconds{1});
  EXPECT_FALSE(need(box.poller("desk").poll_page()));
  EXPECT_THAT(box.trackers.calls, IsEmpty());
  box.clock.pass(std::chrono::milliseconds{1});
  EXPECT_FALSE(need(box.poller("desk").poll_page()));
  EXPECT_THAT(box.trackers.calls, SizeIs(1));
}

INSTANTIATE_TEST_SUITE_P(Polling, QuietPolling,
                         testing::Values(Quiet{401, seconds{60}},       // a person must come first
                                         Quiet{429, seconds{3'600}}));  // Retry-After

TEST(Polling, ThatSucceedsAgainHastensWhatWaits) {
  Box box;
  box.trackers.registers("desk", "7", "Faktura feiler");
  box.poll("desk");
  box.trackers.trouble = [](const Call&) { return Fate{Answer{500, {}, ""}}; };
  for (int tries = 0; tries < 4; ++tries) {
    ASSERT_TRUE(box.send("desk"));
    if (tries < 3) box.clock.pass(minutes{10});
  }
  EXPECT_FALSE(box.poller("desk").poll_page());
  EXPECT_FALSE(box.send("desk")) << "it waits out its time";
  box.trackers.trouble = nullptr;
  box.poll("desk");
  EXPECT_TRUE(box.send("desk"));
}

}  // namespace
}  // namespace saksbro::run
