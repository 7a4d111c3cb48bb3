// A comment with files goes only while what it was decided on holds, and a rule for files holds for
// what comes after it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "bridge/core/decide/file_guard.h"
#include "tests/core/play.h"

namespace saksbro::core {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using namespace std::chrono_literals;

std::vector<std::string> names_on(Play& play, const SystemName& at) {
  std::vector<std::string> names;
  for (const Attachment& one : play.ticket(at).attachments) names.push_back(one.name);
  return names;
}

// Everything but the comment that brings the files, which waits: its system is out.
void carry_out_up_to_the_files(Play& play) {
  while (!play.waiting().empty() && !is_guarded(play.waiting().front())) play.carry_out_next();
  ASSERT_FALSE(play.waiting().empty());
}

Attachment& file_called(Play& play, const SystemName& at, const std::string& name) {
  auto& all = play.ticket(at).attachments;
  return *std::find_if(all.begin(), all.end(),
                       [&](const Attachment& one) { return one.name == name; });
}

std::string last_words(Play& play, const SystemName& at) {
  return play.ticket(at).comments.back().text;
}

void touched(Play& play, const SystemName& at) {
  play.comments(at, kKari, "Endret.", Visibility::internal);
}

// Two of the desk's files on their way to the operator, whose system is out.
Play two_files_waiting() {
  Play play = case_in_work();
  play.attaches(kDesk, kKari, "skjerm.png", 1000);
  play.attaches(kDesk, kKari, "logg.txt", 20);
  play.sees(kDesk);
  carry_out_up_to_the_files(play);
  return play;
}

TEST(FilesThatWait, AndTurnInternalMeanwhileDoNotGoAndTheRestDoes) {
  Play play = two_files_waiting();
  file_called(play, kDesk, "logg.txt").visibility = Visibility::internal;
  touched(play, kDesk);
  play.sees(kDesk);
  play.carry_out();
  EXPECT_THAT(names_on(play, kOperator), ElementsAre("skjerm.png"));
  EXPECT_THAT(play.told(), HasSubstr("Not copied to operator: logg.txt of desk: internal now."));
  for (const Comment& one : play.ticket(kOperator).comments)
    EXPECT_THAT(one.text, Not(HasSubstr("logg.txt"))) << "not even its name leaves";
}

TEST(FilesThatWait, AreNamedOnTheirTicketWithTheReasonWhenTheyDoNotGo) {
  Play play = two_files_waiting();
  auto& files = play.ticket(kDesk).attachments;
  std::erase_if(files, [](const Attachment& one) { return one.name == "logg.txt"; });
  touched(play, kDesk);
  play.sees(kDesk);
  play.carry_out();
  EXPECT_THAT(names_on(play, kOperator), ElementsAre("skjerm.png"));
  const auto& said = play.ticket(kDesk).comments;
  const auto told = std::find_if(said.begin(), said.end(), [](const Comment& one) {
    return one.text.starts_with(
        "Ikke kopiert til Driftsleverandøren: logg.txt fra Sak hos kundens brukerstøtte. Grunn: "
        "slettet fra "
        "saken sin.");
  });
  ASSERT_NE(told, said.end()) << play.told();
  EXPECT_EQ(told->visibility, Visibility::internal);
}

TEST(FilesThatWait, OfATicketThatTurnsConfidentialDoNotGo) {
  Play play = two_files_waiting();
  play.ticket(kDesk).confidential = true;
  touched(play, kDesk);
  play.sees(kDesk);
  play.carry_out();
  EXPECT_THAT(names_on(play, kOperator), IsEmpty());
  EXPECT_THAT(play.told(), HasSubstr("a ticket of the case is confidential"));
}

TEST(FilesThatWait, ForLongAreSentAfterAnotherLookAtTheirTicket) {
  Play play = two_files_waiting();
  play.pass(2h);
  play.carry_out_next();
  ASSERT_THAT(names_on(play, kOperator), IsEmpty());
  ASSERT_THAT(play.waiting(), testing::Contains(testing::Truly([](const Issued& one) {
                return std::holds_alternative<ReadTicket>(one.command.action);
              })));
  play.carry_out();
  EXPECT_THAT(names_on(play, kOperator), ElementsAre("skjerm.png", "logg.txt"));
}

TEST(FilesThatWait, ForLongDoNotGoWhenTheLookShowsThatTheyAreInternalNow) {
  Play play = two_files_waiting();
  file_called(play, kDesk, "skjerm.png").visibility = Visibility::internal;
  file_called(play, kDesk, "logg.txt").visibility = Visibility::internal;
  play.pass(2h);  // nobody has told of it: the bridge was stopped
  play.carry_out();
  EXPECT_THAT(names_on(play, kOperator), IsEmpty());
}

TEST(FilesThatWait, LongEachTimeGoAllTheSame) {
  Play play = two_files_waiting();
  for (int i = 0; i < 4 && names_on(play, kOperator).empty(); ++i) {
    play.pass(35min);
    while (!play.waiting().empty() && !is_guarded(play.waiting().front())) play.carry_out_next();
    if (!play.waiting().empty()) play.carry_out_next();
    while (!play.waiting().empty() && !is_guarded(play.waiting().front())) play.carry_out_next();
  }
  EXPECT_THAT(names_on(play, kOperator), SizeIs(2));
}

// A mail stays as it was sent, and nobody can look at it again.
TEST(FilesThatWait, OfAMailGoWithoutAnotherLook) {
  const SystemName inbox{"innboks"};
  const std::string sender = "per@ude.example.no";
  Play play;
  play.registers(inbox, sender, "Faktura", "Den feiler.", {{"sender", sender}});
  play.ticket(inbox).status = "";
  play.attaches(inbox, sender, "skjerm.png", 1000);
  play.sees(inbox);
  carry_out_up_to_the_files(play);
  play.pass(2h);
  play.carry_out_next();
  EXPECT_THAT(names_on(play, kDesk), ElementsAre("skjerm.png"));
}

TEST(FilesThatWait, ThatTheMappingDoesNotCopyThereAnyMoreDoNotGo) {
  Play play = two_files_waiting();
  Mapping other = shipped_mapping();
  other.systems.at(kOperator).files.clear();
  play.mapping = &other;  // a reload: the mapping copies nothing there any more
  play.carry_out();
  EXPECT_THAT(names_on(play, kOperator), IsEmpty());
  EXPECT_THAT(play.told(), HasSubstr("the mapping does not copy them there any more"));
}

TEST(FilesThatWait, WhoseBytesAreGoneFromTheSpoolAreFetchedAnew) {
  Play play = two_files_waiting();
  const Issued& comment = play.waiting().front();
  CommandResult held{comment.command.key, "comment", RemoteKey{"5"}, false, ""};
  held.decide_again = true;
  const Surroundings around{DeliveryId{"held"}, DeliveryKind::answer, play.now(), Instant{},
                            CaseNumber{}};
  const Decision decision = decide(shipped_mapping(), play.state(), kOperator, held, around);
  const auto fetched = std::count_if(
      decision.commands.begin(), decision.commands.end(),
      [](const Issued& one) { return std::holds_alternative<FetchFile>(one.command.action); });
  EXPECT_EQ(fetched, 2);
}

TEST(FilesThatWait, OfWhichNothingIsKnownAreNotSent) {
  const Play play = case_in_work();
  EXPECT_EQ(
      files_now(shipped_mapping(), play.state(), kOperator, IdempotencyKey{"older"}, play.now()),
      FilesNow::unknown);
}

Mapping without_file_rules() {
  Mapping mapping = shipped_mapping();
  for (auto& [name, system] : mapping.systems) system.files.clear();
  return mapping;
}

TEST(ARuleForFiles, HoldsForTheFilesThatComeAfterIt) {
  const Mapping before = without_file_rules();
  Play play;
  play.mapping = &before;
  play.registers(kDesk, kPer, "Faktura feiler", "Feil ved godkjenning.", kFilledIn);
  play.attaches(kDesk, kPer, "gammel.png", 1000);
  play.sees(kDesk);
  play.carry_out();
  play.comments(kDesk, kKari, "/sak videresend drift");
  play.sees(kDesk);
  play.carry_out();
  play.mapping = &shipped_mapping();
  play.attaches(kDesk, kKari, "ny.png", 2000);
  play.sees(kDesk);
  play.carry_out();
  EXPECT_THAT(names_on(play, kOperator), ElementsAre("ny.png"));
}

TEST(ARuleForFiles, SendsNoOlderOnesOfACaseThatAProgramWithoutFilesBegan) {
  Play play = registered_case();
  play.comments(kDesk, kKari, "/sak videresend drift");
  play.sees(kDesk);
  play.carry_out();
  Case older = play.state();
  older.memory.file_rules.clear();
  for (auto& [name, ticket] : older.tickets) ticket.files.clear();
  Ticket seen = play.ticket(kDesk);
  const auto file = [&](const std::string& id, Instant at) {
    Attachment one{id, id + ".png", "image/png", 10, "/" + id, "", {kKari, ""}, at};
    seen.attachments.push_back(one);
  };
  file("old", seen.updated - 1min);
  file("new", seen.updated + 1min);
  seen.updated += 2min;
  seen.read_at += 2min;
  ++seen.revision;
  const Surroundings around{DeliveryId{"next"}, DeliveryKind::poll, play.now() + 2min, Instant{},
                            CaseNumber{}};
  const Decision decision = decide(shipped_mapping(), older, kDesk, TicketState{seen}, around);
  std::vector<std::string> fetched;
  for (const Issued& one : decision.commands) {
    if (const auto* fetch = std::get_if<FetchFile>(&one.command.action))
      fetched.push_back(fetch->name);
  }
  EXPECT_THAT(fetched, ElementsAre("new.png"));
}

TEST(FilesOfOneTicket, DoNotWaitForASlowOneForMoreThanTenMinutes) {
  Play play = case_in_work();
  play.attaches(kDesk, kKari, "liten.txt", 20);
  play.attaches(kDesk, kKari, "stor.bin", 9'000'000);
  play.sees(kDesk);
  play.carry_out_next();
  const Issued slow = play.waiting().front();
  play.forget_commands();  // its bytes come very slowly
  ASSERT_TRUE(std::holds_alternative<FetchFile>(slow.command.action));
  EXPECT_THAT(names_on(play, kOperator), IsEmpty());
  play.pass(10min);
  play.timer("files");
  play.carry_out();
  EXPECT_THAT(names_on(play, kOperator), ElementsAre("liten.txt"));
}

TEST(FilesOfOneTicket, ThatAreNotSentWhenTheCaseClosesAreNamedAtTheDeskWithTheReason) {
  Play play = case_in_work();
  play.sets_status(kOperator, kOla, "løst");
  play.comments(kOperator, kOla, "Startet på nytt.");
  play.sees(kOperator);
  play.carry_out();
  play.attaches(kOperator, kOla, "logg.txt", 20);
  play.sees(kOperator);
  const auto is_fetch = [](const Issued& one) {
    return std::holds_alternative<FetchFile>(one.command.action);
  };
  ASSERT_THAT(play.waiting(), testing::Contains(testing::Truly(is_fetch)));
  play.forget_commands();
  play.sets_status(kDesk, kPer, "LUKKET");
  const Decision& closed = play.sees(kDesk);
  ASSERT_TRUE(play.state().closed);
  EXPECT_THAT(closed.withdrawals,
              testing::Contains(
                  Withdrawal{kOperator, "file/" + play.ticket(kOperator).attachments.back().id}));
  play.carry_out();
  EXPECT_THAT(names_on(play, kDesk), IsEmpty());
  EXPECT_THAT(last_words(play, kDesk),
              HasSubstr("Ikke kopiert til Sak hos kundens brukerstøtte: logg.txt fra "
                        "Driftsleverandøren. Grunn: saken ble lukket før de var sendt."))
      << play.told();
}

// What its bytes look like decides whether a file is of an allowed type.
TEST(TypesThatAMappingAllows, AreThoseOfTheBytesAndNotOnlyOfTheSendersWord) {
  Mapping pictures = shipped_mapping();
  for (FileRule& rule : pictures.systems.at(kOperator).files) rule.types = {"image/*"};
  Play play = case_in_work();
  play.mapping = &pictures;
  play.looks_like = {
      {"ekte.png", "image/png"}, {"side.png", "text/plain"}, {"ukjent.png", "image/jpeg"}};
  play.attaches(kDesk, kKari, "ekte.png", 1000);
  play.attaches(kDesk, kKari, "side.png", 900);
  play.attaches(kDesk, kKari, "ukjent.png", 800);
  file_called(play, kDesk, "ukjent.png").media_type = "application/octet-stream";
  play.sees(kDesk);
  play.carry_out();
  EXPECT_THAT(names_on(play, kOperator), ElementsAre("ekte.png", "ukjent.png"));
  EXPECT_THAT(play.told(), HasSubstr("eller av en type som ikke tas imot): side.png"));
}

}  // namespace
}  // namespace saksbro::core
