// Webhooks that come twice, late, in another order, before the answer, or never.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/town/verifier.h"
#include "tests/town/walk.h"

namespace saksbro::chaos {
namespace {

using namespace std::chrono_literals;
using testing::IsEmpty;

void walk_to_the_end(Town& town, std::vector<Walk>& walks) {
  const auto until = std::chrono::steady_clock::now() + 90s;
  const auto done = [&] {
    bool all = true;
    for (Walk& walk : walks) {
      (void)walk.step();
      all = all && walk.done();
    }
    return all;
  };
  while (!done() || !town.quiet()) {
    if (std::chrono::steady_clock::now() > until) break;  // the verifier tells
    std::this_thread::sleep_for(20ms);
  }
  for (const auto& [name, tracker] : town.systems) tracker->hooks.wait_until_sent();
  EXPECT_EQ(town.saksbro->terminate(), 0);
  EXPECT_THAT(verify(town, walks).differences, IsEmpty());
}

std::vector<Walk> two_cases(Town& town) {
  return {{town, Way::technical, 1, 3}, {town, Way::functional, 2, 3}};
}

void fail_hooks(Town& town, const fakes::HookFaults& faults) {
  for (const auto& [name, tracker] : town.systems) tracker->hooks.fail(faults);
}

// Promise 9.
TEST(Webhooks, EachFiftyTimesAtOnceHaveOneEffectAndA2xxEach) {
  Town town({});
  fail_hooks(town, {.copies = 50});
  town.saksbro->start();
  std::vector<Walk> walks{{town, Way::technical, 1, 2}};
  walk_to_the_end(town, walks);
  EXPECT_EQ(town.system("operator").hooks.not_acknowledged(), 0);
}

// Promise 10.
TEST(Webhooks, InAnotherOrderLeadToTheSameEnd) {
  Town town({});
  fail_hooks(town, {.reorder = 5});
  town.saksbro->start();
  auto walks = two_cases(town);
  walk_to_the_end(town, walks);
}

TEST(Webhooks, ThatNeverComeCostOnlyTime) {
  Town town({});
  fail_hooks(town, {.lost = 1});
  town.saksbro->start();
  auto walks = two_cases(town);
  walk_to_the_end(town, walks);
  EXPECT_THAT(town.system("operator").hooks.acknowledged(), IsEmpty());
}

// Promise 11.
TEST(Webhooks, OfOurOwnCreateMayComeBeforeItsAnswer) {
  Town town({});
  for (const char* supplier : {"operator", "third_line"}) {
    town.system(supplier).faults.add(
        {.fault = fakes::Fault::webhook_before_response, .method = "POST", .times = -1});
  }
  town.saksbro->start();
  auto walks = two_cases(town);
  walk_to_the_end(town, walks);
  EXPECT_GE(town.system("operator").faults.drawn(fakes::Fault::webhook_before_response), 1);
  EXPECT_GE(town.system("third_line").faults.drawn(fakes::Fault::webhook_before_response), 1);
}

}  // namespace
}  // namespace saksbro::chaos
