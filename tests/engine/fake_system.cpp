#include "tests/engine/fake_system.h"

#include <csignal>
#include <stdexcept>

namespace saksbro::run {
namespace {

using Json = nlohmann::json;

constexpr std::chrono::minutes kBetweenDoings{1};

std::int64_t number_of(Instant at) { return at.time_since_epoch().count(); }
Instant instant_of(const Json& json) {
  return Instant{std::chrono::milliseconds{json.get<std::int64_t>()}};
}

Json comment_json(const Comment& one) {
  return {{"id", one.id},         {"order", one.order},
          {"who", one.author.id}, {"at", number_of(one.at)},
          {"text", one.text},     {"public", one.visibility == Visibility::everyone}};
}

Json change_json(const Change& one) {
  return {{"id", one.id},          {"order", one.order},
          {"who", one.author.id},  {"at", number_of(one.at)},
          {"what", one.attribute}, {"from", one.from},
          {"to", one.to}};
}

Json file_json(const Attachment& one) {
  return {{"id", one.id},
          {"name", one.name},
          {"size", one.size},
          {"entry", one.entry},
          {"at", number_of(one.at)},
          {"public", one.visibility == Visibility::everyone}};
}

Attachment file_from(const Json& json) {
  Attachment file;
  file.id = json.at("id");
  file.name = json.at("name");
  file.size = json.at("size");
  file.place = "/files/" + file.id;
  file.entry = json.at("entry");
  file.at = instant_of(json.at("at"));
  file.visibility = json.at("public").get<bool>() ? Visibility::everyone : Visibility::internal;
  return file;
}

Json files_of(const AddComment& comment) {
  Json files = Json::array();
  for (const OutgoingFile& one : comment.files)
    files.push_back({{"name", one.name}, {"size", one.blob.size}});
  return files;
}

// The bytes of a fetched file are what it is called; they lie in no spool.
Outcome fetched(const FetchFile& fetch, Outcome outcome) {
  if (auto* done = std::get_if<Delivered>(&outcome)) {
    done->snapshot.clear();
    done->file = BlobRef{"of " + fetch.name, fetch.size};
  }
  return outcome;
}

Json body_of(const Action& action) {
  if (const auto* create = std::get_if<CreateTicket>(&action))
    return {{"title", create->title},
            {"text", create->text},
            {"fields", create->fields},
            {"marker", create->marker}};
  if (const auto* status = std::get_if<SetStatus>(&action)) return {{"status", status->status}};
  if (const auto* fields = std::get_if<SetFields>(&action)) return {{"fields", fields->fields}};
  if (const auto* comment = std::get_if<AddComment>(&action))
    return {{"comment", comment->text},
            {"public", comment->visibility == Visibility::everyone},
            {"files", files_of(*comment)}};
  return Json::object();
}

Outcome outcome_of(const Exchange& exchange) {
  if (std::holds_alternative<NotSent>(exchange.fate))
    return RetryLater{"no connection", {}, Scope::command};
  if (std::holds_alternative<InDoubt>(exchange.fate))
    return RetryLater{"no answer", {}, Scope::command};
  const auto& answer = std::get<Answer>(exchange.fate);
  if (answer.status == 401) return RetryLater{"the credentials have expired", {}, Scope::system};
  if (answer.status == 429)
    return RetryLater{"asked to wait", exchange.at + std::chrono::hours{1}, Scope::command};
  if (answer.status >= 500)
    return RetryLater{Phrase("answered {code}", {{"code", std::to_string(answer.status)}})};
  if (answer.status >= 400) return Rejected{"the workflow forbids it"};
  if (answer.body.empty()) return Delivered{};
  const Json json = Json::parse(answer.body, nullptr, false);
  if (json.is_discarded()) return RetryLater{"answered by a page for people", {}, Scope::command};
  return Delivered{RemoteKey{json.at(json.contains("gone") ? "gone" : "key").get<std::string>()},
                   answer.body};
}

// How a create that may be there already goes on; none: nobody carries the marker.
std::optional<Step> adopt(const Exchange& search) {
  const auto* answer = std::get_if<Answer>(&search.fate);
  if (answer == nullptr || answer->status != 200) return outcome_of(search);
  const Json hits = Json::parse(answer->body);
  if (hits.empty()) return std::nullopt;
  if (hits.size() > 1) return Outcome{Rejected{"several tickets carry the marker: #5, #6"}};
  return Outcome{Delivered{RemoteKey{hits[0].at("key").get<std::string>()}, hits[0].dump()}};
}

}  // namespace

Json to_json(const Ticket& ticket) {
  Json comments = Json::array();
  for (const Comment& one : ticket.comments) comments.push_back(comment_json(one));
  Json changes = Json::array();
  for (const Change& one : ticket.changes) changes.push_back(change_json(one));
  Json files = Json::array();
  for (const Attachment& one : ticket.attachments) files.push_back(file_json(one));
  return {{"key", ticket.key.text()},
          {"title", ticket.title},
          {"text", ticket.text},
          {"status", ticket.status},
          {"author", ticket.author.id},
          {"fields", ticket.fields},
          {"comments", comments},
          {"changes", changes},
          {"files", files},
          {"created", number_of(ticket.created)},
          {"updated", number_of(ticket.updated)},
          {"read_at", number_of(ticket.read_at)},
          {"revision", ticket.revision}};
}

Ticket ticket_from(const Json& json) {
  Ticket ticket;
  ticket.key = RemoteKey{json.at("key").get<std::string>()};
  ticket.number = "#" + ticket.key.text();
  ticket.url = "http://tracker/" + ticket.key.text();
  ticket.title = json.at("title");
  ticket.text = json.at("text");
  ticket.status = json.at("status");
  ticket.author = {json.at("author"), ""};
  ticket.fields = json.at("fields").get<std::map<std::string, std::string>>();
  for (const Json& one : json.at("comments")) {
    ticket.comments.push_back(
        {one.at("id"),
         one.at("order"),
         {one.at("who"), ""},
         instant_of(one.at("at")),
         one.at("public").get<bool>() ? Visibility::everyone : Visibility::internal,
         one.at("text")});
  }
  for (const Json& one : json.at("changes")) {
    ticket.changes.push_back({one.at("id"),
                              one.at("order"),
                              {one.at("who"), ""},
                              instant_of(one.at("at")),
                              one.at("what"),
                              one.at("from"),
                              one.at("to")});
  }
  for (const Json& one : json.value("files", Json::array()))
    ticket.attachments.push_back(file_from(one));
  ticket.created = instant_of(json.at("created"));
  ticket.updated = instant_of(json.at("updated"));
  ticket.read_at = instant_of(json.at("read_at"));
  ticket.revision = json.at("revision");
  return ticket;
}

Abilities FakeSystem::abilities() const {
  Abilities abilities{"/hooks/" + name_.text(), std::chrono::seconds{10}, true};
  abilities.hourly_per_author = hourly_per_author;
  return abilities;
}

Accepted<DeliveryId> FakeSystem::accept(const Arrival& arrival) const {
  if (arrival.body == "crash") throw std::runtime_error("a fault of ours");
  const auto token = arrival.headers.find("x-token");
  if (token == arrival.headers.end() || token->second != "good")
    return fail(name_.text(), "the token is wrong");
  return DeliveryId{arrival.headers.at("x-id")};
}

Result<std::vector<Observation>> FakeSystem::normalise(const Delivery& delivery) const {
  if (while_normalising) while_normalising();
  if (delivery.body == "crash") throw std::runtime_error("a fault of ours");
  if (delivery.body == "deadly") (void)std::raise(SIGKILL);
  if (delivery.body.starts_with("hint:"))
    return std::vector<Observation>{TicketHint{RemoteKey{delivery.body.substr(5)}, std::nullopt}};
  const Json json = Json::parse(delivery.body, nullptr, false);
  if (json.is_discarded()) return fail(name_.text(), "this is no JSON");
  if (json.contains("gone"))
    return std::vector<Observation>{
        TicketGone{RemoteKey{json.at("gone").get<std::string>()}, "deleted"}};
  return std::vector<Observation>{TicketState{ticket_from(json)}};
}

PollStep FakeSystem::poll(const Cursor& cursor, Transcript so_far) const {
  if (poll_throws) throw std::runtime_error("a fault of ours");
  if (poll_is_deadly) (void)std::raise(SIGKILL);
  if (so_far.empty())
    return Call{"GET", "http://" + name_.text() + "/changed", {}, "", Repeat::harmless};
  const auto* answer = std::get_if<Answer>(&so_far.back().fate);
  if (answer != nullptr && (answer->status == 401 || answer->status == 429))
    return std::get<RetryLater>(outcome_of(so_far.back()));
  if (answer == nullptr || answer->status != 200)
    return RetryLater{"no page came", {}, Scope::command};
  const Json json = Json::parse(answer->body, nullptr, false);
  if (json.is_discarded()) return RetryLater{"no page came", {}, Scope::command};
  Page page;
  page.next = {so_far.back().at, cursor.position};
  if (!json.is_null()) {
    const std::string id = json.at("key").get<std::string>() + "@" + json.at("revision").dump();
    page.found.push_back({DeliveryId{id}, answer->body});
  }
  return page;
}

Step FakeSystem::perform(const Command& command, Transcript so_far) const {
  const auto* create = std::get_if<CreateTicket>(&command.action);
  if (create != nullptr && create->title == kCrashingTitle)
    throw std::runtime_error("a fault of ours");
  if (create != nullptr && create->title == kDeadlyTitle) (void)std::raise(SIGKILL);
  if (create != nullptr && command.attempt > 1) {
    if (so_far.empty())
      return Call{
          "GET", "http://" + name_.text() + "/find?" + create->marker, {}, "", Repeat::harmless};
    if (so_far.size() == 1) {
      if (auto found = adopt(so_far[0])) return *std::move(found);
      so_far = {};
    }
  }
  const auto* fetch = std::get_if<FetchFile>(&command.action);
  if (!so_far.empty() && fetch != nullptr) return fetched(*fetch, outcome_of(so_far.back()));
  if (!so_far.empty()) return outcome_of(so_far.back());
  const bool looks = fetch != nullptr || std::holds_alternative<ReadTicket>(command.action);
  return Call{"POST",
              "http://" + name_.text() + "/" + verb(command.action),
              {},
              body_of(command.action).dump(),
              looks ? Repeat::harmless : Repeat::never};
}

void FakeTrackers::touch(Ticket& ticket) {
  ticket.updated = clock_.now();
  ++ticket.revision;
}

Ticket& FakeTrackers::registers(const std::string& system, const std::string& who,
                                const std::string& title) {
  clock_.pass(kBetweenDoings);
  Ticket ticket;
  ticket.key = RemoteKey{system == "desk" ? "17" : "5"};
  ticket.title = title;
  ticket.status = system == "desk" ? "Ny" : "ny";
  ticket.author = {who, ""};
  ticket.created = clock_.now();
  touch(ticket);
  return tickets_[system] = ticket;
}

void FakeTrackers::comments(const std::string& system, const std::string& who,
                            const std::string& text) {
  clock_.pass(kBetweenDoings);
  Ticket& ticket = tickets_.at(system);
  ticket.comments.push_back(
      {next_entry(), entries_, {who, ""}, clock_.now(), Visibility::everyone, text});
  touch(ticket);
}

void FakeTrackers::sets_status(const std::string& system, const std::string& who,
                               const std::string& status) {
  clock_.pass(kBetweenDoings);
  Ticket& ticket = tickets_.at(system);
  ticket.changes.push_back(
      {next_entry(), entries_, {who, ""}, clock_.now(), kStatusAttribute, ticket.status, status});
  ticket.status = status;
  touch(ticket);
}

void FakeTrackers::sets_field(const std::string& system, const std::string& who,
                              const std::string& field, const std::string& value) {
  clock_.pass(kBetweenDoings);
  Ticket& ticket = tickets_.at(system);
  std::string& place = ticket.fields[field];
  ticket.changes.push_back({next_entry(), entries_, {who, ""}, clock_.now(), field, place, value});
  place = value;
  touch(ticket);
}

void FakeTrackers::attaches(const std::string& system, const std::string& name, std::uint64_t size,
                            const std::string& entry) {
  Attachment file;
  file.id = next_entry();
  file.name = name;
  file.size = size;
  file.entry = entry;
  file.at = clock_.now();
  tickets_.at(system).attachments.push_back(std::move(file));
  touch(tickets_.at(system));
}

Fate FakeTrackers::change(const std::string& system, const Json& body) {
  if (body.contains("title")) {
    Ticket& ticket = registers(system, "5", body.at("title"));
    ticket.text = body.at("text");
    ticket.fields = body.at("fields").get<std::map<std::string, std::string>>();
    ticket.fields[kMarkerField] = body.at("marker");
  }
  if (!has(system)) return Answer{404, {}, ""};
  if (body.contains("status")) sets_status(system, "5", body.at("status"));
  if (body.contains("comment")) comments(system, "5", body.at("comment"));
  for (const Json& one : body.value("files", Json::array()))
    attaches(system, one.at("name"), one.at("size"), tickets_.at(system).comments.back().id);
  Ticket& ticket = tickets_.at(system);
  if (body.contains("fields") && !body.contains("title")) {
    for (const auto& [field, value] : body.at("fields").items()) ticket.fields[field] = value;
    touch(ticket);
  }
  ticket.read_at = clock_.now();
  return Answer{200, {}, to_json(ticket).dump()};
}

Json FakeTrackers::marked(const std::string& system, const std::string& marker) {
  Json hits = Json::array();
  if (has(system) && ticket(system).fields[kMarkerField] == marker) {
    ticket(system).read_at = clock_.now();
    hits.push_back(to_json(ticket(system)));
  }
  return hits;
}

Fate FakeTrackers::send(const Call& call, const std::function<void()>& alive) {
  calls.push_back(call);
  for (std::chrono::seconds passed{0}; passed < takes; ++passed) {
    clock_.pass(std::chrono::seconds{1});
    if (alive) alive();
    if (each_second) each_second();
  }
  if (const auto asked = trouble) {  // a copy: it may end itself
    if (auto fate = asked(call)) return *fate;
  }
  const std::string rest = call.url.substr(std::string("http://").size());
  const std::string system = rest.substr(0, rest.find('/'));
  if (rest.ends_with("/alert")) return Answer{200, {}, ""};
  if (rest.ends_with("/changed")) {
    if (!has(system)) return Answer{200, {}, "null"};
    ticket(system).read_at = clock_.now();
    return Answer{200, {}, to_json(ticket(system)).dump()};
  }
  if (const auto find = rest.find("/find?"); find != std::string::npos)
    return Answer{200, {}, marked(system, rest.substr(find + 6)).dump()};
  return change(system, Json::parse(call.body));
}

}  // namespace saksbro::run
