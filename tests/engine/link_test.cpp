// What an answer by a link does to its case.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bridge/records/fact_record.h"
#include "bridge/records/link_record.h"
#include "bridge/records/phrase_record.h"
#include "tests/engine/bridge_in_a_box.h"

namespace saksbro::run {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const std::string kKari = "6";  // 2nd line
const std::string kPer = "7";   // 1st line

void press(Box& box, const std::string& id, const records::LinkRecord& link) {
  auto tx = need(box.store().begin());
  (void)need(tx->inbox().receive(
      {kLinkSystem, DeliveryId{id}, DeliveryKind::link, box.clock.now(), records::write(link)}));
  ASSERT_TRUE(tx->commit());
  tx.reset();
  box.settle();
}

records::LinkRecord by(const std::string& role, const std::string& signal,
                       const std::string& organisation = "") {
  return {CaseNumber{"SAK-2026-00001"}, core::Signal{signal}, core::Role{role}, organisation, ""};
}

void say(Box& box, const std::string& who, const std::string& text) {
  box.trackers.comments("desk", who, text);
  box.poll("desk");
  box.settle();
}

void play_until_first_line_is_told(Box& box) {
  box.trackers.registers("desk", kPer, "Faktura feiler");
  box.poll("desk");
  box.settle();
  say(box, kKari, "/sak videresend drift");
  say(box, kKari, "/sak info ja Vent til i morgen");
}

// The reasons of all decisions about the case, the latest last.
std::string reasons(Box& box) {
  std::string reason;
  for (const auto& one : need(box.reader()->cases().decisions(CaseNumber{"SAK-2026-00001"})))
    reason += in_english(records::read_phrases(one.because)) + "\n";
  const std::string root = std::string(SAKSBRO_SOURCE) + "/";
  for (auto at = reason.find(root); at != reason.npos; at = reason.find(root))
    reason.erase(at, root.size());
  return reason;
}

TEST(Link, MovesTheCaseAndItsReasonNamesTheLineOfTheMapping) {
  Box box;
  play_until_first_line_is_told(box);
  press(box, "l1", by("first_line", "informert", "Bærum"));
  EXPECT_EQ(box.only_case().activity, core::ActivityId{"M.1.3.5"});
  EXPECT_THAT(reasons(box),
              HasSubstr("the link of Bærum by first_line means \"informert\" at M.1.3.4 "
                        "(mappings/m1.yaml:"));
  EXPECT_THAT(need(box.reader()->inbox().parked()), IsEmpty());
}

TEST(Link, ThatAcknowledgesAnAlertEndsItsRepetition) {
  Box box;
  box.trackers.registers("operator", "ola", "Databasen er full").fields["Alvorlighet"] =
      "A - kritisk";
  box.poll("operator");
  box.settle();
  ASSERT_THAT(box.only_case().timers, SizeIs(1));
  press(box, "l1", by("second_line", "kvittert"));
  EXPECT_THAT(box.only_case().timers, IsEmpty());
}

TEST(Link, ThatTheCaseDoesNotWaitForIsExplained) {
  Box box;
  play_until_first_line_is_told(box);
  press(box, "l1", by("end_user", "bekreftet"));
  EXPECT_EQ(box.only_case().activity, core::ActivityId{"M.1.3.4"});
  EXPECT_THAT(
      reasons(box),
      HasSubstr("Nothing to do: a link (\"bekreftet\") by end_user is not possible at M.1.3.4."));
}

TEST(Link, OfASignalThatTheMappingDoesNotHaveAnyMoreIsExplained) {
  Box box;
  play_until_first_line_is_told(box);
  press(box, "l1", by("end_user", "hurra"));
  EXPECT_THAT(
      reasons(box),
      HasSubstr("Nothing to do: a link (\"hurra\") by end_user is not possible at M.1.3.4."));
}

TEST(Link, OfAClosedCaseIsExplained) {
  Box box;
  box.trackers.registers("desk", kPer, "Faktura feiler");
  box.poll("desk");
  box.settle();
  box.trackers.sets_status("desk", kPer, "LUKKET");
  box.poll("desk");
  box.settle();
  press(box, "l1", by("end_user", "bekreftet"));
  EXPECT_THAT(
      reasons(box),
      HasSubstr("Nothing to do: a link (\"bekreftet\") by end_user is not possible at M.1 slutt."));
}

TEST(Link, OfACaseThatIsNotInTheStoreIsParked) {
  Box box;
  press(box, "l1", by("end_user", "bekreftet"));
  const auto parked = need(box.reader()->inbox().parked());
  ASSERT_THAT(parked, SizeIs(1));
  EXPECT_EQ(in_english(parked[0].why),
            "a link refers to case SAK-2026-00001, which is not in this store. "
            "Was a backup restored?");
}

TEST(Link, OfACaseThatStandsWhereTheMappingHasNothingIsParked) {
  Box box;
  play_until_first_line_is_told(box);
  core::Mapping poorer = shipped_mapping();
  poorer.processes.front().activities.erase(core::ActivityId{"M.1.3.4"});
  Engine engine({poorer, box.systems, box.store(), box.metrics, &box.links});
  auto tx = need(box.store().begin());
  (void)need(tx->inbox().receive({kLinkSystem, DeliveryId{"l1"}, DeliveryKind::link,
                                  box.clock.now(), records::write(by("first_line", "informert"))}));
  ASSERT_TRUE(tx->commit());
  tx.reset();
  EXPECT_TRUE(need(engine.handle_next()));
  ASSERT_THAT(need(box.reader()->inbox().parked()), SizeIs(1));
}

TEST(Link, WhoseRecordIsBrokenIsParked) {
  Box box;
  auto tx = need(box.store().begin());
  (void)need(tx->inbox().receive(
      {kLinkSystem, DeliveryId{"l1"}, DeliveryKind::link, box.clock.now(), "no json"}));
  ASSERT_TRUE(tx->commit());
  tx.reset();
  box.handle_all();
  const auto parked = need(box.reader()->inbox().parked());
  ASSERT_THAT(parked, SizeIs(1));
  EXPECT_EQ(in_english(parked[0].why), "link: is not JSON");
}

std::vector<std::string> facts_of(Box& box) {
  std::vector<std::string> facts;
  for (const auto& row : need(box.reader()->cases().facts(CaseNumber{"SAK-2026-00001"}))) {
    facts.push_back(std::to_string(row.cause) + " " + core::name_of(row.fact) + " " +
                    records::write(row.fact));
  }
  return facts;
}

TEST(Link, AnswersAreReplayedLikeAllElse) {
  Box played;
  play_until_first_line_is_told(played);
  press(played, "l1", by("first_line", "informert", "Bærum"));
  press(played, "l2", by("end_user", "hurra"));
  Box replayed;
  for (const store::InboxRow& row : played.inbox()) {
    auto tx = need(replayed.store().begin());
    (void)need(tx->inbox().receive(row.delivery));
    ASSERT_TRUE(tx->commit());
  }
  replayed.handle_all();
  EXPECT_EQ(replayed.only_case().activity, core::ActivityId{"M.1.3.5"});
  EXPECT_EQ(facts_of(replayed), facts_of(played));
}

}  // namespace
}  // namespace saksbro::run
