#include "tests/cli/one_case.h"

#include <gmock/gmock.h>

#include "bridge/records/phrase_record.h"
#include "bridge/store/sqlite/sqlite_store.h"

namespace saksbro::cli {

core::Issued comment(const std::string& key, const SystemName& to) {
  return {{IdempotencyKey{key}, to, AddComment{{}, "Hei", "[x]", Visibility::internal}},
          "",
          "an internal comment is written in " + to.text(),
          "mappings/m1.yaml:41"};
}

core::TicketView seen_ticket(const char* key, const char* url, const char* status) {
  core::TicketView view;
  view.key = RemoteKey{key};
  view.number = "#" + std::string(key);
  view.url = url;
  view.status = status;
  return view;
}

store::OutboxRow claimed(store::Transaction& tx, const SystemName& system) {
  auto rows = tx.outbox().claim(system, kNoon, 1, store::Together::fields);
  EXPECT_TRUE(rows && rows->size() == 1);
  return rows->front();
}

void receive(store::Transaction& tx, const SystemName& system, const char* id, DeliveryKind kind) {
  ASSERT_TRUE(tx.inbox().receive({system, DeliveryId{id}, kind, kNoon, "{}"}));
}

namespace {

void open_case(store::Transaction& tx) {
  const auto desk = seen_ticket("17", "http://desk/issues/17", "AVVENTER");
  const auto theirs = seen_ticket("5", "http://rt/Ticket/Display.html?id=5", "ny");
  const std::vector<core::Fact> facts{
      core::CaseOpened{core::ProcessId{"M.1"}},
      core::TicketLinked{kDesk, desk.key, desk.number, desk.url},
      core::TicketSeen{kDesk, desk},
      core::TicketLinked{kOperator, theirs.key, theirs.number, theirs.url},
      core::TicketSeen{kOperator, theirs},
      core::ValueKept{"title", "Faktura feiler ved godkjenning"},
      core::ValueKept{"text", "Første linje\nandre linje"},
      core::Remembered{core::FieldSent{kDesk, "Saksnummer", "SAK-2026-00001"}},
      core::ActivityEntered{core::ActivityId{"M.1.3.2"}},
      core::StatusChanged{core::Status{"AVVENTER"}},
      core::SignalDeferred{core::PendingSignal{core::Signal{"løst"}, kOperator, {}, "løsning"}}};
  core::Case after;
  after.number = kNumber;
  for (const core::Fact& fact : facts) after = core::evolve(std::move(after), fact, kNoon);
  ASSERT_TRUE(tx.cases().append(after, 1, kNoon, facts));
  ASSERT_TRUE(
      tx.cases().decided(kNumber, 1, "Case begins.\nEnters M.1.3.2 (mappings/m1.yaml:38:3)."));
  for (const char* key : {"k/done", "k/later"})
    ASSERT_TRUE(tx.outbox().append(kNumber, 1, kNoon, comment(key, kDesk)));
  ASSERT_TRUE(tx.outbox().append(kNumber, 1, kNoon, comment("k/dead", kOperator)));
  ASSERT_TRUE(tx.inbox().handled(1, "Case begins.", kNoon));
}

void settle(store::Transaction& tx) {
  ASSERT_TRUE(tx.outbox().done(claimed(tx, kDesk), kNoon));
  ASSERT_TRUE(tx.outbox().later(claimed(tx, kDesk), "desk: PUT /issues/17.json: connection refused",
                                kNoon, kFarOff, std::nullopt));
  ASSERT_TRUE(tx.outbox().dead(claimed(tx, kOperator), "RT: 403 No permission", kNoon));
}
// Another ticket's look that came to nothing.
void look_at_a_stray(store::Transaction& tx) {
  receive(tx, SystemName{"bym"}, "5@1", DeliveryKind::answer);
  const Phrases because{{"Nothing to do: ticket {ticket} was registered before Saksbro began here.",
                         {{"ticket", "#5"}}}};
  ASSERT_TRUE(tx.inbox().handled(3, records::write(because), kNoon));
}

}  // namespace

void OneCase::prepare() {
  auto store = *store::open_sqlite(folder_.file("saksbro.db"), store::Use::command, kNoon);
  auto tx = *store->begin();
  receive(*tx, kDesk, "poll:17@1", DeliveryKind::poll);
  open_case(*tx);
  settle(*tx);
  receive(*tx, kOperator, "hook-9", DeliveryKind::webhook);
  ASSERT_TRUE(tx->inbox().parked(2, "operator: this is no JSON", kNoon));
  ASSERT_TRUE(tx->commit());
}

void OneCase::prepare_words() {
  auto store = *store::open_sqlite(folder_.file("saksbro.db"), store::Use::command, kNoon);
  auto tx = *store->begin();
  const std::vector<core::Fact> facts{core::ValueKept{"generell interesse", "ja"},
                                      core::ValueKept{"henvendelse", "Feilmelding"}};
  core::Case state = **(*store->reader())->cases().find(kNumber);
  for (const core::Fact& fact : facts) state = core::evolve(std::move(state), fact, kNoon);
  ASSERT_TRUE(tx->cases().append(state, 1, kNoon, facts));
  ASSERT_TRUE(tx->commit());
}

void OneCase::prepare_upkeep() {
  const SystemName bym{"bym"};
  const std::string note = "the case note in bym is brought up to date";
  auto store = *store::open_sqlite(folder_.file("saksbro.db"), store::Use::command, kNoon);
  auto tx = *store->begin();
  receive(*tx, SystemName{"saksbro:link"}, "e30d", DeliveryKind::link);
  receive(*tx, bym, "answer:9.1", DeliveryKind::answer);
  const std::vector<core::Fact> confirmed{core::ValueKept{"bekreftelse", "ja"}};
  const std::vector<core::Fact> remembered{core::Remembered{core::NoteSent{bym, "Saksbro"}}};
  core::Case state = **(*store->reader())->cases().find(kNumber);
  for (const auto& [cause, facts] : {std::pair{3, confirmed}, std::pair{4, remembered}}) {
    state = core::evolve(std::move(state), facts.front(), kNoon);
    ASSERT_TRUE(tx->cases().append(state, cause, kNoon, facts));
  }
  const Phrases because{{"{how} by {role} means \"{signal}\" at {activity}.",
                         {{"how", Phrase("a link", {})},
                          {"role", "end_user"},
                          {"signal", "bekreftet"},
                          {"activity", "M.1.3.7"}},
                         "/etc/saksbro/mappings/m1.yaml:233:7"},
                        {"Not done, its condition does not hold: {place}.",
                         {{"place", "/etc/saksbro/mappings/m1.yaml:234:9"}},
                         {},
                         Phrase::Kind::condition},
                        {"Done: {command}.", {{"command", "k/done"}}, {}, Phrase::Kind::own_write}};
  ASSERT_TRUE(tx->cases().decided(kNumber, 3, records::write(because)));
  ASSERT_TRUE(tx->outbox().append(
      kNumber, 3, kNoon,
      {{IdempotencyKey{"k/note"}, bym, KeepNote{RemoteKey{"9"}, "Saksbro", "[x/note]"}},
       "",
       note,
       "/etc/saksbro/mappings/organisation.redmine.yaml:7:1"}));
  ASSERT_TRUE(tx->outbox().done(claimed(*tx, bym), kNoon));
  const Phrases came_back{{"This is Saksbro's own write ({command}): nothing to do.",
                           {{"command", "k/note"}},
                           {},
                           Phrase::Kind::own_write}};
  ASSERT_TRUE(tx->cases().decided(kNumber, 4, records::write(came_back)));
  ASSERT_TRUE(tx->commit());
}

void OneCase::prepare_second() {
  auto store = *store::open_sqlite(folder_.file("saksbro.db"), store::Use::command, kNoon);
  auto tx = *store->begin();
  receive(*tx, kDesk, "poll:5@1", DeliveryKind::poll);
  const auto desk = seen_ticket("5", "http://desk/issues/5", "Ny");
  const std::vector<core::Fact> facts{core::CaseOpened{core::ProcessId{"M.1"}},
                                      core::TicketLinked{kDesk, desk.key, desk.number, desk.url},
                                      core::TicketSeen{kDesk, desk},
                                      core::ValueKept{"title", "Får ikke logget inn"},
                                      core::ActivityEntered{core::ActivityId{"M.1.1.2"}},
                                      core::StatusChanged{core::Status{"NY"}}};
  core::Case after;
  after.number = CaseNumber{"SAK-2026-00002"};
  for (const core::Fact& fact : facts) after = core::evolve(std::move(after), fact, kNoon);
  ASSERT_TRUE(tx->cases().append(after, 3, kNoon, facts));
  ASSERT_TRUE(tx->inbox().handled(3, "Case begins.", kNoon));
  ASSERT_TRUE(tx->commit());
}

void OneCase::prepare_stray() {
  auto store = *store::open_sqlite(folder_.file("saksbro.db"), store::Use::command, kNoon);
  auto tx = *store->begin();
  look_at_a_stray(*tx);
  ASSERT_TRUE(tx->commit());
}

}  // namespace saksbro::cli
