// Request Tracker 5 (REST2) as connectors/rt meets it, with its traps: 200 and a sentence whether
// it obeys or not, the ETag is the last transaction, a search compares without regard to case.
#include <algorithm>
#include <set>

#include "bridge/codec/digest.h"
#include "bridge/codec/json.h"
#include "bridge/codec/rfc3339.h"
#include "tests/fakes/dialect.h"

namespace saksbro::fakes {
namespace {

using codec::Json;

std::string stamp(Instant at) { return codec::write_rfc3339_seconds(at); }

Answer json(int status, const Json& body) {
  return {status, {{"Content-Type", "application/json; charset=utf-8"}}, codec::write_json(body)};
}

int number(const std::string& text) { return std::atoi(text.c_str()); }

std::string lower(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

// What stands between quotes behind `words` in a query, "" when it has no such words.
std::string quoted(const std::string& query, const std::string& words) {
  const auto at = query.find(words + "'");
  if (at == std::string::npos) return "";
  std::string text;
  for (auto i = at + words.size() + 1; i < query.size() && query[i] != '\''; ++i) {
    if (query[i] == '\\') ++i;
    text += query[i];
  }
  return text;
}

// "2026-11-23 09:00:00" as a stamp.
std::string time_in(const std::string& query, const std::string& words) {
  std::string time = quoted(query, words);
  if (time.empty()) return "";
  time.at(10) = 'T';
  return time + "Z";
}

const char* type_of(const Event& event) {
  if (event.create) return "Create";
  if (!event.text.empty()) return event.internal ? "Comment" : "Correspond";
  if (event.details.empty()) return "Set";
  return event.details.front().attribute == "status" ? "Status" : "CustomField";
}

// "=?UTF-8?B?bG9nZw==?="
std::string decoded_word(const std::string& word) {
  const std::string begin = "=?UTF-8?B?";
  if (!word.starts_with(begin)) return word;
  return codec::from_base64(word.substr(begin.size(), word.size() - begin.size() - 2)).value_or("");
}

std::string content(std::string base64) {
  std::erase(base64, '\n');
  return codec::from_base64(base64).value_or("");
}

class RtDialect final : public Dialect {
 public:
  RtDialect(Tracker& tracker, std::string secret) : tracker_(tracker), secret_(std::move(secret)) {}

  Answer answer(const Request& request) override {
    const auto token = request.headers.find("authorization");
    if (token == request.headers.end() || token->second != "token " + tracker_.settings().key)
      return json(401, {{"message", "Unauthorized"}});
    const std::string root = "/REST/2.0";
    if (!request.path.starts_with(root)) return {404, {}, "<html>Not found</html>"};
    const std::string path = request.path.substr(root.size());
    const bool get = request.method == "GET";
    if (path == "/tickets") return search(request);
    if (path == "/ticket") return create(request);
    if (path == "/attachments") return attachments(request);
    if (path.starts_with("/attachment/")) return attachment(number(path.substr(12)));
    if (path == "/queues") return queues();
    if (!path.starts_with("/ticket/")) return json(404, {{"message", "Not Found"}});
    const int id = number(path.substr(std::string("/ticket/").size()));
    if (path.ends_with("/history")) return history(request, id);
    if (path.ends_with("/comment")) return comment(request, id, true);
    if (path.ends_with("/correspond")) return comment(request, id, false);
    return get ? show(id) : update(request, id);
  }

  std::optional<Hook> hook(const Ticket& ticket, const std::vector<Event>& events) override {
    if (secret_.empty()) return std::nullopt;
    Json changes = Json::array();
    for (const Event& event : events)
      changes.push_back({{"id", event.id}, {"type", type_of(event)}, {"creator", event.author}});
    const Json body = {
        {"event", events.front().create ? "ticket.created" : "ticket.updated"},
        {"ticket",
         {{"id", ticket.id}, {"queue", ticket.place}, {"last_updated", stamp(ticket.updated)}}},
        {"changes", changes}};
    const std::string text = codec::write_json(body);
    const std::string signature =
        "sha256=" + codec::to_hex(codec::hmac_sha256(Secret(secret_), text));
    return Hook{{{"content-type", "application/json"}, {"x-saksbro-signature", signature}}, text};
  }

 private:
  Json person(const std::string& login) const {
    const auto& people = tracker_.settings().people;
    const auto found = people.find(login);
    return {{"id", login}, {"RealName", found == people.end() ? "" : found->second}};
  }

  [[nodiscard]] int field_id(const std::string& name) const {
    const auto& all = tracker_.settings().fields;
    return static_cast<int>(std::find(all.begin(), all.end(), name) - all.begin()) + 1;
  }

  Json record(const Ticket& ticket) const {
    Json fields = Json::array();
    for (const auto& [name, value] : ticket.fields) {
      Json values = Json::array();
      if (!value.empty()) values.push_back(value);
      fields.push_back(
          {{"id", std::to_string(field_id(name))}, {"name", name}, {"values", values}});
    }
    return {{"id", ticket.id},
            {"type", "ticket"},
            {"Status", ticket.status},
            {"Subject", ticket.title},
            {"Queue", {{"id", "1"}, {"type", "queue"}, {"Name", ticket.place}}},
            {"Creator", person(ticket.author)},
            {"Owner", {{"id", "Nobody"}, {"type", "user"}}},
            {"Priority", "0"},
            {"Requestor", Json::array()},
            {"CustomFields", fields},
            {"Created", stamp(ticket.created)},
            {"LastUpdated", stamp(ticket.updated)}};
  }

  Answer show(int id) const {
    const auto ticket = tracker_.find(id);
    if (!ticket) return json(404, {{"message", "Unable to load ticket"}});
    Answer answer = json(200, record(*ticket));
    answer.headers["ETag"] = "\"" + std::to_string(ticket->events.back().id) + "\"";
    return answer;
  }

  static Answer page_of(const Request& request, const std::vector<Json>& all) {
    const auto given = [&](const char* name, std::size_t otherwise) {
      const auto found = request.query.find(name);
      return found == request.query.end() ? otherwise : std::stoul(found->second);
    };
    const std::size_t per_page = std::min<std::size_t>(given("per_page", 20), 100);
    const std::size_t first = (given("page", 1) - 1) * per_page;
    Json items = Json::array();
    for (std::size_t i = first; i < std::min(all.size(), first + per_page); ++i)
      items.push_back(all[i]);
    return json(200, {{"items", items},
                      {"count", items.size()},
                      {"total", all.size()},
                      {"page", given("page", 1)},
                      {"per_page", per_page}});
  }

  // Without regard to case, as RT's databases compare.
  std::vector<Ticket> found_by(const std::string& query) const {
    const std::string& field = tracker_.settings().marker_field;
    const std::string marker = quoted(query, "CF.{" + field + "} = ");
    std::vector<Ticket> found;
    if (!marker.empty()) return tracker_.with_marker(marker);
    const std::string queue = lower(quoted(query, "Queue = "));
    const std::string since = time_in(query, "LastUpdated >= ");
    const std::string after = time_in(query, "LastUpdated > ");
    const auto id_at = query.find("AND id > ");
    const int id = id_at == std::string::npos ? 0 : number(query.substr(id_at + 9));
    for (const Ticket& ticket : tracker_.all()) {
      const std::string updated = stamp(ticket.updated);
      const bool fits = after.empty() ? updated >= since
                                      : updated > after || (updated >= since && ticket.id > id);
      if (lower(ticket.place) == queue && fits) found.push_back(ticket);
    }
    std::stable_sort(found.begin(), found.end(), [](const Ticket& one, const Ticket& other) {
      return stamp(one.updated) < stamp(other.updated);
    });
    return found;
  }

  Answer search(const Request& request) const {
    const auto query = request.query.find("query");
    if (query == request.query.end()) return json(400, {{"message", "no query"}});
    std::vector<Json> rows;
    for (const Ticket& ticket : found_by(query->second)) {
      Json row = record(ticket);
      row["id"] = std::to_string(ticket.id);  // in lists ids are texts
      rows.push_back(std::move(row));
    }
    return page_of(request, rows);
  }

  Answer history(const Request& request, int id) const {
    const auto ticket = tracker_.find(id);
    if (!ticket) return json(404, {{"message", "Unable to load ticket"}});
    std::vector<Json> rows;
    for (const Event& event : ticket->events) {
      Json row = {{"id", std::to_string(event.id)},  {"type", "transaction"},
                  {"Type", type_of(event)},          {"ObjectId", std::to_string(id)},
                  {"Creator", person(event.author)}, {"Created", stamp(event.at)}};
      if (!event.details.empty()) {
        const Detail& detail = event.details.front();
        const bool status = detail.attribute == "status";
        row["Field"] = status ? "Status" : std::to_string(field_id(detail.attribute));
        row["OldValue"] = detail.from;
        row["NewValue"] = detail.to;
      }
      rows.push_back(std::move(row));
    }
    return page_of(request, rows);
  }

  // A text alone is one attachment. With files it is a part of one that has no content, as they
  // are.
  static constexpr int kParts = 100;  // of an event at most

  static Json part(const Event& event, int place, const std::string& type) {
    return {{"id", std::to_string(event.id * kParts + place)},
            {"type", "attachment"},
            {"TransactionId", std::to_string(event.id)},
            {"ContentType", type},
            {"Headers", "Content-Type: " + type}};
  }

  static std::vector<Json> parts_of(const Event& event) {
    std::vector<Json> parts;
    const std::string parent = std::to_string(event.id * kParts);
    if (!event.files.empty()) parts.push_back(part(event, 0, "multipart/mixed"));
    if (!event.text.empty()) {
      Json text = part(event, 1, "text/plain");
      text["Headers"] = "Content-Type: text/plain; charset=\"utf-8\"";
      text["Content"] = event.text;
      if (!event.files.empty()) text["Parent"] = {{"id", parent}};
      parts.push_back(std::move(text));
    }
    int place = 2;
    for (const File& file : event.files) {
      Json one = part(event, place++, file.type);
      one["Parent"] = {{"id", parent}};
      one["Filename"] = file.name;
      one["Headers"] = "Content-Type: " + file.type +
                       "\nContent-Length: " + std::to_string(file.bytes.size()) + "\n";
      parts.push_back(std::move(one));
    }
    return parts;
  }

  // One condition of a query; a null when there is none about that field.
  static Json condition(const Json& query, const std::string& field) {
    for (const Json& one : query) {
      if (codec::text_or(one, "field", "") == field) return one;
    }
    return nullptr;
  }

  static bool is_asked_for(const Json& query, const Json& one) {
    const Json parent = condition(query, "Parent");
    const bool within = codec::text_or(parent, "operator", "=") == ">";
    if (!parent.is_null() && one.contains("Parent") != within) return false;
    return condition(query, "Filename").is_null() || !one.contains("Filename");
  }

  Answer attachments(const Request& request) const {
    const auto query = request.query.find("query");
    const auto asked = query == request.query.end()
                           ? tl::make_unexpected(Error{"request", "no query"})
                           : codec::parse_json(query->second, "query");
    if (!asked || !asked->is_array()) return json(400, {{"message", "no query"}});
    std::set<int> ids;
    const Json by_event = condition(*asked, "TransactionId");
    for (const Json& id : codec::at_path(by_event, "value")) {
      if (id.is_number_integer()) ids.insert(id.get<int>());
    }
    const int wanted = number(codec::text_or(condition(*asked, "id"), "value", "0"));
    if (wanted > 0) ids.insert(wanted / kParts);
    std::vector<Json> rows;
    for (const int id : ids) {
      const auto event = tracker_.event(id);
      if (!event) continue;
      for (Json& one : parts_of(*event)) {
        const bool named = wanted == 0 || codec::text_or(one, "id", "") == std::to_string(wanted);
        if (named && is_asked_for(*asked, one)) rows.push_back(std::move(one));
      }
    }
    return page_of(request, rows);
  }

  [[nodiscard]] Answer attachment(int id) const {
    const auto event = tracker_.event(id / kParts);
    const auto place = static_cast<std::size_t>(id % kParts);
    if (!event || place < 2 || place - 2 >= event->files.size())
      return json(500, {{"message", "Internal Server Error"}});
    return json(200, {{"id", std::to_string(id)},
                      {"Content", codec::to_base64(event->files[place - 2].bytes)}});
  }

  [[nodiscard]] Answer queues() const {
    Json items = Json::array();
    for (const std::string& place : tracker_.settings().places)
      items.push_back({{"id", std::to_string(items.size() + 1)}, {"Name", place}});
    return json(200, {{"items", items}, {"count", items.size()}});
  }

  static Fields fields_in(const Json& body) {
    Fields fields;
    const Json& given = codec::at_path(body, "CustomFields");
    if (!given.is_object()) return fields;
    for (const auto& [name, value] : given.items()) {
      fields[name] = value.is_string() ? value.get<std::string>() : "";
    }
    return fields;
  }

  Answer create(const Request& request) {
    const auto body = codec::parse_json(request.body, "request");
    if (!body) return json(400, {{"message", "JSON Unreadable"}});
    const int id = tracker_.open(tracker_.settings().bridge, codec::text_or(*body, "Queue", ""),
                                 codec::text_or(*body, "Subject", ""),
                                 codec::text_or(*body, "Content", ""), fields_in(*body));
    return json(201, {{"id", id}, {"type", "ticket"}});
  }

  // 200 and sentences, also for what the lifecycle forbids.
  Answer update(const Request& request, int id) {
    const auto body = codec::parse_json(request.body, "request");
    if (!body) return json(400, {{"message", "JSON Unreadable"}});
    const Change change{.status = codec::text_at(*body, "Status"), .fields = fields_in(*body)};
    std::optional<int> if_last;
    if (const auto match = request.headers.find("if-match"); match != request.headers.end())
      if_last = number(match->second.substr(1));
    const auto changed = tracker_.change(tracker_.settings().bridge, id, change, if_last);
    if (changed == Changed::no_such_ticket) return json(404, {{"message", "Not Found"}});
    if (changed == Changed::conflict) return json(412, {{"message", "Precondition Failed"}});
    const auto ticket = tracker_.find(id);
    Json said = Json::array();
    if (change.status && ticket && ticket->status != *change.status) {
      said.push_back("Ticket " + std::to_string(id) + ": You can't change status from '" +
                     ticket->status + "' to '" + *change.status + "'.");
    }
    return json(200, said);
  }

  Answer comment(const Request& request, int id, bool internal) {
    const auto body = codec::parse_json(request.body, "request");
    if (!body) return json(400, {{"message", "JSON Unreadable"}});
    Change change{.text = codec::text_or(*body, "Content", ""), .internal = internal};
    for (const Json& one : codec::at_path(*body, "Attachments"))
      change.files.push_back({.name = decoded_word(codec::text_or(one, "FileName", "")),
                              .type = codec::text_or(one, "FileType", ""),
                              .bytes = content(codec::text_or(one, "FileContent", ""))});
    const auto changed = tracker_.change(tracker_.settings().bridge, id, change);
    if (changed != Changed::yes) return json(400, {{"message", "Permission Denied"}});
    return json(201, Json::array({internal ? "Comments added" : "Correspondence added"}));
  }

  Tracker& tracker_;
  const std::string secret_;  // empty: no scrip is installed
};

class AlertDialect final : public Dialect {
 public:
  explicit AlertDialect(Tracker& tracker) : tracker_(tracker) {}

  Answer answer(const Request& request) override {
    const auto key = request.headers.find("idempotency-key");
    tracker_.open(
        "saksbro", "", "alert", request.body,
        {{tracker_.settings().marker_field, key == request.headers.end() ? "" : key->second}});
    return json(200, Json::object());
  }

  std::optional<Hook> hook(const Ticket&, const std::vector<Event>&) override { return {}; }

 private:
  Tracker& tracker_;
};

}  // namespace

std::unique_ptr<Dialect> speak_rt(Tracker& tracker, std::string webhook_secret) {
  return std::make_unique<RtDialect>(tracker, std::move(webhook_secret));
}

std::unique_ptr<Dialect> speak_alert(Tracker& tracker) {
  return std::make_unique<AlertDialect>(tracker);
}

}  // namespace saksbro::fakes
