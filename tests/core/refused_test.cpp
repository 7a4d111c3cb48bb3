// What was refused is said as long as somebody misses it, and no command is lost on the way.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bridge/core/sync/recovery.h"
#include "tests/core/play.h"

namespace saksbro::core {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

// 2nd line takes the case, and the tracker refuses the status that this brings.
Play refused_status() {
  Play play = registered_case();
  play.comments(kDesk, kKari, "/sak ta");
  play.sees(kDesk);
  play.refuse("the workflow forbids it");
  play.carry_out();
  return play;
}

std::string note_at_the_desk(Play& play) {
  for (const Comment& one : play.ticket(kDesk).comments) {
    if (one.text.find("/note]") != std::string::npos) return one.text;
  }
  return "";
}

TEST(FailedCommand, IsSaidAsLongAsTheStatusIsMissing) {
  Play play = refused_status();
  EXPECT_THAT(play.state().failed_commands, SizeIs(1));
  EXPECT_THAT(note_at_the_desk(play), HasSubstr("the workflow forbids it"));
}

TEST(FailedCommand, EndsWhenAPersonSetsTheStatusThatWasRefused) {
  Play play = refused_status();
  play.sets_status(kDesk, kKari, "Under arbeid");
  const Decision decision = play.sees(kDesk);
  play.carry_out();
  EXPECT_THAT(play.state().failed_commands, IsEmpty());
  EXPECT_TRUE(decision.withdrawals.contains({kDesk, "status"}));
  EXPECT_THAT(note_at_the_desk(play), Not(HasSubstr("the workflow forbids it")));
}

TEST(FailedCommand, EndsWhenANewerStatusTakesItsPlace) {
  Play play = refused_status();
  play.comments(kDesk, kKari, "/sak videresend drift");
  play.sees(kDesk);
  play.carry_out();
  EXPECT_EQ(play.ticket(kDesk).status, "AVVENTER");
  EXPECT_THAT(play.state().failed_commands, IsEmpty());
  EXPECT_THAT(note_at_the_desk(play), Not(HasSubstr("the workflow forbids it")));
}

TEST(FailedCommand, DoesNotBeginWithACommandWhosePlaceANewerOneHasTaken) {
  Play play = registered_case();
  play.comments(kDesk, kKari, "/sak ta");
  play.sees(kDesk);
  play.comments(kDesk, kKari, "/sak videresend drift");
  play.sees(kDesk);
  const Decision& decision = play.refuse("the workflow forbids it");
  EXPECT_THAT(play.state().failed_commands, IsEmpty());
  EXPECT_THAT(in_english(decision.because), HasSubstr("A newer command has replaced it"));
}

TEST(OurOwnAccount, IsNoPersonWhenTheIntentIsGone) {
  Play play = case_at_operator();
  play.sets_status(kDesk, kBot, "Under arbeid");
  const Decision& decision = play.sees(kDesk);
  EXPECT_THAT(play.state().deviations, IsEmpty());
  EXPECT_THAT(in_english(decision.because),
              HasSubstr("Saksbro's own account wrote it: nothing to do."));
  EXPECT_EQ(play.state().activity.text(), "M.1.3.2");
}

TEST(OurOwnAccount, IsNotWhoQuotesOurLastLine) {
  Play play = case_at_operator();
  play.comments(kDesk, kKari, "Se over.\n\n[SAK-2026-00001/1]");
  play.sees(kDesk);
  EXPECT_EQ(own_accounts(shipped_mapping(), play.state(), kDesk, play.ticket(kDesk)),
            std::set<std::string>{kBot});
}

TEST(Keys, OfTwoDecisionsOfOneDeliveryDiffer) {
  Play play = case_in_work();
  play.comments(kOperator, kOla, "/sak hjelp");
  Surroundings around;
  around.cause = DeliveryId{"answer:7"};
  around.now = play.now();
  const TicketState seen{play.ticket(kOperator)};
  const Decision first = decide(shipped_mapping(), play.state(), kOperator, seen, around);
  around.turn = 1;
  const Decision second = decide(shipped_mapping(), play.state(), kOperator, seen, around);
  const Decision replayed = decide(shipped_mapping(), play.state(), kOperator, seen, around);
  ASSERT_THAT(first.commands, SizeIs(1));
  EXPECT_EQ(first.commands[0].command.key.text(), "operator/answer:7/M.1.3.5/operator/comment");
  EXPECT_EQ(second.commands[0].command.key.text(), "operator/answer:7/M.1.3.5/operator/comment/2");
  EXPECT_EQ(replayed.commands, second.commands);
}

}  // namespace
}  // namespace saksbro::core
