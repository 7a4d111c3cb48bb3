// kill -9 in the middle of each step. The program dies at a named place, is started again, and the
// walk goes on; at the end each ticket and each comment is there once.
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <vector>

#include "tests/e2e/world.h"

namespace saksbro::e2e {
namespace {

using namespace std::chrono_literals;

struct Group {
  const char* name;
  std::vector<std::string>
      places;  // and at which time of coming by there: early and late in the walk
};

const Group kGroups[] = {
    {"WhileReceiving", {"in.verified:1", "in.committed:2", "poll.page:2", "poll.cursor:4"}},
    {"WhileDeciding", {"eng.loaded:3", "eng.loaded:14", "eng.applied:5", "eng.committed:8"}},
    {"WhileCalling",
     {"out.claimed:2", "out.claimed:7", "out.sending:1", "out.sending:3", "out.sent:1",
      "out.sent:2"}},
    {"WhileRecording",
     {"out.sent:4", "out.sent:6", "out.answered:5", "out.recorded:1", "out.recorded:9",
      "out.committed:3"}},
};

void PrintTo(const Group& group, std::ostream* out) { *out << group.name; }

class KillNine : public testing::TestWithParam<Group> {};

void walk_with_a_death_at(World& world, const std::string& place) {
  SCOPED_TRACE("killed at " + place);
  world.saksbro->start_until_ready_or_dead({{"SAKSBRO_FAIL", place}});
  std::atomic<int> deaths = 0;
  const Watch watch([&] {
    if (world.saksbro->running()) return;
    ++deaths;
    world.saksbro->start();
  });
  const int issue = world.register_issue("Drept ved " + place);
  world.take_and_forward(issue);
  const int ticket = world.forwarded(issue);
  world.answer_info_no(issue);
  world.solve(ticket, "Løst hos oss.");
  world.solved(issue, "Løst hos oss.");
  world.confirm_and_close(issue);
  world.closed(issue, ticket);
  watch.end();
  EXPECT_EQ(deaths, 1) << "the place was not passed: this test shows nothing";
  world.settled();
  EXPECT_EQ(world.count_notes(issue, "Skal 1. linje informeres"), 1);
  EXPECT_EQ(world.count_notes(issue, "Løsning på saken"), 1);
  EXPECT_EQ(world.count_entries(ticket, "Saken er lukket hos kunden"), 1);
  EXPECT_EQ(world.saksbro->terminate(), 0);
}

TEST_P(KillNine, LosesNothingAndDoublesNothing) {
  World world;
  for (const std::string& place : GetParam().places) walk_with_a_death_at(world, place);
  const auto walks = GetParam().places.size();
  EXPECT_EQ(world.leif().find("Queue = 'Leveranse'").size(), walks);
  EXPECT_EQ(world.cases().size(), walks);
}

// Promise 1.
INSTANTIATE_TEST_SUITE_P(InTheMiddleOfEachStep, KillNine, testing::ValuesIn(kGroups),
                         [](const auto& group) { return std::string(group.param.name); });

}  // namespace
}  // namespace saksbro::e2e
