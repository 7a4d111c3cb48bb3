// Each connector against a system that fails at each call in each way: through the real client and
// dispatcher, and judged by the fake's own ledger.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/town/line.h"

namespace saksbro::chaos {
namespace {

using namespace std::chrono_literals;
using fakes::Fault;
using fakes::Rule;
using testing::Combine;
using testing::IsEmpty;
using testing::Values;
using testing::ValuesIn;

constexpr int kCallsMost = 60;  // an errand has fewer

std::string value_for(Fault fault) {
  if (fault == Fault::cut_body_after) return "7";
  if (fault == Fault::reset_in_request) return "20";
  return "";
}

class EachFault : public testing::TestWithParam<std::tuple<Kind, Fault>> {};

// The n-th call fails, for n = 1, 2, 3 and so on until none is left to fail.
// Promises 2, 3, 4, 5.
TEST_P(EachFault, AtEachCallOfAnErrandLosesNothingAndDoublesNothing) {
  const auto& [kind, fault] = GetParam();
  for (int n = 0; n < kCallsMost; ++n) {
    SCOPED_TRACE("call " + std::to_string(n + 1) + " fails");
    Line line(kind);
    line.tracker.faults.add({.fault = fault, .after = n, .value = value_for(fault)});
    line.queue_errand();
    (void)line.drain();
    ASSERT_THAT(line.wrong_with_errand(), IsEmpty());
    if (line.tracker.faults.drawn(fault) == 0) return;
  }
  FAIL() << "an errand of " << kCallsMost << " calls: the fault was never passed";
}

std::string named(const testing::TestParamInfo<std::tuple<Kind, Fault>>& info) {
  return std::string(std::get<0>(info.param).name) + "_" + name(std::get<1>(info.param));
}

INSTANTIATE_TEST_SUITE_P(Fast, EachFault,
                         Combine(ValuesIn(kinds()),
                                 Values(Fault::apply_then_500, Fault::apply_then_reset,
                                        Fault::reset_before_read, Fault::reset_in_request,
                                        Fault::cut_body_after, Fault::too_many, Fault::unavailable,
                                        Fault::unauthorized, Fault::html_200)),
                         named);

class EachWrite : public testing::TestWithParam<std::tuple<Kind, Fault>> {};

// Those that cost time, at the writes only.
// Promises 3, 22, 23.
TEST_P(EachWrite, ThatIsNeverAnsweredRightIsDoneOnce) {
  const auto& [kind, fault] = GetParam();
  for (const Kind::Write& write : kind.writes) {
    SCOPED_TRACE(write.verb);
    Line line(kind);
    line.tracker.faults.add(
        {.fault = fault, .method = write.method, .path = write.path, .after = write.after});
    line.queue_errand();
    (void)line.drain();
    EXPECT_THAT(line.wrong_with_errand(), IsEmpty());
    EXPECT_EQ(line.tracker.faults.drawn(fault), 1);
  }
}

INSTANTIATE_TEST_SUITE_P(Slow, EachWrite,
                         Combine(ValuesIn(kinds()),
                                 Values(Fault::apply_then_502, Fault::apply_then_504,
                                        Fault::apply_then_hang, Fault::drip, Fault::huge_body,
                                        Fault::gzip_bomb)),
                         named);

class Patience : public testing::TestWithParam<Kind> {
 protected:
  // How long the first write took to be done, when each is answered so once.
  static std::chrono::milliseconds wait_after(Fault fault, const std::string& retry_after) {
    Line line(GetParam());
    line.tracker.faults.add({.fault = fault, .method = "POST", .path = "/", .value = retry_after});
    line.queue("create", line.create("bro-1"));
    const auto wait = line.drain();
    EXPECT_EQ(line.created(), 1);
    return wait;
  }
};
INSTANTIATE_TEST_SUITE_P(Kinds, Patience, ValuesIn(kinds()),
                         [](const auto& row) { return std::string(row.param.name); });

// Promise 7.
TEST_P(Patience, WaitsAsLongAsTheSystemAsksInSecondsOrByADate) {
  EXPECT_GE(wait_after(Fault::too_many, "600"), 600s);
  EXPECT_GE(wait_after(Fault::too_many, "Mon, 23 Nov 2026 12:20:00 GMT"), 20min);
  EXPECT_GE(wait_after(Fault::unavailable, "600"), 600s);
  EXPECT_LT(wait_after(Fault::too_many, "864000"), 2h) << "an hour is the most";
}

// Promise 8.
TEST_P(Patience, WaitsAMinuteAtLeastForWhoAsksForPatienceAndDoesNotSayHowLong) {
  EXPECT_GE(wait_after(Fault::too_many, ""), 60s);
  EXPECT_GE(wait_after(Fault::unavailable, ""), 60s);
}

// Promises 2, 3.
TEST_P(Patience, LooksAgainWhenTheSearchLagsBehindTheCreate) {
  Line line(GetParam());
  line.tracker.state.stale_search(3s);
  line.tracker.faults.add({.fault = Fault::apply_then_reset, .method = "POST"});
  line.queue("create", line.create("bro-1"));
  (void)line.drain();
  EXPECT_EQ(line.created(), 1);
}

// Promise 28.
TEST_P(Patience, HoldsTheQueueWhileTheCredentialsAreRefusedAndAsksOnceAMinute) {
  Line line(GetParam());
  line.tracker.faults.add({.fault = Fault::unauthorized, .times = -1});
  for (int i = 0; i < 20; ++i) {
    line.queue("create-" + std::to_string(i), line.create("bro-" + std::to_string(i)),
               "SAK-" + std::to_string(i));
  }
  for (int minute = 0; minute < 60; ++minute) {
    while (line.send()) {
    }
    line.clock.pass(1min);
  }
  EXPECT_LE(line.tracker.faults.drawn(Fault::unauthorized), 61) << "accounts are locked by more";
  EXPECT_EQ(line.open_rows().size(), 20U);
  line.tracker.faults.clear();
  (void)line.drain();
  EXPECT_EQ(line.created(), 20);
  EXPECT_THAT(line.open_rows(), IsEmpty());
}

// Promise 4.
TEST_P(Patience, TriesAgainWithoutALookWhatWasSurelyNotSent) {
  Line line(GetParam());
  line.tracker.close();
  line.queue("create", line.create("bro-1"));
  ASSERT_TRUE(line.send());
  line.tracker.open();
  EXPECT_LT(line.drain(), 1min);
  EXPECT_EQ(line.created(), 1);
}

// Promise 47.
TEST_P(Patience, AMoveThatTheWorkflowForbidsIsNotTakenForDone) {
  Line line(GetParam());
  const auto& statuses = GetParam().settings.statuses;
  line.tracker.state.forbid(statuses.front(), GetParam().status);
  line.queue_errand();
  (void)line.drain();
  const auto rows = line.open_rows();
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows.front().issued.command.key.text(), "status");
  EXPECT_EQ(rows.front().state, store::OutboxState::dead);
  EXPECT_THAT(in_english(rows.front().last_why), testing::HasSubstr(statuses.front()));
}

// Promise 46.
TEST_P(Patience, AStatusThatWasRenamedIsADeadLetterUntilItIsThereAgain) {
  Line line(GetParam());
  line.queue("create", line.create("bro-1"));
  (void)line.drain();
  line.tracker.state.rename_status(GetParam().status, "Ferdig");
  line.queue("status", SetStatus{RemoteKey{"1"}, GetParam().status, {}});
  (void)line.drain();
  ASSERT_EQ(line.open_rows().size(), 1U);
  EXPECT_EQ(line.open_rows().front().state, store::OutboxState::dead);
  EXPECT_THAT(in_english(line.open_rows().front().last_why), testing::HasSubstr(GetParam().status));
  line.tracker.state.rename_status("Ferdig", GetParam().status);
  line.redrive();
  (void)line.drain();
  EXPECT_EQ(line.tracker.state.find(1)->status, GetParam().status);
}

// Promise 16.
TEST_P(Patience, ThreeDaysOfMaintenanceAreSatOutInOrder) {
  Line line(GetParam());
  line.queue("create", line.create("bro-1"));
  (void)line.drain();
  line.tracker.faults.add({.fault = Fault::html_200, .times = -1, .chance = 0.3});
  line.tracker.faults.add({.fault = Fault::unavailable, .times = -1});
  for (int i = 0; i < 10; ++i) {
    const std::string reference = "[ref-" + std::to_string(i) + "]";
    line.queue("comment-" + std::to_string(i),
               AddComment{RemoteKey{"1"}, "Melding " + reference, reference});
  }
  for (int quarters = 0; quarters < 3 * 24 * 4; ++quarters) {
    while (line.send()) {
    }
    line.clock.pass(15min);
  }
  line.tracker.faults.clear();
  EXPECT_LT(line.drain(), 5h);
  std::vector<std::string> seen;
  const auto ticket = line.tracker.state.find(1);
  ASSERT_TRUE(ticket);
  for (const auto& event : ticket->events) {
    if (event.text.starts_with("Melding")) seen.push_back(event.text);
  }
  ASSERT_EQ(seen.size(), 10U);
  EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end())) << "order is lost";
  EXPECT_THAT(line.open_rows(), IsEmpty());
}

}  // namespace
}  // namespace saksbro::chaos
