// Each connector against a system that fails at each call in each way: through the real client and
// dispatcher, and judged by the fake's own ledger.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/chaos/line.h"

namespace saksbro::chaos {
namespace {

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
// Promises 1, 2, 3, 4, 5, 8.
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
                                 Values(Fault::apply_then_500, Fault::apply_then_502,
                                        Fault::apply_then_504, Fault::apply_then_reset,
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
                         Combine(ValuesIn(kinds()), Values(Fault::apply_then_hang, Fault::drip,
                                                           Fault::huge_body, Fault::gzip_bomb)),
                         named);

}  // namespace
}  // namespace saksbro::chaos
