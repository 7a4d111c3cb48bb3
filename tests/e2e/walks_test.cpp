// The two cases of the routine, from end to end, through the trackers that the people sit in.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/world.h"

namespace saksbro::e2e {
namespace {

using namespace std::chrono_literals;
using rig::custom_field;
using rig::eventually;
using testing::AllOf;
using testing::HasSubstr;

// shows M.1.1.1, M.1.1.2, M.1.1.3, M.1.3.1, M.1.3.2, M.1.3.5, M.1.3.6, M.1.3.7, M.1 slutt
TEST(M1Technical, GoesFromRegistrationToLukketThroughBothTrackers) {
  World world;
  world.saksbro->start();
  const int issue = world.register_issue();
  world.take_and_forward(issue);
  const int ticket = world.forwarded(issue);
  eventually("the case's own number on the issue", 20s, [&] {
    return custom_field(world.desk().issue(issue), "Saksnummer") == world.cases().front()["number"];
  });
  world.answer_info_no(issue);
  world.solve(ticket, "Vi har startet tjenesten på nytt, æøå.");
  world.solved(issue, "Vi har startet tjenesten på nytt, æøå.");
  world.confirm_and_close(issue);
  world.closed(issue, ticket);

  world.settled();
  world.expect_one_ticket_each(issue, ticket);
  const auto one = world.cases().front();
  EXPECT_EQ(one["status"], "LUKKET");
  EXPECT_EQ(one["values"]["bekreftelse"], "ja");
  EXPECT_EQ(one["tickets"]["operator"]["number"], "#" + std::to_string(ticket));
  // What 2nd line wrote to itself stays at the desk (invariant 8).
  EXPECT_EQ(world.count_entries(ticket, "Dette er teknisk"), 0);
  EXPECT_EQ(world.count_notes(issue, "Skal 1. linje informeres"), 1);
  EXPECT_THAT(world.explain("#" + std::to_string(issue)),
              AllOf(HasSubstr("m1.yaml:"), HasSubstr("teknisk feil"), HasSubstr("M.1.3.6")));
}

// shows M.2.1.1, M.2.1.2, M.2.1.3, M.2.1.4, M.2.1.5, M.2.1.6, M.2.1.7, M.2.1.9, M.2.1.10, M.2 slutt
TEST(M21Critical, GoesFromTheOperatorsReportToLukketAndRaisesOneAlert) {
  World world;
  world.saksbro->start();
  const int ticket = world.report_critical("Agresso er nede");
  const int issue = world.opened_at_desk(ticket);
  EXPECT_EQ(custom_field(world.desk().issue(issue), "Leverandørens saksnummer"),
            "#" + std::to_string(ticket));
  eventually("the operator is told our number in words", 20s, [&] {
    return world.count_entries(ticket, "saksnummer #" + std::to_string(issue)) == 1;
  });
  eventually("the alert", 20s, [&] { return !world.alerts.posted().empty(); });
  EXPECT_THAT(world.alerts.posted().front().body, HasSubstr("Agresso er nede"));
  eventually("the info question", 20s,
             [&] { return world.count_notes(issue, "Skal sluttbrukerne informeres?") >= 1; });
  world.kari().note(issue, "/sak kvittert", true);
  world.kari().note(issue, "/sak info ja Bruk papir til i morgen.", true);
  eventually("1st line is told", 20s, [&] {
    return world.desk().status(issue) == "AVVENTER" &&
           world.count_notes(issue, "Bruk papir til i morgen.") == 2;
  });
  world.solve(ticket, "Disken er byttet.");
  world.solved(issue, "Disken er byttet.");
  world.per().note(issue, "/sak lukk");
  world.closed(issue, ticket);

  world.settled();
  world.expect_one_ticket_each(issue, ticket);
  EXPECT_EQ(world.alerts.posted().size(), 1U);
  EXPECT_EQ(world.cases().front()["status"], "LUKKET");
}

TEST(Metrics, AreGoodPrometheusText) {
  World world;
  world.saksbro->start();
  const int issue = world.register_issue();
  eventually("the case", 20s, [&] { return world.cases().size() == 1; });
  (void)issue;
  const auto text = world.saksbro->operations("/metrics");
  const auto file = world.saksbro->folder() / "metrics.txt";
  rig::write_file(file, text);
  const auto checked = rig::run({"sh", "-c", "promtool check metrics < " + file.string()}, 20s);
  EXPECT_EQ(checked.exit_code, 0) << checked.output << text;
  EXPECT_THAT(text, HasSubstr("saksbro_cases{state=\"open\"} 1\n"));
  EXPECT_EQ(world.saksbro->operations("/healthz"), "ok\n");
}

}  // namespace
}  // namespace saksbro::e2e
