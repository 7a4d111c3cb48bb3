#include "tests/core/two_sides.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "bridge/load/configuration.h"

namespace saksbro::core {
namespace {

const std::string kBot = "5";

Mapping load_two_sides() {
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

}  // namespace

constexpr const char* kNote = "note";

const Mapping& two_sided_mapping() {
  static const Mapping kMapping = load_two_sides();
  return kMapping;
}

TwoSides::TwoSides()
    : now_(Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23}} +
           std::chrono::hours{12}) {
  Ticket ticket;
  ticket.key = RemoteKey{"17"};
  ticket.number = "#17";
  ticket.title = "Begge sider";
  ticket.status = "new";
  ticket.author = {"7", ""};
  ticket.created = ticket.updated = ticket.read_at = now_;
  ticket.revision = 1;
  tickets_[kLeft] = ticket;
  sees(kLeft);
  // Of ours, so that our account is known there, as by the case note in real life.
  tickets_[kLeft].comments.push_back(
      {kNote, 0, {kBot, ""}, now_, Visibility::internal, "Saken er her.\n\n[SAK-2026-00001/note]"});
  settle();
  writes.clear();
}

void TwoSides::change(const SystemName& at, const std::string& who, const std::string& attribute,
                      std::string& place, const std::string& to) {
  Ticket& ticket = tickets_.at(at);
  ++entries_;
  ticket.changes.push_back(
      {"h" + std::to_string(entries_), entries_, {who, ""}, now_, attribute, place, to});
  place = to;
  ticket.updated = now_;
  ++ticket.revision;
}

void TwoSides::edits(const SystemName& at, const std::string& field, const std::string& value,
                     const std::string& who, std::chrono::milliseconds after) {
  now_ += after;
  change(at, who, field, tickets_.at(at).fields[field], value);
}

void TwoSides::sets_status(const SystemName& at, const std::string& value, const std::string& who) {
  change(at, who, kStatusAttribute, tickets_.at(at).status, value);
}

Surroundings TwoSides::around() {
  Surroundings around;
  around.cause = DeliveryId{"d" + std::to_string(++deliveries_)};
  around.kind = DeliveryKind::poll;
  around.now = now_;
  around.next_number = CaseNumber{"SAK-2026-00001"};
  return around;
}

// A newer command of the same slot replaces one that has not been sent.
const Decision& TwoSides::take(Decision decision) {
  for (const Fact& fact : decision.facts) {
    Case before = state_.value_or(Case{});
    if (!state_) before.number = CaseNumber{"SAK-2026-00001"};
    state_ = evolve(std::move(before), fact, now_);
    facts_.push_back(fact);
  }
  for (const Issued& issued : decision.commands) {
    auto& queue = queues_[issued.command.to];
    if (!issued.slot.empty())
      std::erase_if(queue, [&](const Issued& one) { return one.slot == issued.slot; });
    queue.push_back(issued);
  }
  last_ = std::move(decision);
  return last_;
}

const Decision& TwoSides::sees(const SystemName& at) {
  now_ += std::chrono::seconds{1};
  Ticket& ticket = tickets_.at(at);
  ticket.read_at = now_;
  return take(decide(two_sided_mapping(), state_, at, TicketState{ticket}, around()));
}

// As connectors do: a look comes first, and what is there already is not written.
void TwoSides::write_one(const SystemName& at, const std::string& attribute, std::string& place,
                         const std::string& to) {
  if (place == to) return;
  ++writes[at][attribute];
  change(at, kBot, attribute, place, to);
  if (after_write) after_write(at, attribute);
}

void TwoSides::carry_out(const SystemName& at, const Action& action) {
  if (const auto* create = std::get_if<CreateTicket>(&action)) {
    Ticket ticket;
    ticket.key = RemoteKey{"5"};
    ticket.number = "#5";
    ticket.title = create->title;
    ticket.status = "new";
    ticket.author = {kBot, ""};
    ticket.fields = create->fields;
    ticket.fields["Saksbro-nøkkel"] = create->marker;
    ticket.created = ticket.updated = now_;
    ticket.revision = 1;
    tickets_[at] = std::move(ticket);
  } else if (const auto* comment = std::get_if<AddComment>(&action)) {
    ++entries_;
    Ticket& ticket = tickets_.at(at);
    ticket.comments.push_back({"c" + std::to_string(entries_),
                               entries_,
                               {kBot, ""},
                               now_,
                               comment->visibility,
                               comment->text});
    ++ticket.revision;
  } else if (const auto* status = std::get_if<SetStatus>(&action)) {
    write_one(at, kStatusAttribute, tickets_.at(at).status, status->status);
  } else if (const auto* fields = std::get_if<SetFields>(&action)) {
    for (const auto& [field, value] : fields->fields)
      write_one(at, field, tickets_.at(at).fields[field], value);
  }
}

bool TwoSides::sends(const SystemName& at) {
  auto& queue = queues_[at];
  if (queue.empty() || !under_way_[at].empty()) return false;  // one at a time, as the outbox does
  now_ += std::chrono::seconds{1};
  Issued next = std::move(queue.front());
  queue.pop_front();
  carry_out(at, next.command.action);
  tickets_.at(at).read_at = now_;
  under_way_[at].push_back({std::move(next), tickets_.at(at)});
  return true;
}

bool TwoSides::answers(const SystemName& at) {
  auto& under_way = under_way_[at];
  if (under_way.empty()) return false;
  now_ += std::chrono::seconds{1};
  const OnItsWay answer = std::move(under_way.front());
  under_way.pop_front();
  take(decide(two_sided_mapping(), state_, at, TicketState{answer.snapshot}, around()));
  const CommandResult settled{answer.issued.command.key, verb(answer.issued.command.action),
                              answer.snapshot.key, true, ""};
  take(decide(two_sided_mapping(), *state_, at, settled, around()));
  return true;
}

void TwoSides::settle() {
  for (int rounds = 0; rounds < 100; ++rounds) {
    bool busy = false;
    for (const SystemName& at : {kLeft, kRight}) {
      busy = sends(at) || busy;
      busy = answers(at) || busy;
    }
    if (busy) continue;
    const int before = deliveries_;
    for (const SystemName& at : {kLeft, kRight}) {
      if (tickets_.contains(at)) sees(at);
    }
    if (deliveries_ - before == 2 && queues_[kLeft].empty() && queues_[kRight].empty()) return;
  }
  ADD_FAILURE() << "it does not come to rest";
}

const Decision& TwoSides::timer(const std::string& name) {
  return take(decide(two_sided_mapping(), *state_, TimerFired{name}, around()));
}

const Decision& TwoSides::resumed() {
  return take(decide(two_sided_mapping(), *state_, Resumed{"a person asked"}, around()));
}

int TwoSides::facts(const std::string& name) const {
  return static_cast<int>(std::count_if(facts_.begin(), facts_.end(),
                                        [&](const Fact& fact) { return name == name_of(fact); }));
}

std::vector<std::string> TwoSides::comments(const SystemName& at) {
  std::vector<std::string> all;
  for (const Comment& one : tickets_.at(at).comments) {
    if (one.id != kNote) all.push_back(one.text);
  }
  return all;
}

}  // namespace saksbro::core
