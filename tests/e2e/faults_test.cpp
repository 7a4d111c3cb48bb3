// What goes wrong in real life, between real servers: nothing is lost, nothing comes twice.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/world.h"
#include "tests/rig/rest.h"

namespace saksbro::e2e {
namespace {

using namespace std::chrono_literals;
using rig::eventually;
using testing::HasSubstr;

// The rest of M.1 once the issue is registered; asserts that each thing happened once.
void walk_m1(World& world, int issue) {
  world.take_and_forward(issue);
  const int ticket = world.forwarded(issue);
  world.answer_info_no(issue);
  world.solve(ticket, "Løst hos oss.");
  world.solved(issue, "Løst hos oss.");
  world.confirm_and_close(issue);
  world.closed(issue, ticket);
  world.settled();
  world.expect_one_ticket_each(issue, ticket);
  EXPECT_EQ(world.count_notes(issue, "Skal 1. linje informeres"), 1);
  EXPECT_EQ(world.count_notes(issue, "Løsning på saken"), 1);
}

TEST(LostWebhooks, CostOnlyTime) {
  World world({.webhook = false});
  world.saksbro->start();
  walk_m1(world, world.register_issue());
  EXPECT_THAT(world.saksbro->operations("/metrics"),
              HasSubstr("saksbro_repaired_total{system=\"operator\",by=\"poll\"}"));
}

// Promise 9.
TEST(TheSameWebhook, FiveTimesHasOneEffect) {
  World world({.webhook = false, .poll = "1h"});
  world.saksbro->start();
  const int ticket = world.report_critical("Fem ganger");
  // As RT's scrip sends it, five times over.
  const std::string body =
      R"({"changes":[{"id":77,"type":"Create"}],"event":"ticket.created","ticket":{"id":)" +
      std::to_string(ticket) + R"(,"queue":"Leveranse","status":"ny","subject":"Fem ganger"}})";
  std::vector<int> answers;
  for (int i = 0; i < 5; ++i) answers.push_back(world.post_webhook(body));
  EXPECT_EQ(answers, std::vector<int>(5, 200));
  const int issue = world.opened_at_desk(ticket);
  world.settled();
  world.expect_one_ticket_each(issue, ticket);
  EXPECT_EQ(world.alerts.posted().size(), 1U);
  EXPECT_THAT(world.saksbro->operations("/metrics"),
              HasSubstr("saksbro_deliveries_total{system=\"operator\",new=\"no\"} 4\n"));
}

TEST(AForgedWebhook, IsRefusedAndLeavesNoTrace) {
  World world({.webhook = false, .poll = "1h"});
  world.saksbro->start();
  EXPECT_EQ(world.post_webhook(R"({"ticket":{"id":1,"queue":"Leveranse"}})", "sha256=00"), 401);
  EXPECT_EQ(world.post_webhook(R"({"ticket":{"id":1,"queue":"Leveranse"}})", ""), 401);
  world.settled();
  EXPECT_TRUE(world.cases().empty());
}

// Promises 2, 3.
TEST(ALostAnswer, ToACreateOpensNoSecondTicket) {
  World world;
  world.saksbro->start();
  const int issue = world.register_issue();
  eventually("the case", 20s, [&] { return world.cases().size() == 1; });
  world.to_rt->lose(rig::Loss::answer, "POST");
  walk_m1(world, issue);
  EXPECT_EQ(world.to_rt->lost(), 1);
}

TEST(ALostAnswer, ToACommentWritesNoSecondOne) {
  World world;
  world.saksbro->start();
  const int issue = world.register_issue();
  eventually("the case", 20s, [&] { return world.cases().size() == 1; });
  world.settled();
  world.to_redmine->lose(rig::Loss::answer, "PUT", 2);
  walk_m1(world, issue);
  EXPECT_EQ(world.to_redmine->lost(), 2);
}

TEST(RedmineDown, ForAWhileLosesNothing) {
  World world;
  world.saksbro->start();
  const int issue = world.register_issue();
  world.take_and_forward(issue);
  const int ticket = world.forwarded(issue);
  world.answer_info_no(issue);
  world.settled();
  world.redmine.stop();
  world.solve(ticket, "Løst mens dere var nede.");
  std::this_thread::sleep_for(8s);  // the length of the outage
  EXPECT_THAT(world.saksbro->verb({"outbox"}).output, HasSubstr("desk"));
  world.redmine.start_again();
  // An outage of some seconds opens the breaker, which looks once a minute.
  eventually("calls to the desk again", 90s, [&] {
    return world.saksbro->operations("/metrics")
               .find("saksbro_breaker_open{system=\"desk\"} 0\n") != std::string::npos;
  });
  world.solved(issue, "Løst mens dere var nede.");
  world.confirm_and_close(issue);
  world.closed(issue, ticket);
  world.settled();
  world.expect_one_ticket_each(issue, ticket);
}

// Promise 47.
TEST(AForbiddenStatus, IsSaidOnTheTicketAndDoneWhenTheTrackerAllowsIt) {
  World world;
  world.saksbro->start();
  const int issue = world.register_issue();
  world.take_and_forward(issue);
  const int ticket = world.forwarded(issue);
  world.answer_info_no(issue);
  world.settled();
  // Redmine closes no issue that has an open subtask, whatever the workflow allows: it would answer
  // 204 and do nothing.
  const int below = world.per().open_below(issue, "Skriv om det i erfaringsbasen");
  world.solve(ticket, "Løst hos oss.");
  world.solved(issue, "Løst hos oss.");
  world.confirm_and_close(issue);
  eventually("the refusal on the issue", 30s,
             [&] { return world.count_notes(issue, "Saksbro fikk ikke gjort dette") == 1; });
  EXPECT_THAT(world.saksbro->verb({"outbox"}).output, HasSubstr("dead letter"));
  EXPECT_EQ(world.desk().status(issue), "LØST");
  world.per().set_status(below, "LUKKET");
  world.per().note(issue, "Nå står det i erfaringsbasen.");
  eventually("LUKKET, tried again since the ticket changed", 30s,
             [&] { return world.desk().status(issue) == "LUKKET"; });
  world.settled();
  EXPECT_EQ(world.saksbro->verb({"outbox"}).output,
            "Nothing waits, and there are no dead letters.\n");
}

}  // namespace
}  // namespace saksbro::e2e
