// An answer and the status that it explains are often two acts, and one message.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bridge/core/text/text.h"
#include "tests/core/play.h"

namespace saksbro::core {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* kTimer = "pending/operator";

// Those at the desk that hold the part; "everyone: " or "internal: " before their first line.
std::vector<std::string> at_desk(Play& play, const std::string& part) {
  std::vector<std::string> all;
  for (const Comment& one : play.ticket(kDesk).comments) {
    if (one.text.find(part) == std::string::npos) continue;
    all.push_back((one.visibility == Visibility::everyone ? "everyone: " : "internal: ") +
                  one.text.substr(0, one.text.find('\n')));
  }
  return all;
}

void looks(Play& play) {
  play.sees(kOperator);
  play.carry_out();
}

TEST(Answer, WaitsForTheStatusThatFollowsAndStandsAtTheDeskOnce) {
  Play play = case_in_work();
  play.comments(kOperator, kOla, "Kortet er byttet.");
  EXPECT_THAT(play.sees(kOperator).commands, IsEmpty());
  play.sets_status(kOperator, kOla, "løst");
  looks(play);
  EXPECT_THAT(at_desk(play, "Kortet er byttet."), ElementsAre("everyone: Løsning på saken #17:"));
  EXPECT_FALSE(play.state().timers.contains(kTimer));
}

TEST(Answer, IsAMessageWhenNoStatusHasFollowed) {
  Play play = case_in_work();
  play.comments(kOperator, kOla, "Vi ser på det.");
  looks(play);
  EXPECT_THAT(at_desk(play, "Vi ser på det."), IsEmpty());
  ASSERT_TRUE(play.state().timers.contains(kTimer));
  EXPECT_EQ(play.state().timers.at(kTimer) - play.now(), std::chrono::seconds(30));
  play.pass(std::chrono::seconds(30));
  play.timer(kTimer);  // looks at the ticket again
  play.carry_out();
  EXPECT_THAT(at_desk(play, "Vi ser på det."),
              ElementsAre("internal: Svar fra Driftsleverandøren (#5):"));
  looks(play);
  EXPECT_THAT(at_desk(play, "Vi ser på det."), SizeIs(1));
}

TEST(Answer, OfSeveralThoseBeforeTheLastAreMessages) {
  Play play = case_in_work();
  play.comments(kOperator, kOla, "Vi ser på det.");
  looks(play);
  play.comments(kOperator, kOla, "Kortet er byttet.");
  looks(play);
  EXPECT_THAT(at_desk(play, "Vi ser på det."), IsEmpty());
  play.sets_status(kOperator, kOla, "løst");
  looks(play);
  EXPECT_THAT(at_desk(play, "Vi ser på det."),
              ElementsAre("internal: Svar fra Driftsleverandøren (#5):"));
  EXPECT_THAT(at_desk(play, "Kortet er byttet."), ElementsAre("everyone: Løsning på saken #17:"));
}

TEST(Answer, OfACaseThatWasClosedMeanwhileIsReadAllTheSame) {
  Play play = case_in_work();
  play.comments(kOperator, kOla, "Vi ser på det.");
  looks(play);
  play.comments(kDesk, kKari, "/sak løst Løst av 2. linje.");
  play.sees(kDesk);
  play.comments(kDesk, kPer, "/sak bekreftet\n/sak lukk");
  play.sees(kDesk);
  ASSERT_TRUE(play.state().closed);
  play.forget_commands();
  play.timer(kTimer);
  play.carry_out();
  EXPECT_THAT(at_desk(play, "Vi ser på det."), SizeIs(1)) << play.told();
}

struct Heard {
  const char* what;
  std::function<void(Play&)> act;
  const char* said;  // in a comment at the desk, at once
};

const Heard kAtOnce[] = {
    {"where no status takes words: the solution stands in its own field",
     [](Play& play) {
       play.sets_field(kOperator, kOla, "Løsning", "Driver 5.2.");
       play.sees(kOperator);
       play.comments(kOperator, kOla, "Vi ser på det.");
     },
     "Vi ser på det."},
    {"a command says it all",
     [](Play& play) { play.comments(kOperator, kOla, "/sak løst Kortet er byttet."); },
     "Kortet er byttet."},
    {"it is what was waited for",
     [](Play& play) {
       play.sets_status(kOperator, kOla, "løst");
       play.sees(kOperator);
       play.comments(kOperator, kOla, "Kortet er byttet.");
     },
     "Kortet er byttet."},
};

TEST(Answer, DoesNotWaitForWhatCannotCome) {
  for (const Heard& one : kAtOnce) {
    Play play = case_in_work();
    one.act(play);
    looks(play);
    EXPECT_THAT(at_desk(play, one.said), SizeIs(1)) << one.what << "\n" << play.told();
  }
}

TEST(Answer, TimerOfASystemThatIsGoneDoesNothing) {
  Play play = case_in_work();
  Case state = play.state();
  state.timers["pending/nowhere"] = Instant{};
  const Decision decision =
      decide(shipped_mapping(), state, TimerFired{"pending/nowhere"}, Surroundings{});
  EXPECT_THAT(decision.commands, IsEmpty());
  EXPECT_THAT(in_english(decision.because), HasSubstr("no longer has a ticket in nowhere"));
}

}  // namespace
}  // namespace saksbro::core
