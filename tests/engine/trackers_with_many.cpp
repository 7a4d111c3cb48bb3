#include "tests/engine/trackers_with_many.h"

#include "bridge/core/model/overloaded.h"
#include "bridge/run/engine/solutions.h"
#include "bridge/store/sqlite/backup.h"

namespace saksbro::run {
namespace {

using Json = nlohmann::json;

constexpr const char* kBridge = "5";  // the bridge's own account
constexpr std::chrono::minutes kBetweenDoings{1};

Outcome delivered(const Exchange& exchange) {
  const Json json = Json::parse(std::get<Answer>(exchange.fate).body);
  if (json.is_null()) return Delivered{};
  return Delivered{RemoteKey{json.at("key").get<std::string>()}, json.dump()};
}

bool carries(const Exchange& exchange, const std::string& reference) {
  const Ticket ticket = ticket_from(Json::parse(std::get<Answer>(exchange.fate).body));
  for (const Comment& comment : ticket.comments) {
    if (comment.text.find(reference) != std::string::npos) return true;
  }
  return false;
}

bool is_down(Transcript so_far) {
  return !so_far.empty() && !std::holds_alternative<Answer>(so_far.back().fate);
}

bool found(const Exchange& exchange) {
  return !Json::parse(std::get<Answer>(exchange.fate).body).is_null();
}

}  // namespace

Abilities ManySystem::abilities() const {
  if (!has_tickets_) return {std::nullopt, std::nullopt, false};
  return {"/hooks/" + name_.text(), std::chrono::seconds{10}, true};
}

Accepted<DeliveryId> ManySystem::accept(const Arrival& arrival) const {
  return DeliveryId{arrival.path};
}

Result<std::vector<Observation>> ManySystem::normalise(const Delivery& delivery) const {
  if (delivery.body.empty()) return std::vector<Observation>{};
  return std::vector<Observation>{TicketState{ticket_from(Json::parse(delivery.body))}};
}

Call ManySystem::call(const std::string& what, const Json& body, Repeat repeat) const {
  return {"POST", "http://" + name_.text() + "/" + what, {}, body.dump(), repeat};
}

PollStep ManySystem::poll(const Cursor& cursor, Transcript so_far) const {
  if (so_far.empty()) {
    return call("changed", {{"since", cursor.since.time_since_epoch().count()}}, Repeat::harmless);
  }
  if (is_down(so_far)) return RetryLater{"it is down", {}, Scope::command};
  Page page;
  page.next = {so_far.back().at, ""};
  for (const Json& ticket : Json::parse(std::get<Answer>(so_far.back().fate).body)) {
    const std::string id = ticket.at("key").get<std::string>() + "@" + ticket.at("revision").dump();
    page.found.push_back({DeliveryId{id}, ticket.dump()});
  }
  return page;
}

Step ManySystem::perform(const Command& command, Transcript so_far) const {
  if (is_down(so_far)) return Outcome{RetryLater{"it is down", {}, Scope::command}};
  const bool first = command.attempt <= 1;
  return std::visit(
      core::Overloaded{[&](const CreateTicket& create) -> Step {
                         if (so_far.empty() && !first)
                           return call("find", {{"marker", create.marker}}, Repeat::harmless);
                         if (!so_far.empty() && found(so_far.back()))
                           return delivered(so_far.back());
                         return call("create",
                                     {{"title", create.title},
                                      {"text", create.text},
                                      {"fields", create.fields},
                                      {"marker", create.marker}},
                                     Repeat::never);
                       },
                       [&](const AddComment& comment) -> Step {
                         if (so_far.empty() && !first)
                           return call("read", {{"key", comment.ticket.text()}}, Repeat::harmless);
                         if (!so_far.empty() && carries(so_far.back(), comment.reference))
                           return delivered(so_far.back());
                         return call("comment",
                                     {{"key", comment.ticket.text()},
                                      {"comment", comment.text},
                                      {"public", comment.visibility == Visibility::everyone}},
                                     Repeat::never);
                       },
                       [&](const SetStatus& set) -> Step {
                         if (!so_far.empty()) return delivered(so_far.back());
                         return call("status", {{"key", set.ticket.text()}, {"status", set.status}},
                                     Repeat::never);
                       },
                       [&](const SetFields& set) -> Step {
                         if (!so_far.empty()) return delivered(so_far.back());
                         return call("fields", {{"key", set.ticket.text()}, {"fields", set.fields}},
                                     Repeat::never);
                       },
                       [&](const ReadTicket& read) -> Step {
                         if (!so_far.empty()) return delivered(so_far.back());
                         return call("read", {{"key", read.ticket.text()}}, Repeat::harmless);
                       },
                       [&](const auto&) -> Step { return Outcome{Delivered{}}; }},
      command.action);
}

void ManyTrackers::touch(Ticket& ticket) {
  ticket.updated = clock_.now();
  ++ticket.revision;
}

RemoteKey ManyTrackers::registers(const std::string& system, const std::string& who,
                                  const std::string& title) {
  clock_.pass(kBetweenDoings);
  Ticket ticket;
  ticket.key = RemoteKey{std::to_string(++last_key_[system])};
  ticket.title = title;
  ticket.status = system == "desk" ? "Ny" : "ny";
  ticket.author = {who, ""};
  ticket.created = clock_.now();
  touch(ticket);
  tickets[{system, ticket.key.text()}] = ticket;
  return ticket.key;
}

void ManyTrackers::comments(const std::string& system, const RemoteKey& key, const std::string& who,
                            const std::string& text) {
  clock_.pass(kBetweenDoings);
  Ticket& ticket = tickets.at({system, key.text()});
  ++entries_;
  ticket.comments.push_back({"e" + std::to_string(entries_),
                             entries_,
                             {who, ""},
                             clock_.now(),
                             Visibility::everyone,
                             text});
  touch(ticket);
}

// As trackers do: a status that is there already is no change.
void ManyTrackers::sets_status(const std::string& system, const RemoteKey& key,
                               const std::string& who, const std::string& status) {
  Ticket& ticket = tickets.at({system, key.text()});
  if (ticket.status == status) return;
  clock_.pass(kBetweenDoings);
  ++entries_;
  ticket.changes.push_back({"e" + std::to_string(entries_),
                            entries_,
                            {who, ""},
                            clock_.now(),
                            kStatusAttribute,
                            ticket.status,
                            status});
  ticket.status = status;
  touch(ticket);
}

Json ManyTrackers::changed_since(const std::string& system, Instant since) const {
  Json list = Json::array();
  for (const auto& [place, ticket] : tickets) {
    if (place.first == system && ticket.updated >= since) list.push_back(to_json(ticket));
  }
  return list;
}

Json ManyTrackers::with_marker(const std::string& system, const std::string& marker) const {
  for (const auto& [place, ticket] : tickets) {
    const auto field = ticket.fields.find(kMarkerField);
    if (place.first == system && field != ticket.fields.end() && field->second == marker)
      return to_json(ticket);
  }
  return nullptr;
}

Fate ManyTrackers::write(const std::string& system, const std::string& what, const Json& body) {
  writes.push_back(system + "/" + what);
  RemoteKey key;
  if (what == "create") {
    key = registers(system, kBridge, body.at("title"));
    Ticket& made = tickets.at({system, key.text()});
    made.text = body.at("text");
    made.fields = body.at("fields").get<std::map<std::string, std::string>>();
    made.fields[kMarkerField] = body.at("marker");
  } else {
    key = RemoteKey{body.at("key").get<std::string>()};
  }
  Ticket& ticket = tickets.at({system, key.text()});
  if (what == "comment") comments(system, key, kBridge, body.at("comment"));
  if (what == "status") sets_status(system, key, kBridge, body.at("status"));
  if (what == "fields") {
    for (const auto& [field, value] : body.at("fields").items()) {
      if (ticket.fields[field] == value.get<std::string>()) continue;
      ticket.fields[field] = value;
      touch(ticket);
    }
  }
  ticket.read_at = clock_.now();
  return Answer{200, {}, to_json(ticket).dump()};
}

Fate ManyTrackers::send(const Call& call, const std::function<void()>&) {
  const std::string rest = call.url.substr(std::string("http://").size());
  const std::string system = rest.substr(0, rest.find('/'));
  if (down.contains(system)) return NotSent{"it is down"};
  const std::string what = rest.substr(rest.find('/') + 1);
  const Json body = Json::parse(call.body);
  for (auto& [place, ticket] : tickets) ticket.read_at = clock_.now();
  if (what == "changed") {
    const Instant since{std::chrono::milliseconds{body.at("since").get<std::int64_t>()}};
    return Answer{200, {}, changed_since(system, since).dump()};
  }
  if (what == "find") return Answer{200, {}, with_marker(system, body.at("marker")).dump()};
  if (what == "read") return Answer{200, {}, to_json(tickets.at({system, body.at("key")})).dump()};
  return write(system, what, body);
}

ManyBox::ManyBox() {
  for (const std::string name : {"desk", "operator"})
    systems.emplace(name, std::make_unique<ManySystem>(SystemName{name}, true));
  systems.emplace("vakt", std::make_unique<ManySystem>(SystemName{"vakt"}, false));
  serve();
}

void ManyBox::serve() {
  store_ = need(store::open_sqlite(folder_.file("saksbro.db"), store::Use::serve, clock.now()));
  EXPECT_TRUE(store_->keep_solutions(solution_source(shipped_mapping())));
  watch_ = std::make_unique<RecoveryWatch>(
      RecoveryParts{*store_, systems, clock, metrics,
                    [this](const SystemName& name) { return pollers_.at(name)->caught_up(); }});
  EXPECT_TRUE(watch_->begin(std::chrono::hours{1}));
  engine_ = std::make_unique<Engine>(EngineParts{shipped_mapping(), systems, *store_, metrics});
  for (const auto& [name, system] : systems) {
    traffics_[name] = std::make_unique<Traffic>(
        TrafficParts{name, *store_, clock, metrics, stopping, core::Limits{}});
    Traffic& traffic = *traffics_[name];
    dispatchers_[name] = std::make_unique<Dispatcher>(
        DispatcherParts{name, *system, *store_, trackers, clock, metrics, wake, {}, traffic});
    if (system->abilities().poll) {
      pollers_[name] = std::make_unique<Poller>(
          PollerParts{name, *system, *store_, trackers, clock, metrics, wake, traffic});
    }
  }
}

void ManyBox::round() {
  for (const auto& [name, poller] : pollers_) {
    const auto polled = poller->poll_page();
    EXPECT_TRUE(polled || trackers.down.contains(name.text()));
  }
  while (need(engine_->handle_next())) {
  }
  for (const auto& [name, dispatcher] : dispatchers_) {
    while (need(dispatcher->send_next())) {
    }
  }
}

void ManyBox::settle() {
  for (int rounds = 0; rounds < 20; ++rounds) {
    clock.pass(std::chrono::seconds{10});
    round();
  }
}

void ManyBox::recover() {
  for (int rounds = 0; rounds < 50; ++rounds) {
    clock.pass(std::chrono::seconds{10});
    round();
    if (need(watch_->round()) == store::RecoveryStage::none) return;
  }
  ADD_FAILURE() << "the look does not end";
}

void ManyBox::back_up() {
  EXPECT_TRUE(store::back_up_sqlite(folder_.file("saksbro.db"), folder_.file("copy.db"),
                                    store::Overwrite::yes, clock.now()));
}

void ManyBox::end() {
  engine_.reset();
  dispatchers_.clear();
  pollers_.clear();
  traffics_.clear();
  watch_.reset();
  store_.reset();
}

void ManyBox::restart() {
  end();
  serve();
}

void ManyBox::restore() {
  end();
  (void)need(
      store::restore_sqlite(folder_.file("copy.db"), folder_.file("saksbro.db"), clock.now()));
  trackers.writes.clear();
  serve();
}

store::RecoveryStage ManyBox::stage() { return need(reader()->recovery()).stage; }

std::vector<store::OutboxRow> ManyBox::outbox() {
  return need(reader()->outbox().list(std::nullopt, true));
}

RemoteKey ManyBox::operator_ticket_of(const RemoteKey& desk_ticket) {
  for (const core::Case& one : need(reader()->cases().list())) {
    if (one.tickets.at(SystemName{"desk"}).key == desk_ticket)
      return one.tickets.at(SystemName{"operator"}).key;
  }
  ADD_FAILURE() << "no case of " << desk_ticket.text();
  return {};
}

}  // namespace saksbro::run
