// Tickets that were there before, over a real store: since when a system is served, numbers that
// people have written, and writes that nobody sees again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bridge/run/maintain/timers.h"
#include "bridge/run/poll/epoch.h"
#include "tests/engine/bridge_in_a_box.h"

namespace saksbro::run {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const std::string kKari = "6";  // 2nd line
const std::string kPer = "7";   // 1st line
const SystemName kDesk{"desk"};
const SystemName kOperator{"operator"};

void registers_and_forwards(Box& box, const std::string& number) {
  box.trackers.registers("desk", kPer, "Faktura feiler");
  box.poll("desk");
  box.settle();
  if (!number.empty()) box.trackers.sets_field("desk", kKari, "Leverandørens saksnummer", number);
  box.trackers.comments("desk", kKari, "/sak videresend drift");
  box.poll("desk");
  box.settle();
}

std::vector<std::string> texts_at(Box& box, const std::string& system) {
  std::vector<std::string> texts;
  for (const Comment& one : box.trackers.ticket(system).comments) texts.push_back(one.text);
  return texts;
}

std::size_t cases_in(Box& box) { return need(box.reader()->cases().list()).size(); }

TEST(Adoption, OfATicketThatPeopleHaveLinkedByHandOpensNoSecondOne) {
  Box box;
  box.trackers.registers("operator", "ola", "Faktura, meldt per telefon");
  const RemoteKey theirs = box.trackers.ticket("operator").key;
  registers_and_forwards(box, "#" + theirs.text());
  const core::Case state = box.only_case();
  EXPECT_EQ(state.tickets.at(kOperator).key, theirs);
  EXPECT_EQ(box.trackers.ticket("operator").title, "Faktura, meldt per telefon");
  EXPECT_EQ(state.activity.text(), "M.1.3.2");
  box.trackers.comments("operator", "ola", "Vi trenger loggen.");
  box.deliver("operator", "hook", "hint:" + theirs.text());
  box.settle();
  box.clock.pass(std::chrono::seconds(30));  // no status follows: it is a message
  EXPECT_EQ(need(fire_due_timers(box.store(), box.clock)), 1);
  box.settle();
  EXPECT_THAT(texts_at(box, "desk"), Contains(HasSubstr("Vi trenger loggen.")));
}

TEST(Adoption, OfATicketThatIsNotThereOpensOneAndSaysSo) {
  Box box;
  registers_and_forwards(box, "#4711");
  EXPECT_EQ(box.trackers.ticket("operator").title, "Faktura feiler");
  EXPECT_THAT(texts_at(box, "desk"),
              Contains(HasSubstr("«#4711» er ingen sak hos Driftsleverandøren som denne saken kan "
                                 "ha. Saksbro oppretter en ny der.")));
}

TEST(Epoch, OfASystemThatIsAddedLaterIsNotThatOfTheStore) {
  Box box;
  const Instant made = box.store().epoch();
  Systems first;
  first[kDesk] = std::make_unique<FakeSystem>(kDesk);
  (void)need(remember_epochs(box.store(), first, made).map([] { return true; }));
  box.clock.pass(std::chrono::hours{24 * 30});
  const Instant later = box.clock.now();
  first[kOperator] = std::make_unique<FakeSystem>(kOperator);
  (void)need(remember_epochs(box.store(), first, later).map([] { return true; }));
  auto tx = need(box.store().begin());
  EXPECT_EQ(need(epoch_of(*tx, box.store(), kDesk)), made);
  EXPECT_EQ(need(epoch_of(*tx, box.store(), kOperator)), later);
}

TEST(Epoch, ATicketOfASystemThatIsAddedLaterIsOlderThanThat) {
  Box box;
  box.trackers.registers("desk", kPer, "Gammel");
  box.clock.pass(std::chrono::hours{2});
  (void)need(remember_epochs(box.store(), box.systems, box.clock.now()).map([] { return true; }));
  box.trackers.comments("desk", kPer, "Noe nytt?");
  box.poll("desk");
  box.settle();
  EXPECT_THAT(need(box.reader()->cases().list()), IsEmpty());
}

// A store made anew, without a backup: the tickets bear the numbers and the marker that the lost
// one gave them, and people go on working on them.
void take_over(Box& fresh, Box& lost) {
  for (const char* system : {"desk", "operator"}) {
    fresh.trackers.registers(system, kPer, "");
    fresh.trackers.ticket(system) = lost.trackers.ticket(system);
  }
  fresh.clock.pass(std::chrono::hours{2});
  (void)need(
      remember_epochs(fresh.store(), fresh.systems, fresh.clock.now()).map([] { return true; }));
  fresh.trackers.comments("desk", kPer, "Hvordan går det?");
  fresh.trackers.comments("operator", "ola", "Vi ser på det.");
  for (const char* system : {"desk", "operator"}) fresh.poll(system);
  fresh.settle();
}

TEST(FreshStore, TakesNoTicketOfTheLostOneForACopy) {
  Box lost;
  registers_and_forwards(lost, "");
  const auto said = texts_at(lost, "desk").size();
  ASSERT_EQ(lost.trackers.ticket("desk").fields.at("Saksnummer"), lost.only_case().number.text());
  Box fresh;
  take_over(fresh, lost);
  EXPECT_EQ(cases_in(fresh), 0U);
  EXPECT_THAT(fresh.outbox(), IsEmpty());
  EXPECT_THAT(texts_at(fresh, "desk"), SizeIs(said + 1)) << "what a person wrote, and no question";
  for (const store::DecisionRow& one : need(fresh.reader()->inbox().decisions_about("#17")))
    EXPECT_THAT(one.because, testing::Not(HasSubstr("looks like a copy")));
}

TEST(FreshStore, MakesACaseOfATicketOfTheLostOneWhenAPersonAsksForIt) {
  Box lost;
  registers_and_forwards(lost, "");
  Box fresh;
  take_over(fresh, lost);
  fresh.trackers.comments("desk", kKari, "/sak start");
  fresh.poll("desk");
  fresh.settle();
  const core::Case state = fresh.only_case();
  EXPECT_EQ(state.tickets.at(kDesk).key, lost.trackers.ticket("desk").key);
  EXPECT_EQ(fresh.trackers.ticket("desk").fields.at("Saksnummer"), state.number.text());
  EXPECT_EQ(fresh.trackers.ticket("desk").status, lost.trackers.ticket("desk").status);
}

TEST(UnseenWrite, OfATicketWhoseMarkerStandsElsewhereIsAnAlarmEverywhere) {
  core::Mapping mapping = shipped_mapping();
  mapping.systems.at(kOperator).marker_field = "Et annet felt";
  Box box({}, mapping);
  registers_and_forwards(box, "");
  EXPECT_FALSE(box.only_case().tickets.contains(kOperator));
  EXPECT_THAT(need(box.reader()->cases().unseen()), IsEmpty()) << "it may come yet";
  box.clock.pass(std::chrono::minutes{11});
  EXPECT_GE(need(fire_due_timers(box.store(), box.clock)), 1);
  box.settle();
  const auto unseen = need(box.reader()->cases().unseen());
  ASSERT_THAT(unseen, SizeIs(1));
  EXPECT_EQ(unseen[0].system, kOperator);
  EXPECT_EQ(unseen[0].verb, "create");
  EXPECT_EQ(need(box.reader()->counts()).unseen, 1);
  EXPECT_THAT(texts_at(box, "desk"),
              Contains(HasSubstr("Saksbro har gjort dette, men ser det ikke igjen: create "
                                 "(Driftsleverandøren).")));
}

// A mapping in which the operator's tickets begin cases, and the marker stands in another field.
core::Mapping with_another_marker_field() {
  core::Mapping mapping = shipped_mapping();
  mapping.systems.at(kOperator).marker_field = "Et annet felt";
  return mapping;
}

TEST(OurOwnTicket, BeginsNoCaseAtALaterPollAlthoughItsMarkerStandsElsewhere) {
  const core::Mapping mapping = with_another_marker_field();
  Box box({}, mapping);
  registers_and_forwards(box, "");
  box.trackers.comments("operator", "ola", "Hva er dette?");
  box.poll("operator");
  box.settle();
  EXPECT_EQ(cases_in(box), 1U);
}

TEST(OurOwnTicket, BeginsNoCaseWhenNoFieldShowsItsMarkerAtAll) {
  const core::Mapping mapping = with_another_marker_field();
  Box box({}, mapping);
  registers_and_forwards(box, "");
  box.trackers.ticket("operator").fields.erase(kMarkerField);
  box.trackers.comments("operator", "ola", "Hva er dette?");
  box.poll("operator");
  box.settle();
  EXPECT_EQ(cases_in(box), 1U);
}

TEST(OurOwnTicket, IsTheCasesWhenItsMarkerIsPutRight) {
  const core::Mapping mapping = with_another_marker_field();
  Box box({}, mapping);
  registers_and_forwards(box, "");
  auto& ticket = box.trackers.ticket("operator");
  ticket.fields["Et annet felt"] = ticket.fields.at(kMarkerField);
  box.trackers.comments("operator", "ola", "Rettet.");
  box.poll("operator");
  box.settle();
  EXPECT_TRUE(box.only_case().tickets.contains(kOperator));
}

TEST(UnseenWrite, OfACaseThatGoesItsWayIsNone) {
  Box box;
  registers_and_forwards(box, "");
  EXPECT_THAT(box.only_case().unseen, IsEmpty());
}

}  // namespace
}  // namespace saksbro::run
