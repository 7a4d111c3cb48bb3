#include "tests/town/line.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>

#include "connectors/registry.h"

namespace saksbro::chaos {
namespace {

using namespace std::chrono_literals;

const SystemName kSystem{"line"};
constexpr std::chrono::days kDrainMost{30};
constexpr const char* kKey = "the-key-of-the-bridge";
constexpr const char* kComment = "Vi ser på saken.\n[ref-1]";
constexpr const char* kNote = "Saksnotat: under arbeid\n[note-1]";

template <class T>
T need(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().text());
  return std::move(*result);
}

Setting text(const std::string& value) { return {"line.yaml", "", value}; }

Setting::Map redmine_settings() {
  return {{"project", text("saksportal")},
          {"tracker", text("Sak")},
          {"key", {"line.yaml", "", Secret(kKey)}},
          {"custom_fields",
           {"line.yaml", "", Setting::Map{{kMarkerField, text("9")}, {kNumberField, text("1")}}}}};
}

Setting::Map rt_settings() {
  return {{"queue", text("Leveranse")},
          {"token", {"line.yaml", "", Secret(kKey)}},
          {"note_field", text("Saksnotat")}};
}

Setting settings_for(const Kind& kind, const std::string& url) {
  Setting::Map map = kind.name == std::string("redmine") ? redmine_settings() : rt_settings();
  map.push_back({"url", text(url)});
  map.push_back({"marker_field", text(kMarkerField)});
  return {"line.yaml", "systems.line", std::move(map)};
}

std::unique_ptr<RemoteSystem> configured(const Kind& kind, const std::string& url) {
  auto made = connectors().at(kind.name)(kSystem, settings_for(kind, url));
  if (!made) throw std::runtime_error(made.error().front().text());
  return std::move(*made);
}

}  // namespace

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> kKinds{
      {"redmine",
       {{"saksportal"},
        {"Ny", "Under arbeid", "LØST"},
        {kMarkerField, kNumberField},
        kMarkerField,
        {{"5", "Saksbro"}},
        "5",
        kKey},
       [](fakes::Tracker& state) {
         return fakes::speak_redmine(state, {{kMarkerField, 9}, {kNumberField, 1}});
       },
       "LØST",
       {{"create", "POST", "/issues.json", 0},
        {"comment", "PUT", "/issues/", 0},
        {"update", "PUT", "/issues/", 1},  // status and fields
        {"note", "PUT", "/issues/", 2}}},
      {"rt",
       {{"Leveranse"},
        {"ny", "under behandling", "løst"},
        {kMarkerField, kNumberField, "Saksnotat"},
        kMarkerField,
        {{"bro", "Saksbro"}},
        "bro",
        kKey,
        true},
       [](fakes::Tracker& state) { return fakes::speak_rt(state, ""); },
       "løst",
       {{"create", "POST", "/ticket", 0},
        {"comment", "POST", "/comment", 0},
        {"status", "PUT", "/ticket/", 0},
        {"fields", "PUT", "/ticket/", 1},
        {"note", "PUT", "/ticket/", 2}}}};
  return kKinds;
}

void PrintTo(const Kind& kind, std::ostream* out) { *out << kind.name; }

// An answer that does not come is waited for in real time.
const net::ClientLimits Line::limits_{.connect = 1s, .total = 400ms};

Line::Line(const Kind& of, std::uint64_t seed, const net::ClientLimits& limits)
    : kind(of),
      tracker(of.settings, of.speak, seed, [this] { return clock.now(); }),
      system_(configured(of, tracker.url())),
      store_(need(store::open_sqlite(folder.file("line.db"), store::Use::serve, clock.now()))),
      client_(net::make_client(limits)),
      traffic_(std::make_unique<run::Traffic>(
          run::TrafficParts{kSystem, *store_, clock, metrics, stopping_, core::Limits{}})),
      dispatcher_(std::make_unique<run::Dispatcher>(run::DispatcherParts{
          kSystem, *system_, *store_, *client_, clock, metrics, wake_, {}, *traffic_})) {}

void Line::queue(const std::string& key, const Action& action, const std::string& number) {
  auto tx = need(store_->begin());
  const core::Issued issued{{IdempotencyKey{key}, kSystem, action}, "", "because", "line.yaml:1"};
  if (auto queued = tx->outbox().append(CaseNumber{number}, 1, clock.now(), issued); !queued)
    throw std::runtime_error(queued.error().text());
  if (auto committed = tx->commit(); !committed) throw std::runtime_error(committed.error().text());
}

Action Line::create(const std::string& marker) const {
  return CreateTicket{"Faktura feiler", "Beskrivelse, æøå.", {{kNumberField, "SAK-1"}}, marker};
}

void Line::queue_errand() {
  const RemoteKey ticket{"1"};
  queue("create", create("bro-1"));
  queue("comment", AddComment{ticket, kComment, "[ref-1]", Visibility::internal});
  queue("status", SetStatus{ticket, kind.status, {}});
  queue("fields", SetFields{ticket, {{kNumberField, "SAK-2"}}});
  queue("note", KeepNote{ticket, kNote, "[note-1]", Visibility::internal});
}

std::vector<store::OutboxRow> Line::open_rows() {
  return need(need(store_->reader())->outbox().list(std::nullopt, true));
}

void Line::redrive() {
  auto tx = need(store_->begin());
  (void)need(tx->outbox().redrive(store::DeadLetterFilter{}, clock.now()));
  if (auto committed = tx->commit(); !committed) throw std::runtime_error(committed.error().text());
}

bool Line::send() const { return need(dispatcher_->send_next()); }

std::chrono::milliseconds Line::drain() {
  const Instant began = clock.now();
  while (true) {
    while (send()) {
    }
    std::optional<Instant> next;
    for (const store::OutboxRow& row : open_rows()) {
      if (row.state == store::OutboxState::waiting)
        next = std::min(next.value_or(row.next_at), row.next_at);
    }
    if (!next || clock.now() - began > kDrainMost) return clock.now() - began;
    // A row that is due and not given: its system is paused, or its lane waits.
    clock.pass(std::max<std::chrono::milliseconds>(*next - clock.now(), 10s));
  }
}

int Line::created() const {
  const auto ledger = tracker.state.ledger();
  return static_cast<int>(std::count_if(ledger.begin(), ledger.end(),
                                        [](const auto& entry) { return entry.what == "created"; }));
}

std::vector<std::string> Line::wrong_with_errand() {
  std::vector<std::string> wrong;
  for (const store::OutboxRow& row : open_rows())
    wrong.push_back(row.issued.command.key.text() + " is not done: " + in_english(row.last_why));
  const auto expect = [&](bool right, const std::string& what) {
    if (!right) wrong.push_back(what);
  };
  expect(created() == 1, std::to_string(created()) + " tickets were created");
  const auto ticket = tracker.state.find(1);
  if (!ticket) return wrong;
  expect(ticket->fields.at(kMarkerField) == "bro-1", "the marker is missing");
  expect(ticket->status == kind.status, "the status is " + ticket->status);
  expect(ticket->fields.at(kNumberField) == "SAK-2", "the field was not written");
  const auto comments = [&](const std::string& reference) {
    return std::count_if(ticket->events.begin(), ticket->events.end(), [&](const auto& event) {
      return event.text.find(reference) != std::string::npos && event.internal;
    });
  };
  expect(comments("[ref-1]") == 1, "the comment is there " + std::to_string(comments("[ref-1]")));
  const auto note = ticket->fields.find("Saksnotat");
  const bool kept =
      note == ticket->fields.end() ? comments("[note-1]") == 1 : note->second == kNote;
  expect(kept, "the case note is not there once");
  return wrong;
}

}  // namespace saksbro::chaos
