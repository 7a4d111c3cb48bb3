// The engine over a real store: what is parked, what is put aside, and what a replay gives.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>

#include "bridge/records/answer_record.h"
#include "bridge/records/command_record.h"
#include "bridge/records/fact_record.h"
#include "bridge/records/order_record.h"
#include "bridge/records/phrase_record.h"
#include "bridge/run/maintain/timers.h"
#include "tests/engine/bridge_in_a_box.h"

namespace saksbro::run {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const std::string kKari = "6";  // 2nd line
const std::string kPer = "7";   // 1st line

void play_m1(Box& box) {
  box.trackers.registers("desk", kPer, "Faktura feiler");
  box.poll("desk");
  box.settle();
  box.trackers.comments("desk", kKari, "/sak videresend drift");
  box.poll("desk");
  box.settle();
  box.trackers.comments("desk", kKari, "/sak info nei");
  box.poll("desk");
  box.settle();
  box.trackers.comments("operator", "ola", "Indeksen er bygget på nytt.");
  box.trackers.sets_status("operator", "ola", "løst");
  box.deliver("operator", "hook-1", "hint:5");
  box.settle();
  box.trackers.sets_status("desk", kPer, "LUKKET");
  box.poll("desk");
  box.settle();
}

TEST(Engine, CarriesACaseFromItsBirthToItsEnd) {
  Box box;
  play_m1(box);
  EXPECT_TRUE(box.only_case().closed);
  EXPECT_EQ(box.trackers.ticket("operator").status, "lukket");
  EXPECT_EQ(box.trackers.ticket("desk").fields.at("Leverandørens saksnummer"), "#5");
  EXPECT_THAT(box.outbox(), IsEmpty());
}

TEST(Engine, ParksWhatItDoesNotUnderstandAndGoesOn) {
  Box box;
  box.deliver("desk", "odd", "no json");
  box.deliver("desk", "next", "hint:17");
  box.handle_all();
  const auto parked = need(box.reader()->inbox().parked());
  ASSERT_THAT(parked, SizeIs(1));
  EXPECT_EQ(parked[0].row.delivery.id, DeliveryId{"odd"});
  EXPECT_EQ(in_english(parked[0].why), "desk: this is no JSON");
  EXPECT_THAT(box.outbox(), SizeIs(1)) << "the next delivery asks for its ticket to be read";
}

// Promises 20, 61.
TEST(Engine, PutsADeliveryAsideWhenItKilledTheProcessThreeTimes) {
  Box box;
  box.deliver("desk", "deadly", "deadly");
  box.deliver("desk", "next", "hint:17");
  for (int deaths = 0; deaths < 3; ++deaths) {
    box.restart();
    EXPECT_EXIT((void)box.handle_next(), testing::KilledBySignal(SIGKILL), "");
    EXPECT_THAT(need(box.reader()->inbox().parked()), IsEmpty());
  }
  box.restart();
  box.handle_all();
  const auto parked = need(box.reader()->inbox().parked());
  ASSERT_THAT(parked, SizeIs(1));
  EXPECT_EQ(
      in_english(parked[0].why),
      "the process died 3 times while it handled this; put aside so that other work continues");
  EXPECT_THAT(box.outbox(), SizeIs(1));
}

TEST(Engine, ParksWhatIsAboutACaseThatStandsWhereTheMappingHasNothing) {
  Box box;
  box.trackers.registers("desk", kPer, "Faktura feiler");
  box.poll("desk");
  box.settle();
  core::Mapping poorer = shipped_mapping();
  poorer.processes.front().activities.erase(core::ActivityId{"M.1.1.2"});
  Engine engine({poorer, box.systems, box.store(), box.metrics});
  box.trackers.comments("desk", kKari, "/sak ta");
  box.deliver("desk", "late", to_json(box.trackers.ticket("desk")).dump());
  EXPECT_TRUE(need(engine.handle_next()));
  const auto parked = need(box.reader()->inbox().parked());
  ASSERT_THAT(parked, SizeIs(1));
  EXPECT_EQ(in_english(parked[0].why),
            "case SAK-2026-00001 is at M.1.1.2 of process M.1, which is no longer in the mapping: "
            "restore it there, restart, and unpark this");
}

TEST(Engine, SeesTheSnapshotOfAnAnswerBeforeItCountsTheCommandDone) {
  Box box;
  box.trackers.registers("desk", kPer, "Faktura feiler");
  box.poll("desk");
  ASSERT_TRUE(box.send("desk"));
  box.handle_all();
  const auto facts = need(box.reader()->cases().facts(box.only_case().number));
  std::vector<std::string> names;
  for (const auto& row : facts) names.emplace_back(core::name_of(row.fact));
  const auto settled = std::find(names.begin(), names.end(), "CommandSettled");
  ASSERT_NE(settled, names.end());
  // The other way round our own write would be news.
  EXPECT_EQ(*(settled - 1), "EchoRecognised");
  EXPECT_EQ(*(settled - 2), "Remembered") << "our last write, so that its undoing is known";
  EXPECT_EQ(*(settled - 3), "TicketSeen");
}

TEST(Engine, CountsWhatAPollFoundAndNoWebhookToldOf) {
  Box box;
  box.trackers.registers("desk", kPer, "Faktura feiler");
  // As the poller names it; the ticket comes by a read, as with Redmine.
  box.deliver("desk", "poll:17@1", "hint:17");
  box.settle();
  EXPECT_EQ(box.metrics.value("saksbro_repaired_total", "system=\"desk\",by=\"poll\""), 1);
  const auto told = need(box.reader()->cases().decisions(box.only_case().number));
  const auto repaired = std::find_if(told.begin(), told.end(), [](const store::DecisionRow& row) {
    return in_english(records::read_phrases(row.because)) ==
           "Repaired: no webhook of desk to /hooks/desk reported it; poll:17@1 found it. The "
           "sender's log says why.";
  });
  EXPECT_NE(repaired, told.end()) << "explain tells it";
}

std::vector<std::string> story_of(Box& box) {
  auto reader = box.reader();
  std::vector<std::string> story;
  for (const core::Case& one : need(reader->cases().list())) {
    story.push_back(one.number.text());
    for (const auto& row : need(reader->cases().facts(one.number))) {
      story.push_back(std::to_string(row.cause) + " " + core::name_of(row.fact) + " " +
                      records::write(row.fact));
    }
  }
  for (store::OutboxRow& row : box.outbox(false)) {
    row.issued.command.attempt = 0;  // how often it was tried is not decided but happens
    story.push_back(row.case_number.text() + " " + records::write(row.issued));
  }
  return story;
}

TEST(Replay, OfTheInboxOnAnEmptyStoreGivesTheSameCasesFactsAndCommands) {
  Box played;
  play_m1(played);
  Box replayed;
  for (const store::InboxRow& row : played.inbox()) {
    auto tx = need(replayed.store().begin());
    (void)need(tx->inbox().receive(row.delivery));
    ASSERT_TRUE(tx->commit());
  }
  replayed.handle_all();
  ASSERT_GT(story_of(played).size(), 50U);
  EXPECT_EQ(story_of(replayed), story_of(played));
  EXPECT_THAT(replayed.trackers.calls, IsEmpty()) << "a replay decides; it sends nothing";
}

TEST(Timers, ThatAreDueGoThroughTheInboxOnce) {
  Box box;
  box.trackers.registers("operator", "ola", "Databasen er full").fields["Alvorlighet"] =
      "A - kritisk";
  box.poll("operator");
  box.settle();
  EXPECT_EQ(need(fire_due_timers(box.store(), box.clock)), 0);
  box.clock.pass(std::chrono::minutes{16});
  EXPECT_EQ(need(fire_due_timers(box.store(), box.clock)), 1);
  EXPECT_EQ(need(fire_due_timers(box.store(), box.clock)), 0);
  const std::size_t before = box.trackers.calls.size();
  box.settle();
  ASSERT_EQ(box.trackers.calls.size(), before + 1);
  EXPECT_THAT(box.trackers.calls.back().url, HasSubstr("/alert"));
}

TEST(Order, OfAPersonRedrivesADeadLetterAndIsRemembered) {
  Box box;
  box.trackers.registers("desk", kPer, "Faktura feiler");
  box.poll("desk");
  box.trackers.trouble = [](const Call&) { return Fate{Answer{422, {}, ""}}; };
  ASSERT_TRUE(box.send("desk"));
  box.handle_all();
  box.trackers.trouble = nullptr;
  auto tx = need(box.store().begin());
  (void)need(
      tx->inbox().receive({kOrderSystem, DeliveryId{"o1"}, DeliveryKind::order, box.clock.now(),
                           records::write(records::Order{"redrive", {}, {}, std::nullopt})}));
  ASSERT_TRUE(tx->commit());
  tx.reset();
  box.settle();
  EXPECT_EQ(box.trackers.ticket("desk").fields.at("Saksnummer"), "SAK-2026-00001");
}

}  // namespace
}  // namespace saksbro::run
