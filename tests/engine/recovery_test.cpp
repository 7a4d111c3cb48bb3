// Yesterday's backup is served again, and the trackers have gone on: nothing is written twice, and
// the cases stand where they stood (docs/promises.md row 66).
#include "bridge/run/maintain/recovery.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "bridge/records/phrase_record.h"
#include "bridge/run/dispatch/adoption.h"
#include "bridge/run/maintain/timers.h"
#include "bridge/store/sqlite/backup.h"
#include "tests/engine/trackers_with_many.h"

namespace saksbro::run {
namespace {

using store::RecoveryStage;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* kPer = "7";    // 1st line
constexpr const char* kKari = "6";   // 2nd line
constexpr const char* kOda = "oda";  // the operator's

class Restoring : public testing::Test {
 protected:
  // What a ticket looks like to people, without the times.
  static std::string face(const Ticket& ticket) {
    std::string text = ticket.title + " | " + ticket.status;
    for (const auto& [field, value] : ticket.fields) text += " | " + field + "=" + value;
    for (const Comment& comment : ticket.comments) text += "\n  " + comment.text;
    return text;
  }
  std::vector<std::string> faces() {
    std::vector<std::string> all;
    for (const auto& [place, ticket] : bridge.trackers.tickets) all.push_back(face(ticket));
    return all;
  }
  std::map<CaseNumber, std::string> standings() {
    std::map<CaseNumber, std::string> all;
    for (const core::Case& one : need(bridge.reader()->cases().list())) {
      std::string text = one.activity.text() + " " + one.status.text();
      for (const auto& [name, view] : one.tickets) text += " " + name.text() + view.number;
      all[one.number] = text;
    }
    return all;
  }

  ManyBox bridge;
};

// --- comments that may have been written

struct Said {
  const char* name;
  std::vector<std::string> there;
  std::string expected;  // what is left to say; empty: nothing
};

class Comments : public testing::TestWithParam<Said> {};

TEST_P(Comments, AreKnownByTheirWords) {
  Ticket ticket;
  for (const std::string& text : GetParam().there) {
    Comment comment;
    comment.text = text;
    ticket.comments.push_back(comment);
  }
  const AddComment wanted{RemoteKey{"17"}, "Løst: *i natt*\n\n[SAK-2026-00001/3]",
                          "[SAK-2026-00001/3]", Visibility::internal};
  const auto left = left_to_say(wanted, ticket);
  EXPECT_EQ(left ? left->text : "", GetParam().expected);
  EXPECT_TRUE(!left || left->text.ends_with(left->reference));
}

INSTANTIATE_TEST_SUITE_P(
    Restored, Comments,
    testing::Values(
        Said{"NothingIsThere", {}, "Løst: *i natt*\n\n[SAK-2026-00001/3]"},
        Said{"TheSame", {"Løst: *i natt*\n\n[SAK-2026-00001/3]"}, ""},
        Said{"TheSameRenderedOtherwise", {"Løst:  i natt\n[SAK-2026-00001/3]"}, ""},
        Said{"TheSameUnderAnotherReference", {"Løst: i natt\n\n[SAK-2026-00001/5]"}, ""},
        Said{"APersonSaysTheSame", {"Løst: i natt"}, "Løst: *i natt*\n\n[SAK-2026-00001/3]"},
        Said{"OtherWordsUnderTheReference",
             {"Sendt videre\n\n[SAK-2026-00001/3]", "Hei\n\n[SAK-2026-00001/3.2]"},
             "Løst: *i natt*\n\n[SAK-2026-00001/3.3]"}),
    [](const auto& row) { return row.param.name; });

// --- the whole of it

TEST_F(Restoring, AStoreThatWasNotRestoredDoesNotLook) {
  EXPECT_EQ(bridge.stage(), RecoveryStage::none);
}

// Promise 66.
TEST_F(Restoring, AfterADayOfWorkNothingIsWrittenTwiceAndCasesStandWhereTheyStood) {
  // Before the backup: one case is new, another one is with the operator.
  const RemoteKey first = bridge.trackers.registers("desk", kPer, "Faktura feiler");
  const RemoteKey second = bridge.trackers.registers("desk", kPer, "Lønn feiler");
  bridge.settle();
  bridge.trackers.comments("desk", second, kKari, "/sak videresend drift");
  bridge.settle();
  bridge.back_up();

  // The day: the first goes to the operator, who solves the second; a third is born and forwarded,
  // a fourth is born.
  bridge.trackers.comments("desk", first, kKari, "/sak videresend drift");
  bridge.settle();
  bridge.trackers.comments("desk", second, kKari, "/sak info nei");
  bridge.settle();
  const RemoteKey third = bridge.trackers.registers("desk", kPer, "Innlogging feiler");
  bridge.settle();
  bridge.trackers.comments("desk", third, kKari, "/sak videresend drift");
  bridge.settle();
  (void)bridge.trackers.registers("desk", kPer, "Rapport feiler");
  bridge.settle();
  bridge.trackers.comments("operator", bridge.operator_ticket_of(second), kOda, "Rettet i natt");
  bridge.trackers.sets_status("operator", bridge.operator_ticket_of(second), kOda, "løst");
  bridge.settle();

  const auto faces_before = faces();
  const auto standings_before = standings();
  ASSERT_THAT(standings_before, SizeIs(4));

  bridge.restore();
  EXPECT_EQ(bridge.stage(), RecoveryStage::looking);
  bridge.recover();
  EXPECT_EQ(bridge.stage(), RecoveryStage::none);
  bridge.settle();
  EXPECT_EQ(faces(), faces_before);
  EXPECT_EQ(standings(), standings_before);
  EXPECT_THAT(bridge.outbox(), IsEmpty());
  for (const char* written : {"operator/create", "desk/comment", "operator/comment"})
    EXPECT_EQ(std::count(bridge.trackers.writes.begin(), bridge.trackers.writes.end(), written), 0)
        << written;
  // And life goes on, with numbers that nobody has.
  (void)bridge.trackers.registers("desk", kPer, "Noe nytt");
  bridge.settle();
  EXPECT_TRUE(standings().contains(CaseNumber{"SAK-2026-00005"}));
}

// --- what holds it up, and what does not

class AfterARestore : public Restoring {
 protected:
  // The backup knows nothing of a case that has a ticket at the operator's.
  AfterARestore() {
    bridge.settle();
    bridge.back_up();
    const RemoteKey ticket = bridge.trackers.registers("desk", kPer, "Faktura feiler");
    bridge.settle();
    bridge.trackers.comments("desk", ticket, kKari, "/sak videresend drift");
    bridge.settle();
    bridge.restore();
  }
  void rounds(int count) {
    for (int i = 0; i < count; ++i) {
      bridge.clock.pass(std::chrono::seconds{10});
      bridge.round();
      (void)need(bridge.watch().round());
    }
  }
};

TEST_F(AfterARestore, ATrackerThatDoesNotAnswerHoldsItUp) {
  bridge.trackers.down = {"operator"};
  rounds(20);
  EXPECT_EQ(bridge.stage(), RecoveryStage::looking);
  EXPECT_THAT(need(bridge.reader()->cases().list()), IsEmpty());
  EXPECT_THAT(bridge.trackers.writes, IsEmpty());
  bridge.trackers.down.clear();
  bridge.recover();
  bridge.settle();
  EXPECT_THAT(standings(), SizeIs(1));
  EXPECT_THAT(
      in_english(records::read_phrases(
          need(bridge.reader()->cases().decisions(CaseNumber{"SAK-2026-00001"})).at(0).because)),
      testing::HasSubstr(
          "The case takes the number on its ticket, because a backup was restored."));
}

// Promise 45.
TEST_F(AfterARestore, ACopyMadeInTheGapIsAskedAboutAndTakesNoNumber) {
  const RemoteKey copy = bridge.trackers.registers("desk", kPer, "Faktura feiler");
  for (auto& [place, ticket] : bridge.trackers.tickets) {
    if (place == std::pair<std::string, std::string>{"desk", "1"})
      bridge.trackers.tickets.at({"desk", copy.text()}).fields["Saksnummer"] =
          ticket.fields.at("Saksnummer");
  }
  bridge.trackers.comments("desk", RemoteKey{"1"}, kPer, "Den første er den som endres sist.");
  bridge.recover();
  bridge.settle();
  EXPECT_THAT(standings(), SizeIs(1));
  EXPECT_EQ(bridge.trackers.tickets.size(), 3U);
  const auto& said = bridge.trackers.tickets.at({"desk", copy.text()}).comments;
  ASSERT_THAT(said, SizeIs(1));
  EXPECT_THAT(said[0].text, testing::HasSubstr("SAK-2026-00001"));
}

TEST_F(AfterARestore, ARestartGoesOnWithTheLook) {
  rounds(1);
  bridge.restart();
  EXPECT_NE(bridge.stage(), RecoveryStage::none);
  bridge.recover();
  bridge.restart();
  EXPECT_EQ(bridge.stage(), RecoveryStage::none);
  bridge.settle();
  EXPECT_THAT(standings(), SizeIs(1));
  EXPECT_EQ(bridge.trackers.tickets.size(), 2U);
}

TEST_F(AfterARestore, WhatWasHeldBackIsExplained) {
  bridge.trackers.down = {"operator"};
  rounds(2);
  std::string because;
  for (const store::InboxRow& row : need(bridge.reader()->inbox().list(0, 100))) {
    if (row.delivery.kind == DeliveryKind::poll) because = row.delivery.id.text();
  }
  EXPECT_THAT(because, testing::StartsWith("poll:1@"));
  const auto tx = need(bridge.store().begin());
  EXPECT_THAT(need(tx->recovery().put_off()), SizeIs(1));
}

TEST_F(AfterARestore, TimersWait) {
  {
    const auto tx = need(bridge.store().begin());
    core::Case state;
    state.number = CaseNumber{"SAK-2026-00900"};
    const std::vector<core::Fact> facts{core::CaseOpened{core::ProcessId{"M.1"}},
                                        core::TimerSet{"after/1", bridge.clock.now()}};
    for (const core::Fact& fact : facts)
      state = core::evolve(std::move(state), fact, bridge.clock.now());
    ASSERT_TRUE(tx->cases().append(state, 1, bridge.clock.now(), facts));
    ASSERT_TRUE(tx->commit());
  }
  EXPECT_EQ(need(fire_due_timers(bridge.store(), bridge.clock)), 0);
  {
    const auto tx = need(bridge.store().begin());
    ASSERT_TRUE(tx->recovery().go_on(RecoveryStage::none, bridge.clock.now()));
    ASSERT_TRUE(tx->commit());
  }
  EXPECT_EQ(need(fire_due_timers(bridge.store(), bridge.clock)), 1);
}

}  // namespace
}  // namespace saksbro::run
