#include "bridge/run/calls/breaker.h"

#include <gtest/gtest.h>

namespace saksbro::run {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr core::Ticks kStart{5'000'000};
constexpr Told kIll{SystemHealth::ill, false, std::nullopt};
constexpr Told kAtOnce{SystemHealth::ill, true, std::nullopt};
constexpr Told kWell{SystemHealth::well, false, std::nullopt};
constexpr Told kUnclear{SystemHealth::unclear, false, std::nullopt};

// Promise 28.
TEST(Breaker, OpensAfterThreeFailuresInARow) {
  Breaker breaker;
  EXPECT_EQ(breaker.ended(Permit::normal, kIll, kStart), Turned::no);
  EXPECT_EQ(breaker.ended(Permit::normal, kIll, kStart), Turned::no);
  EXPECT_EQ(breaker.ended(Permit::normal, kWell, kStart), Turned::no) << "the row is broken";
  EXPECT_EQ(breaker.ended(Permit::normal, kIll, kStart), Turned::no);
  EXPECT_EQ(breaker.ended(Permit::normal, kUnclear, kStart), Turned::no) << "says nothing";
  EXPECT_EQ(breaker.ended(Permit::normal, kIll, kStart), Turned::no);
  EXPECT_EQ(breaker.ask(kStart), Permit::normal);
  EXPECT_EQ(breaker.ended(Permit::normal, kIll, kStart), Turned::opened);
  EXPECT_EQ(breaker.ask(kStart), Permit::none);
}

TEST(Breaker, OpensAtOnceForRefusedCredentials) {
  Breaker breaker;
  EXPECT_EQ(breaker.ended(Permit::normal, kAtOnce, kStart), Turned::opened);
}

TEST(Breaker, LetsExactlyOneThroughAMinute) {
  Breaker breaker;
  (void)breaker.ended(Permit::normal, kAtOnce, kStart);
  EXPECT_EQ(breaker.ask(kStart + seconds{59}), Permit::none);
  EXPECT_EQ(breaker.ask(kStart + seconds{60}), Permit::probe);
  EXPECT_EQ(breaker.ask(kStart + seconds{60}), Permit::none);
  EXPECT_EQ(breaker.ask(kStart + minutes{5}), Permit::none) << "while the probe is out";
  EXPECT_EQ(breaker.ended(Permit::probe, kIll, kStart + seconds{70}), Turned::failed_again);
  EXPECT_EQ(breaker.ask(kStart + seconds{129}), Permit::none);
  EXPECT_EQ(breaker.ask(kStart + seconds{130}), Permit::probe);
}

TEST(Breaker, ClosesWhenTheProbeSucceeds) {
  Breaker breaker;
  (void)breaker.ended(Permit::normal, kAtOnce, kStart);
  EXPECT_EQ(breaker.ended(breaker.ask(kStart + seconds{60}), kWell, kStart + seconds{61}),
            Turned::closed);
  EXPECT_EQ(breaker.ask(kStart + seconds{61}), Permit::normal);
  EXPECT_EQ(breaker.closed_for(kStart), std::nullopt);
}

TEST(Breaker, GivesAnUnusedProbeToTheNext) {
  Breaker breaker;
  (void)breaker.ended(Permit::normal, kAtOnce, kStart);
  breaker.give_back(breaker.ask(kStart + seconds{60}));
  EXPECT_EQ(breaker.ask(kStart + seconds{60}), Permit::probe);
}

TEST(Breaker, WaitsAnotherMinuteWhenAProbeProvesNothing) {
  Breaker breaker;
  (void)breaker.ended(Permit::normal, kAtOnce, kStart);
  const Permit probe = breaker.ask(kStart + seconds{60});
  EXPECT_EQ(breaker.ended(probe, kUnclear, kStart + seconds{60}), Turned::no);
  EXPECT_EQ(breaker.ask(kStart + seconds{119}), Permit::none);
  EXPECT_EQ(breaker.ask(kStart + seconds{120}), Permit::probe);
}

TEST(Breaker, IsNotClosedByWhatWasUnderWayWhenItOpened) {
  Breaker breaker;
  (void)breaker.ended(Permit::normal, kAtOnce, kStart);
  EXPECT_EQ(breaker.ended(Permit::normal, kWell, kStart), Turned::no);
  EXPECT_EQ(breaker.ask(kStart), Permit::none);
}

// Promise 7.
TEST(Breaker, KeepsQuietAsLongAsItWasAskedTo) {
  Breaker breaker;
  EXPECT_EQ(breaker.ended(Permit::normal, {SystemHealth::ill, true, minutes{30}}, kStart),
            Turned::opened);
  (void)breaker.ended(Permit::normal, kIll, kStart);
  EXPECT_EQ(breaker.closed_for(kStart + minutes{10}), minutes{20});
  EXPECT_EQ(breaker.ask(kStart + minutes{30} - seconds{1}), Permit::none);
  EXPECT_EQ(breaker.ask(kStart + minutes{30}), Permit::probe);
}

TEST(Breaker, BeginsWithAProbeWhenItWasOpenBefore) {
  Breaker breaker;
  breaker.reopen(kStart);
  EXPECT_EQ(breaker.ask(kStart), Permit::probe);
  EXPECT_EQ(breaker.ask(kStart), Permit::none);
}

}  // namespace
}  // namespace saksbro::run
