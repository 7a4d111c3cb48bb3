// Redmine as connectors/redmine meets it, with the traps that were measured on 5.0.4: 204 whatever
// became of the write, filters that are not known are ignored, LF becomes CR LF.
#include <algorithm>

#include "bridge/codec/json.h"
#include "bridge/codec/rfc3339.h"
#include "tests/fakes/dialect.h"

namespace saksbro::fakes {
namespace {

using codec::Json;

constexpr std::size_t kPageMost = 100;

std::string stamp(Instant at) { return codec::write_rfc3339_seconds(at); }

std::string crlf(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '\r') continue;
    if (c == '\n') result += '\r';
    result += c;
  }
  return result;
}

Answer json(int status, const Json& body) {
  return {status, {{"Content-Type", "application/json; charset=utf-8"}}, codec::write_json(body)};
}

int number(const std::string& text) { return std::atoi(text.c_str()); }

// "/issues/7.json" -> 7
int id_in(const std::string& path) { return number(path.substr(path.rfind('/') + 1)); }

class RedmineDialect final : public Dialect {
 public:
  RedmineDialect(Tracker& tracker, std::map<std::string, int> field_ids)
      : tracker_(tracker), field_ids_(std::move(field_ids)) {}

  Answer answer(const Request& request) override {
    const auto key = request.headers.find("x-redmine-api-key");
    if (key == request.headers.end() || key->second != tracker_.settings().key)
      return {401, {}, ""};
    const std::string& path = request.path;
    const bool get = request.method == "GET";
    if (path == "/issues.json") return get ? list(request) : create(request);
    if (path.starts_with("/issues/")) return get ? show(request) : update(request);
    if (path.starts_with("/journals/")) return edit(request);
    if (path == "/uploads.json") return upload(request);
    if (path.starts_with("/attachments/download/")) return download(id_in(path));
    if (path == "/issue_statuses.json") return json(200, {{"issue_statuses", statuses()}});
    if (path == "/trackers.json") return json(200, {{"trackers", {{{"id", 1}, {"name", "Sak"}}}}});
    if (path == "/enumerations/issue_priorities.json")
      return json(200, {{"issue_priorities", {{{"id", 2}, {"name", "Normal"}}}}});
    if (path == "/users/current.json")
      return json(200, {{"user", {{"id", number(tracker_.settings().bridge)}}}});
    if (path.ends_with("/versions.json")) return json(200, {{"versions", Json::array()}});
    return {404, {}, ""};
  }

  std::optional<Hook> hook(const Ticket&, const std::vector<Event>&) override { return {}; }

 private:
  Json person(const std::string& id) const {
    const auto& people = tracker_.settings().people;
    const auto found = people.find(id);
    return {{"id", number(id)}, {"name", found == people.end() ? "Ukjent" : found->second}};
  }

  [[nodiscard]] int status_id(const std::string& status) const {
    const auto all = tracker_.statuses();
    return static_cast<int>(std::find(all.begin(), all.end(), status) - all.begin()) + 1;
  }

  [[nodiscard]] Json named(const std::string& status) const {
    return {{"id", status_id(status)}, {"name", status}};
  }

  [[nodiscard]] Json statuses() const {
    Json list = Json::array();
    for (const std::string& status : tracker_.statuses()) list.push_back(named(status));
    return list;
  }

  Json row(const Ticket& ticket) const {
    Json fields = Json::array();
    for (const auto& [name, id] : field_ids_) {
      const auto value = ticket.fields.find(name);
      if (value != ticket.fields.end())
        fields.push_back({{"id", id}, {"name", name}, {"value", value->second}});
    }
    return {{"id", ticket.id},
            {"project", {{"id", 1}, {"name", ticket.place}}},
            {"tracker", {{"id", 1}, {"name", "Sak"}}},
            {"status", named(ticket.status)},
            {"priority", {{"id", 2}, {"name", "Normal"}}},
            {"author", person(ticket.author)},
            {"subject", ticket.title},
            {"description", crlf(ticket.text)},
            {"custom_fields", fields},
            {"created_on", stamp(ticket.created)},
            {"updated_on", stamp(ticket.updated)}};
  }

  Json details(const Event& event) const {
    Json list = Json::array();
    for (const Detail& detail : event.details) {
      const bool status = detail.attribute == "status";
      const auto id = field_ids_.find(detail.attribute);
      const int field = id == field_ids_.end() ? 0 : id->second;
      list.push_back({{"property", status ? "attr" : "cf"},
                      {"name", status ? "status_id" : std::to_string(field)},
                      {"old_value", status ? std::to_string(status_id(detail.from)) : detail.from},
                      {"new_value", status ? std::to_string(status_id(detail.to)) : detail.to}});
    }
    for (const File& file : event.files)
      list.push_back({{"property", "attachment"},
                      {"name", std::to_string(file.id)},
                      {"old_value", nullptr},
                      {"new_value", file.name}});
    return list;
  }

  Json attachments(const Ticket& ticket) const {
    Json list = Json::array();
    for (const Event& event : ticket.events) {
      for (const File& file : event.files)
        list.push_back({{"id", file.id},
                        {"filename", file.name},
                        {"filesize", file.bytes.size()},
                        {"content_type", file.type},
                        {"author", person(event.author)},
                        {"created_on", stamp(event.at)}});
    }
    return list;
  }

  Json journals(const Ticket& ticket) const {
    Json list = Json::array();
    for (const Event& event : ticket.events) {
      if (event.create) continue;
      list.push_back({{"id", event.id},
                      {"user", person(event.author)},
                      {"notes", crlf(event.text)},
                      {"created_on", stamp(event.at)},
                      {"private_notes", event.internal && !event.text.empty()},
                      {"details", details(event)}});
    }
    return list;
  }

  Answer show(const Request& request) const {
    const auto ticket = tracker_.find(id_in(request.path));
    if (!ticket) return {404, {}, ""};
    Json issue = row(*ticket);
    const auto include = request.query.find("include");
    const std::string wanted = include == request.query.end() ? "" : include->second;
    if (wanted.find("journals") != std::string::npos) issue["journals"] = journals(*ticket);
    if (wanted.find("attachments") != std::string::npos)
      issue["attachments"] = attachments(*ticket);
    if (wanted.find("allowed_statuses") != std::string::npos) {
      issue["allowed_statuses"] = Json::array();
      for (const std::string& status : tracker_.allowed(ticket->status))
        issue["allowed_statuses"].push_back(named(status));
    }
    return json(200, {{"issue", issue}});
  }

  // A filter that is not known is ignored: all issues come back.
  std::vector<Ticket> filtered(const Request& request) const {
    const int marker_id = field_ids_.at(tracker_.settings().marker_field);
    const auto marker = request.query.find("cf_" + std::to_string(marker_id));
    auto found =
        marker == request.query.end() ? tracker_.all() : tracker_.with_marker(marker->second);
    const auto project = request.query.find("project_id");
    const auto updated = request.query.find("updated_on");
    std::erase_if(found, [&](const Ticket& ticket) {
      if (project != request.query.end() && ticket.place != project->second) return true;
      return updated != request.query.end() &&
             stamp(ticket.updated) < updated->second.substr(std::string(">=").size());
    });
    std::stable_sort(found.begin(), found.end(), [](const Ticket& one, const Ticket& other) {
      return stamp(one.updated) < stamp(other.updated);
    });
    return found;
  }

  Answer list(const Request& request) const {
    const auto all = filtered(request);
    const auto given = [&](const char* name, std::size_t otherwise) {
      const auto found = request.query.find(name);
      return found == request.query.end() ? otherwise : std::stoul(found->second);
    };
    const std::size_t limit = std::min(given("limit", 25), kPageMost);
    const std::size_t offset = given("offset", 0);
    Json issues = Json::array();
    for (std::size_t i = offset; i < std::min(all.size(), offset + limit); ++i)
      issues.push_back(row(all[i]));
    return json(
        200,
        {{"issues", issues}, {"total_count", all.size()}, {"offset", offset}, {"limit", limit}});
  }

  Fields fields_in(const Json& issue) const {
    Fields fields;
    for (const Json& field : codec::at_path(issue, "custom_fields")) {
      for (const auto& [name, id] : field_ids_) {
        if (codec::integer_at(field, "id") == id) fields[name] = codec::text_or(field, "value", "");
      }
    }
    return fields;
  }

  Answer create(const Request& request) {
    const auto body = codec::parse_json(request.body, "request");
    if (!body) return json(400, {{"status", 400}});
    const Json& issue = codec::at_path(*body, "issue");
    const std::string project = codec::text_or(issue, "project_id", "");
    const auto& places = tracker_.settings().places;
    if (std::find(places.begin(), places.end(), project) == places.end())
      return json(422, {{"errors", {"Project cannot be blank"}}});
    const int id =
        tracker_.open(tracker_.settings().bridge, project, codec::text_or(issue, "subject", ""),
                      codec::text_or(issue, "description", ""), fields_in(issue));
    return json(201, {{"issue", row(*tracker_.find(id))}});
  }

  Answer update(const Request& request) {
    const auto body = codec::parse_json(request.body, "request");
    if (!body) return json(400, {{"status", 400}});
    const Json& issue = codec::at_path(*body, "issue");
    Change change{.text = codec::text_at(issue, "notes"),
                  .internal = codec::flag_at(issue, "private_notes"),
                  .fields = fields_in(issue)};
    for (const Json& one : codec::at_path(issue, "uploads")) {
      auto file = tracker_.uploaded(codec::text_or(one, "token", ""));
      if (!file) return json(422, {{"errors", {"Attachment is invalid"}}});
      file->name = codec::text_or(one, "filename", "");
      file->type = codec::text_or(one, "content_type", "");
      change.files.push_back(*std::move(file));
    }
    const auto status = codec::integer_at(issue, "status_id").value_or(0);
    const auto all = tracker_.statuses();
    if (status > 0 && status <= static_cast<std::int64_t>(all.size()))
      change.status = all[static_cast<std::size_t>(status - 1)];
    const auto changed = tracker_.change(tracker_.settings().bridge, id_in(request.path), change);
    return {changed == Changed::yes ? 204 : 404, {}, ""};
  }

  Answer upload(const Request& request) {
    const std::string token = tracker_.upload({.bytes = request.body});
    return json(201, {{"upload", {{"id", 1}, {"token", token}}}});
  }

  [[nodiscard]] Answer download(int id) const {
    auto file = tracker_.file(id);
    if (!file) return {404, {}, ""};
    return {200, {{"Content-Type", file->type}}, std::move(file->bytes)};
  }

  Answer edit(const Request& request) {
    const auto body = codec::parse_json(request.body, "request");
    if (!body) return json(400, {{"status", 400}});
    const bool there = tracker_.edit_comment(tracker_.settings().bridge, id_in(request.path),
                                             codec::text_or(*body, "journal.notes", ""),
                                             codec::flag_at(*body, "journal.private_notes"));
    return {there ? 204 : 404, {}, ""};
  }

  Tracker& tracker_;
  const std::map<std::string, int> field_ids_;
};

}  // namespace

std::unique_ptr<Dialect> speak_redmine(Tracker& tracker, std::map<std::string, int> field_ids) {
  return std::make_unique<RedmineDialect>(tracker, std::move(field_ids));
}

}  // namespace saksbro::fakes
