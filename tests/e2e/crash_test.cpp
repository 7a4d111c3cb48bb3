// kill -9 in the middle of each step. The program dies at a named place, is started again, and the
// walk goes on; at the end each ticket and each comment is there once.
#include <gtest/gtest.h>

#include "tests/e2e/world.h"

namespace saksbro::e2e {
namespace {

using namespace std::chrono_literals;

// Where the program dies, and at which time of coming by there: early and late in the walk.
constexpr const char* kPlaces[] = {
    "in.verified:1",   "in.committed:2", "eng.loaded:3",    "eng.loaded:14", "eng.applied:5",
    "eng.committed:8", "out.claimed:2",  "out.claimed:7",   "out.sending:1", "out.sending:3",
    "out.sent:1",      "out.sent:2",     "out.sent:4",      "out.sent:6",    "out.answered:5",
    "out.recorded:1",  "out.recorded:9", "out.committed:3", "poll.page:2",   "poll.cursor:4",
};

class KillNine : public testing::TestWithParam<const char*> {};

TEST_P(KillNine, LosesNothingAndDoublesNothing) {
  World world;
  world.saksbro->start({{"SAKSBRO_FAIL", GetParam()}});
  int deaths = 0;
  const auto keep_alive = [&] {
    if (world.saksbro->running()) return;
    ++deaths;
    world.saksbro->start();
  };
  const Watch watch(keep_alive);
  const int issue = world.register_issue();
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
  world.expect_one_ticket_each(issue, ticket);
  EXPECT_EQ(world.count_notes(issue, "Skal 1. linje informeres"), 1);
  EXPECT_EQ(world.count_notes(issue, "Løsning fra driftsleverandøren"), 1);
  EXPECT_EQ(world.count_entries(ticket, "Saken er lukket hos kunden"), 1);
}

INSTANTIATE_TEST_SUITE_P(AtEachStep, KillNine, testing::ValuesIn(kPlaces), [](const auto& place) {
  std::string name = place.param;
  for (char& letter : name) {
    if (letter == '.' || letter == ':') letter = '_';
  }
  return name;
});

}  // namespace
}  // namespace saksbro::e2e
