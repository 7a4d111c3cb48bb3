// What is written and read again is the same, whatever the values are.
#include <gtest/gtest.h>

#include "bridge/records/answer_record.h"
#include "bridge/records/case_record.h"
#include "bridge/records/command_record.h"
#include "bridge/records/fact_record.h"
#include "bridge/records/link_record.h"
#include "bridge/records/order_record.h"
#include "bridge/records/timer_record.h"
#include "tests/records/random_values.h"

namespace saksbro::records {
namespace {

constexpr unsigned kSeeds = 500;

TEST(Records, EveryFactComesBackAsItWas) {
  for (unsigned seed = 0; seed < kSeeds; ++seed) {
    const auto fact = Random{seed}.one<core::Fact>();
    const Result<core::Fact> back = read_fact(core::name_of(fact), write(fact));
    ASSERT_TRUE(back.has_value()) << "seed " << seed << ": " << back.error().text();
    EXPECT_EQ(*back, fact) << "seed " << seed << ": " << write(fact);
  }
}

TEST(Records, EveryKindOfFactIsAmongTheRandomOnes) {
  std::set<std::size_t> kinds;
  for (unsigned seed = 0; seed < kSeeds; ++seed)
    kinds.insert(Random{seed}.one<core::Fact>().index());
  EXPECT_EQ(kinds.size(), std::variant_size_v<core::Fact>);
}

TEST(Records, ACaseComesBackAsItWas) {
  for (unsigned seed = 0; seed < kSeeds; ++seed) {
    const auto state = Random{seed}.one<core::Case>();
    const Result<core::Case> back = read_case(write(state));
    ASSERT_TRUE(back.has_value()) << "seed " << seed << ": " << back.error().text();
    EXPECT_EQ(*back, state) << "seed " << seed << ": " << write(state);
  }
}

TEST(Records, AnIssuedCommandComesBackAsItWas) {
  for (unsigned seed = 0; seed < kSeeds; ++seed) {
    const auto issued = Random{seed}.one<core::Issued>();
    const Result<core::Issued> back = read_issued(write(issued));
    ASSERT_TRUE(back.has_value()) << "seed " << seed << ": " << back.error().text();
    EXPECT_EQ(*back, issued) << "seed " << seed << ": " << write(issued);
    EXPECT_EQ(read_command(write(issued.command)), issued.command);
  }
}

TEST(Records, AnAnswerComesBackAsItWas) {
  Random random{1};
  const AnswerRecord answer{{random.one<IdempotencyKey>(), "comment", RemoteKey{"17"}, true, "æ\n"},
                            "{\"issue\": {\"id\": 17}}",
                            CaseNumber{"SAK-2026-00001"}};
  const Result<AnswerRecord> back = read_answer(write(answer));
  ASSERT_TRUE(back.has_value()) << back.error().text();
  EXPECT_EQ(write(*back), write(answer));
  EXPECT_EQ(back->settled.key, answer.settled.key);
  EXPECT_TRUE(back->settled.delivered);
  EXPECT_EQ(back->snapshot, answer.snapshot);
  EXPECT_EQ(back->case_number, answer.case_number);
}

TEST(Records, TimersAndOrdersComeBackAsTheyWere) {
  const TimerRecord timer{CaseNumber{"SAK-2026-00001"}, "deadline",
                          Instant{} + std::chrono::hours{9}};
  EXPECT_EQ(read_timer(write(timer)), timer);
  const Order all{"redrive", {}, {}, std::nullopt};
  EXPECT_EQ(read_order(write(all)), all);
  const Order one{"unpark", CaseNumber{"SAK-2026-00001"}, SystemName{"desk"}, 17};
  EXPECT_EQ(read_order(write(one)), one);
}

TEST(Records, WhatALinkSaidComesBackAsItWas) {
  for (unsigned seed = 0; seed < kSeeds; ++seed) {
    Random random{seed};
    const LinkRecord link{random.one<CaseNumber>(), random.one<core::Signal>(),
                          random.one<core::Role>(), random.one<std::string>(),
                          random.one<std::string>()};
    EXPECT_EQ(read_link(write(link)), link) << "seed " << seed << ": " << write(link);
  }
}

// A byte that is no UTF-8 must not stop the bridge: the record is written, with U+FFFD in its
// place.
TEST(Records, BytesThatAreNoTextAreReplacedNotThrown) {
  const core::Fact fact = core::ValueKept{"solution", "caf\xe9"};
  EXPECT_EQ(read_fact("ValueKept", write(fact)),
            core::Fact(core::ValueKept{"solution", "caf\xef\xbf\xbd"}));
}

}  // namespace
}  // namespace saksbro::records
