// What nobody has told is found, once and for all: polls, the nightly comparison, and what is said
// about it. And what there is too much of is held back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "bridge/load/configuration.h"
#include "bridge/records/order_record.h"
#include "bridge/records/phrase_record.h"
#include "bridge/run/engine/author_limit.h"
#include "bridge/run/engine/release_authors.h"
#include "bridge/run/engine/repair.h"
#include "bridge/run/maintain/compare.h"
#include "bridge/run/maintain/timers.h"
#include "tests/engine/bridge_in_a_box.h"

namespace saksbro::run {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const std::string kKari = "6";
const std::string kPer = "7";

// The nightly comparison of one system, in the calendar that we ship: Oslo's.
Comparer comparer_of(Box& box, const std::string& system) {
  return Comparer({SystemName{system}, minutes{180}, shipped_mapping().calendar, box.store(),
                   box.clock, box.metrics, box.wake});
}

// Until the comparison has nothing left to do.
int compare_all(Box& box, Comparer& comparer) {
  int steps = 0;
  while (need(comparer.step())) {
    ++steps;
    box.settle();
  }
  return steps;
}

void case_at_operator(Box& box) {
  box.trackers.registers("desk", kPer, "Faktura feiler");
  box.poll("desk");
  box.settle();
  box.trackers.comments("desk", kKari, "/sak videresend drift");
  box.poll("desk");
  box.settle();
}

double repaired(Box& box, const std::string& system, const std::string& by) {
  return box.metrics.value("saksbro_repaired_total",
                           label("system", system) + "," + label("by", by));
}

std::string reasons(Box& box) {
  std::string all;
  for (const auto& row : need(box.reader()->cases().decisions(box.only_case().number)))
    all += in_english(records::read_phrases(row.because)) + "\n";
  return all;
}

std::ptrdiff_t looks_waiting(Box& box) {
  const auto rows = box.outbox();
  return std::count_if(rows.begin(), rows.end(), [](const store::OutboxRow& row) {
    return std::holds_alternative<ReadTicket>(row.issued.command.action);
  });
}

TEST(Compare, FindsAChangeThatNothingHasTold) {
  Box box;
  case_at_operator(box);
  box.trackers.comments("operator", "ola", "Registrert.");  // no webhook, no poll
  Comparer comparer = comparer_of(box, "operator");
  EXPECT_FALSE(need(comparer.step())) << "it is noon; the store is younger than the last night";
  box.clock.pass(hours{15});
  EXPECT_EQ(compare_all(box, comparer), 2) << "one begins it, one is its only page";
  EXPECT_EQ(repaired(box, "operator", "compare"), 1);
  EXPECT_THAT(
      reasons(box),
      HasSubstr("Repaired: no webhook of operator to /hooks/operator reported it, and no poll "
                "found it; compare:operator:"));
  EXPECT_EQ(box.metrics.value("saksbro_compared_total", "system=\"operator\""), 1);
}

// Promise 44.
TEST(Compare, FindsATicketThatIsGone) {
  Box box;
  case_at_operator(box);
  box.trackers.trouble = [](const Call& call) -> std::optional<Fate> {
    if (call.url != "http://operator/read") return std::nullopt;
    return Answer{200, {}, R"({"gone":"5"})"};
  };
  box.clock.pass(hours{15});
  Comparer comparer = comparer_of(box, "operator");
  compare_all(box, comparer);
  EXPECT_EQ(repaired(box, "operator", "compare"), 1);
  EXPECT_TRUE(box.only_case().tickets.at(SystemName{"operator"}).gone);
  EXPECT_THAT(box.trackers.ticket("desk").comments.back().text, HasSubstr("finnes ikke lenger"));
  box.clock.pass(hours{24});
  compare_all(box, comparer);
  EXPECT_EQ(repaired(box, "operator", "compare"), 1) << "the next night it is known";
}

TEST(Compare, OrderedByAPersonBeginsWhereverTicketsCanBeRead) {
  Box box;
  case_at_operator(box);
  auto tx = need(box.store().begin());
  (void)need(tx->inbox().receive(compare_order({}, "ordered-1", box.clock.now())));
  ASSERT_TRUE(tx->commit());
  tx.reset();
  box.handle_all();
  for (const char* system : {"desk", "operator"}) {
    Comparer comparer = comparer_of(box, system);
    EXPECT_EQ(compare_all(box, comparer), 1) << "its one page";
    EXPECT_EQ(box.metrics.value("saksbro_compared_total", label("system", system)), 1);
  }
}

TEST(Compare, RunsOnceANightAndNotAgainAfterARestart) {
  Box box;
  case_at_operator(box);
  box.clock.pass(hours{15});
  {
    Comparer comparer = comparer_of(box, "desk");
    EXPECT_EQ(compare_all(box, comparer), 2);
  }
  Comparer again = comparer_of(box, "desk");
  EXPECT_EQ(compare_all(box, again), 0);
  box.clock.pass(hours{22});
  EXPECT_EQ(compare_all(box, again), 0);
  box.clock.pass(hours{2});
  EXPECT_EQ(compare_all(box, again), 2);
}

// Promise 24.
TEST(Compare, IsNotDoubledByAClockThatIsPutBackAndForth) {
  Box box;
  case_at_operator(box);
  box.clock.pass(hours{15});
  Comparer comparer = comparer_of(box, "desk");
  EXPECT_EQ(compare_all(box, comparer), 2);
  box.clock.pass(hours{-1});
  EXPECT_EQ(compare_all(box, comparer), 0);
  box.clock.pass(hours{2});
  EXPECT_EQ(compare_all(box, comparer), 0);
}

// Cases with a ticket at the desk, straight into the store.
void many_cases(Box& box, int count) {
  auto tx = need(box.store().begin());
  for (int i = 1; i <= count; ++i) {
    core::Case state;
    const CaseNumber number = need(tx->cases().next_number("SAK", 2026));
    state.number = number;
    const std::string key = std::to_string(1000 + i);
    const std::vector<core::Fact> facts{
        core::CaseOpened{core::ProcessId{"M.1"}},
        core::TicketLinked{SystemName{"desk"}, RemoteKey{key}, "#" + key, "http://desk/" + key},
        core::ActivityEntered{core::ActivityId{"M.1.1.2"}}};
    for (const core::Fact& fact : facts)
      state = core::evolve(std::move(state), fact, box.clock.now());
    ASSERT_TRUE(tx->cases().append(state, 0, box.clock.now(), facts));
  }
  ASSERT_TRUE(tx->commit());
}

TEST(Compare, GoesByPagesAndGoesOnWhereItWasAfterARestart) {
  Box box;
  many_cases(box, 25);
  box.trackers.trouble = [](const Call&) { return Fate{Answer{200, {}, R"({"gone":"0"})"}}; };
  box.clock.pass(hours{15});
  Comparer first = comparer_of(box, "desk");
  ASSERT_TRUE(need(first.step()));  // begins
  box.handle_all();
  ASSERT_TRUE(need(first.step()));  // the first page
  box.handle_all();
  EXPECT_EQ(looks_waiting(box), 10);
  EXPECT_FALSE(need(first.step())) << "the next page waits for the looks of this one";
  while (box.send("desk")) {
  }
  Comparer second = comparer_of(box, "desk");  // as after a restart
  ASSERT_TRUE(need(second.step()));
  EXPECT_FALSE(need(second.step())) << "the same page is ordered once";
  box.handle_all();
  EXPECT_EQ(looks_waiting(box), 10);
  while (box.send("desk")) {
  }
  ASSERT_TRUE(need(second.step()));
  box.handle_all();
  EXPECT_EQ(looks_waiting(box), 5) << "the last page";
  EXPECT_EQ(box.metrics.value("saksbro_compared_total", "system=\"desk\""), 25);
}

TEST(Compare, DoesNotCountAsARepairWhatTheNextPollWouldHaveFound) {
  const Abilities abilities{std::nullopt, std::chrono::seconds{30}, true};
  const IdempotencyKey read{"desk/compare:desk:1:0/read/17"};
  EXPECT_EQ(repair_of(SystemName{"desk"}, abilities, {read, minutes{4}}), std::nullopt);
  const auto repair = repair_of(SystemName{"desk"}, abilities, {read, minutes{6}});
  ASSERT_TRUE(repair);
  EXPECT_EQ(in_english(repair->because), "Repaired: no poll found it; compare:desk:1:0 did.");
}

TEST(Poll, OfASystemWithoutWebhooksRepairsNothing) {
  const Abilities abilities{std::nullopt, std::chrono::seconds{30}, true};
  const IdempotencyKey read{"desk/poll:17@2026-11-23T12:00:00Z/read/17"};
  EXPECT_EQ(repair_of(SystemName{"desk"}, abilities, {read, minutes{60}}), std::nullopt);
}

// --- clocks

// Promise 24.
TEST(Skew, OfATrackersClockIsShownFromItsAnswers) {
  Box box;
  box.trackers.trouble = [](const Call&) -> std::optional<Fate> {
    return Answer{200, {{"date", "Mon, 23 Nov 2026 12:15:00 GMT"}}, "null"};
  };
  box.poll("desk");
  EXPECT_EQ(box.metrics.value("saksbro_clock_skew_seconds", "system=\"desk\""), 900);
}

// Promise 24.
TEST(Order, OfWhatIsHandledIsThatOfArrivalWhateverTheClockSays) {
  Box box;
  case_at_operator(box);
  box.trackers.comments("desk", kKari, "/sak info nei");
  box.poll("desk");
  box.clock.pass(hours{-1});
  box.trackers.comments("operator", "ola", "Rettet.");
  box.trackers.sets_status("operator", "ola", "løst");
  box.deliver("operator", "hook-1", "hint:5");
  box.settle();
  box.clock.pass(hours{2});
  box.settle();
  EXPECT_EQ(box.only_case().activity.text(), "M.1.3.7");
  EXPECT_THAT(box.outbox(), IsEmpty());
}

// --- two ways

core::Mapping load_two_sides() {
  auto loaded = load::load_configuration(
      std::string(SAKSBRO_SOURCE) + "/tests/core/two_sides/saksbro.yaml",
      [](const std::string& path) {
        std::ostringstream text;
        text << std::ifstream(path, std::ios::binary).rdbuf();
        return Result<std::string>(text.str());
      },
      [](const std::string&) { return std::string(32, 'x'); });
  for (const Error& error : loaded.errors) ADD_FAILURE() << error.text();
  return std::move(loaded.configuration.mapping);
}

// Promise 12.
// A thousand of them: tests/core/conflicts_test.cpp; here every thread has its part.
TEST(TwoWays, HundredsOfEditsAreWrittenOnceEachAndNoLoopIsSeen) {
  const core::Mapping mapping = load_two_sides();
  Box box({}, mapping, {"left", "right"});
  box.trackers.registers("left", kPer, "Begge sider").status = "new";
  box.poll("left");
  box.settle();
  const auto before = box.trackers.calls.size();
  for (int i = 0; i < 100; ++i) {
    box.trackers.sets_field("left", kPer, "A", "l" + std::to_string(i));
    box.trackers.sets_field("right", "ola", "B", "r" + std::to_string(i));
    box.poll("left");
    box.poll("right");
    box.settle();
  }
  std::map<std::string, int> writes;
  for (auto call = box.trackers.calls.begin() + static_cast<std::ptrdiff_t>(before);
       call != box.trackers.calls.end(); ++call) {
    if (!call->url.ends_with("/changed")) ++writes[call->url];
  }
  EXPECT_EQ(writes, (std::map<std::string, int>{{"http://left/fields", 100},
                                                {"http://right/fields", 100}}));
  EXPECT_EQ(box.trackers.ticket("right").fields.at("A"), "l99");
  EXPECT_EQ(box.trackers.ticket("left").fields.at("B"), "r99");
  EXPECT_EQ(box.metrics.value("saksbro_loops_cut_total", "system=\"left\""), 0);
  EXPECT_EQ(box.metrics.value("saksbro_loops_cut_total", "system=\"right\""), 0);
}

// An automation at the right writes in capitals, one at the left in small letters.
void fight(Box& box) {
  for (int i = 0; i < 12; ++i) {
    for (const std::string side : {"left", "right"}) {
      std::string value = box.trackers.ticket(side).fields["A"];
      for (char& c : value)
        c = static_cast<char>(side == "left" ? std::tolower(c) : std::toupper(c));
      if (value != box.trackers.ticket(side).fields["A"])
        box.trackers.sets_field(side, "robot", "A", value);
      box.poll(side);
      box.settle();
    }
  }
}

// Promise 13.
TEST(TwoWays, AFightOfAutomationsIsCutCountedToldAndResumedByRedrive) {
  const core::Mapping mapping = load_two_sides();
  Box box({}, mapping, {"left", "right"});
  box.trackers.registers("left", kPer, "Begge sider").status = "new";
  box.poll("left");
  box.settle();
  box.trackers.sets_field("left", kPer, "A", "faktura");
  fight(box);
  const double cut = box.metrics.value("saksbro_loops_cut_total", "system=\"left\"") +
                     box.metrics.value("saksbro_loops_cut_total", "system=\"right\"");
  EXPECT_EQ(cut, 1);
  auto tx = need(box.store().begin());
  (void)need(tx->inbox().receive(
      {kOrderSystem, DeliveryId{"o1"}, DeliveryKind::order, box.clock.now(),
       records::write(records::Order{"redrive", box.only_case().number, {}, std::nullopt})}));
  ASSERT_TRUE(tx->commit());
  tx.reset();
  box.settle();
  EXPECT_EQ(box.trackers.ticket("left").fields["A"], box.trackers.ticket("right").fields["A"]);
  const auto facts = need(box.reader()->cases().facts(box.only_case().number));
  EXPECT_TRUE(std::any_of(facts.begin(), facts.end(), [](const store::FactRow& row) {
    return std::holds_alternative<core::LoopEnded>(row.fact);
  }));
}

// --- floods

// Promise 63.
TEST(AuthorLimit, LetsInSoManyWithinAnHourAndThoseOfOthers) {
  std::string ledger;
  const Instant noon{hours{500'000}};
  for (int i = 0; i < 5; ++i)
    EXPECT_EQ(allow_author(ledger, i, "ola@x", noon + minutes{i}, 5), Entrance::open);
  EXPECT_EQ(allow_author(ledger, 5, "ola@x", noon + minutes{5}, 5), Entrance::held);
  EXPECT_EQ(allow_author(ledger, 6, "per@x", noon + minutes{6}, 5), Entrance::open);
  EXPECT_EQ(allow_author(ledger, 5, "ola@x", noon + minutes{7}, 5), Entrance::late)
      << "a person has asked for it";
  EXPECT_EQ(allow_author(ledger, 7, "ola@x", noon + minutes{61}, 5), Entrance::open);
  EXPECT_EQ(allow_author(ledger, 8, "none\n1 2 1 ola@x", noon + minutes{62}, 5), Entrance::open)
      << "a name of two lines";
  EXPECT_EQ(std::count(ledger.begin(), ledger.end(), '\n'), 6) << "the last hour's, no more";
}

// Promise 63.
TEST(AuthorLimit, NeverHoldsBackWhoIsWaitedFor) {
  std::string ledger;
  const Instant noon{hours{500'000}};
  for (int i = 0; i < 5; ++i) (void)allow_author(ledger, i, "ola@x", noon, 5);
  EXPECT_EQ(allow_author(ledger, 5, "ola@x", noon, 5, true), Entrance::open);
  EXPECT_EQ(allow_author(ledger, 6, "ola@x", noon, 5, false), Entrance::held);
}

// Promise 63.
TEST(AuthorLimit, LetsInLaterWhatItHeldBackSoManyAnHour) {
  using Seqs = std::vector<std::int64_t>;
  std::string ledger;
  const Instant noon{hours{500'000}};
  for (int i = 0; i < 12; ++i) (void)allow_author(ledger, i, "ola@x", noon + minutes{i}, 5);
  EXPECT_EQ(let_in_late(ledger, noon + minutes{30}, 5), Seqs{}) << "the hour is not over";
  EXPECT_EQ(let_in_late(ledger, noon + minutes{71}, 5), (Seqs{5, 6, 7, 8, 9}));
  EXPECT_EQ(allow_author(ledger, 5, "ola@x", noon + minutes{5}, 5), Entrance::late);
  EXPECT_EQ(let_in_late(ledger, noon + minutes{72}, 5), Seqs{}) << "five have come in just now";
  EXPECT_EQ(let_in_late(ledger, noon + minutes{132}, 5), (Seqs{10, 11}));
  EXPECT_EQ(let_in_late(ledger, noon + hours{9}, 5), Seqs{});
}

void six_mails_of_one_author(Box& box) {
  dynamic_cast<FakeSystem&>(*box.systems.at(SystemName{"desk"})).hourly_per_author = 5;
  for (int i = 0; i < 6; ++i) {
    Ticket ticket;
    ticket.key = RemoteKey{std::to_string(100 + i)};
    ticket.title = "Automatisk svar";
    ticket.status = "Ny";
    ticket.author = {"robot@example.no", ""};
    ticket.created = ticket.updated = ticket.read_at = box.clock.now();
    ticket.revision = 1;
    box.deliver("desk", "mail" + std::to_string(i), to_json(ticket).dump());
  }
  box.handle_all();
  EXPECT_THAT(need(box.reader()->cases().list()), SizeIs(5));
}

// Promise 63.
TEST(Flood, OfOneAuthorIsPutAsideUntilAPersonAsksForIt) {
  Box box;
  six_mails_of_one_author(box);
  const auto parked = need(box.reader()->inbox().parked());
  ASSERT_THAT(parked, SizeIs(1));
  EXPECT_EQ(in_english(parked[0].why),
            "more than 5 deliveries came from one sender within an hour: do two programs answer "
            "each other? Saksbro accepts this one when the hour is over; saksbro redrive parked:6 "
            "accepts it now");
  EXPECT_EQ(box.metrics.value("saksbro_held_back_total", "system=\"desk\""), 1);
  auto tx = need(box.store().begin());
  ASSERT_TRUE(tx->inbox().unpark(6));
  ASSERT_TRUE(tx->commit());
  tx.reset();
  box.handle_all();
  EXPECT_THAT(need(box.reader()->cases().list()), SizeIs(6));
}

// Promise 63.
TEST(Flood, OfOneAuthorComesInByItselfWhenTheHourIsOver) {
  Box box;
  six_mails_of_one_author(box);
  ASSERT_TRUE(release_limited_authors(box.store(), box.systems, box.clock));
  box.handle_all();
  EXPECT_THAT(need(box.reader()->cases().list()), SizeIs(5)) << "the hour is not over";
  box.clock.pass(hours{1});
  ASSERT_TRUE(release_limited_authors(box.store(), box.systems, box.clock));
  box.handle_all();
  EXPECT_THAT(need(box.reader()->cases().list()), SizeIs(6));
  EXPECT_THAT(need(box.reader()->inbox().parked()), SizeIs(0));
}

}  // namespace
}  // namespace saksbro::run
