// The verifier itself: each kind of difference is seen. The program only makes an empty store here;
// what it would have done in the fakes is done by the test.
#include "tests/town/verifier.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/rig/alert_sink.h"
#include "tests/town/walk.h"

namespace saksbro::chaos {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class AVerifier : public testing::Test {
 protected:
  AVerifier() {
    town.saksbro->start();
    (void)town.saksbro->terminate();
    EXPECT_TRUE(walk().step()) << "registers";
    by_the_bridge(desk(), 1, {.fields = {{kCaseNumber, "SAK-1"}}});
    steps(2);
    ticket_ = there().open("bro", "operator", "Sak", "Tekst",
                           {{"Saksbro-nøkkel", "m1"}, {kCustomerNumber, "#1"}});
    by_the_bridge(desk(), 1, {.fields = {{kSupplierNumber, "#1"}}});
    steps(1);
    by_the_bridge(desk(), 1, {.text = "Skal 1. linje informeres? /sak info nei [r0]"});
    steps(1);
    EXPECT_FALSE(walk().step()) << "its file is not at the supplier yet";
    brings(there(), ticket_, 0);
    steps(4);  // that it is there, two replies, and that was all
    copies({0, 1});
    brings(desk(), 1, 1);
    steps(2);
    by_the_bridge(desk(), 1, {.status = "LØST"});
    steps(1);
    by_the_bridge(desk(), 1, {.status = "LUKKET"});
    by_the_bridge(there(), ticket_, {.status = "lukket"});
    steps(1);
  }

  Walk& walk() { return walks.front(); }
  fakes::Tracker& desk() { return town.desk().state; }
  fakes::Tracker& there() { return town.system("operator").state; }
  static void by_the_bridge(fakes::Tracker& state, int ticket, const fakes::Change& change) {
    (void)state.change(state.settings().bridge, ticket, change);
  }
  void copies(const std::vector<std::size_t>& replies) {
    for (const std::size_t i : replies)
      by_the_bridge(desk(), 1, {.text = "Svar: " + walk().said().at(i)});
  }
  void brings(fakes::Tracker& state, int ticket, std::size_t file) {
    by_the_bridge(state, ticket, {.text = "Vedlegg", .files = {walk().given().at(file).file}});
  }
  void steps(int count) { steps_of(walk(), count); }
  static void steps_of(Walk& walk, int count) {
    for (int i = 0; i < count; ++i) ASSERT_TRUE(walk.step()) << walk.words();
  }
  std::vector<std::string> differences() { return verify(town, walks).differences; }

  Town town{{}};
  std::vector<Walk> walks{{town, Way::technical, 1, 2}};
  int ticket_ = 0;
};

TEST_F(AVerifier, FindsNothingWhereAllIsRight) {
  EXPECT_TRUE(walk().done()) << walk().words();
  EXPECT_THAT(differences(), IsEmpty());
}

TEST_F(AVerifier, SeesATicketThatIsThereTwice) {
  (void)there().open("bro", "operator", "Sak", "Tekst", {{"Saksbro-nøkkel", "m1"}});
  EXPECT_THAT(differences(), ElementsAre("operator: twice created with marker m1",
                                         "operator #2 belongs to 0 cases of people"));
}

TEST_F(AVerifier, SeesACommentThatIsThereTwice) {
  by_the_bridge(desk(), 1, {.text = "Hei [r1]"});
  by_the_bridge(desk(), 1, {.text = "Hei [r1]"});
  EXPECT_THAT(differences(), ElementsAre("desk: twice comment at #1: Hei [r1]"));
}

TEST_F(AVerifier, SeesTwoCaseNotesOnOneTicket) {
  by_the_bridge(desk(), 1, {.text = "Saksbro SAK-1, M.1"});
  by_the_bridge(desk(), 1, {.text = "Saksbro SAK-1, M.1: ny"});
  EXPECT_THAT(differences(), ElementsAre("desk #1 has 2 case notes"));
}

TEST_F(AVerifier, SeesAReplyThatIsMissingTwiceOrInAnotherOrder) {
  const auto events = desk().find(1)->events;
  for (const auto& event : events) {
    if (event.text == "Svar: " + walk().said().at(0))
      (void)desk().edit_comment("5", event.id, "", true);
  }
  EXPECT_THAT(differences(), ElementsAre("desk #1: the supplier's \"Svar1x1z\" is not there"));
  copies({0});
  EXPECT_THAT(differences(), ElementsAre("desk: twice comment at #1: Svar: Svar1x1z",
                                         "desk #1: replies are not in their order"));
}

TEST_F(AVerifier, SeesNumbersAndStatusesThatDoNotAgree) {
  by_the_bridge(desk(), 1, {.fields = {{kSupplierNumber, "#9"}}});
  by_the_bridge(there(), ticket_, {.status = "løst", .fields = {{kCustomerNumber, ""}}});
  EXPECT_THAT(differences(), ElementsAre("operator #1 was set back to løst",
                                         "desk #1: the supplier's number is #9",
                                         "desk #1: its number at the supplier is ",
                                         "desk #1: is LUKKET, the supplier's is løst"));
}

TEST_F(AVerifier, SeesAnAcknowledgedDeliveryThatIsNotOnDisk) {
  const rig::AlertSink takes_all;
  fakes::Hooks& hooks = town.system("operator").hooks;
  hooks.wait_until_sent();  // of the walk: nobody took those
  hooks.send_to(takes_all.port(), "/");
  hooks.send({{}, "{\"lost\":1}"});
  hooks.wait_until_sent();
  EXPECT_THAT(differences(), ElementsAre("operator: acknowledged and not on disk: {\"lost\":1}"));
}

TEST_F(AVerifier, SeesACaseThatDoesNotEnd) {
  walks.emplace_back(town, Way::reported, 2, 0);
  EXPECT_TRUE(walks.back().step());
  EXPECT_THAT(differences(),
              testing::Contains(HasSubstr("walk 2 (reported, desk #0, operator #2) waits for")));
}

TEST_F(AVerifier, SeesThatACriticalReportRaisedNoAlert) {
  walks.emplace_back(town, Way::reported, 3, 0);
  steps_of(walks.back(), 1);
  by_the_bridge(there(), walks.back().ticket(), {.fields = {{kCustomerNumber, "#1"}}});
  steps_of(walks.back(), 1);
  EXPECT_FALSE(walks.back().step());
  EXPECT_THAT(differences(), testing::Contains(HasSubstr("operator #2) waits for the alert")));
}

}  // namespace
}  // namespace saksbro::chaos
