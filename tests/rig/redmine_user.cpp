#include "tests/rig/redmine_user.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace saksbro::rig {
namespace {

using nlohmann::json;

std::string path_of(int id) { return "/issues/" + std::to_string(id) + ".json"; }

}  // namespace

RedmineUser::RedmineUser(const RealRedmine& server, const std::string& name, std::string project)
    : server_(server),
      name_(name),
      project_(std::move(project)),
      rest_(server.url(), {"X-Redmine-API-Key", server.key(name)}) {}

int RedmineUser::open(const std::string& subject, const std::string& description,
                      const std::map<std::string, std::string>& fields) const {
  json issue = {{"project_id", project_},
                {"tracker_id", server_.world().at("trackers").at("Sak")},
                {"subject", subject},
                {"description", description},
                {"custom_fields", json::array()}};
  for (const auto& [name, value] : fields) {
    issue["custom_fields"].push_back(
        {{"id", server_.world().at("custom_fields").at(name)}, {"value", value}});
  }
  return rest_.post("/issues.json", {{"issue", issue}}).at("issue").at("id").get<int>();
}

int RedmineUser::open_below(int parent, const std::string& subject) const {
  const int id = open(subject, "-");
  change(id, {{"parent_issue_id", parent}});
  if (issue(id).value("parent", json::object()).value("id", 0) != parent)
    throw std::runtime_error(name_ + " may not make issue " + std::to_string(id) + " a subtask");
  return id;
}

void RedmineUser::note(int id, const std::string& text, bool is_private) const {
  change(id, {{"notes", text}, {"private_notes", is_private}});
}

void RedmineUser::attach(int id, const std::string& text, const std::vector<PersonFile>& files,
                         bool is_private) const {
  json uploads = json::array();
  for (const PersonFile& file : files) {
    const json sent = rest_.post_bytes("/uploads.json", file.bytes);
    uploads.push_back({{"token", sent.at("upload").at("token")},
                       {"filename", file.name},
                       {"content_type", file.type}});
  }
  change(id, {{"notes", text}, {"private_notes", is_private}, {"uploads", uploads}});
}

std::vector<PersonFile> RedmineUser::files(int id) const {
  std::vector<PersonFile> files;
  const json seen = issue(id);
  for (const json& one : seen.at("attachments")) {
    // Null for a file that says nothing of itself.
    const json& type = one.at("content_type");
    files.push_back({one.at("filename"), type.is_string() ? type.get<std::string>() : "",
                     rest_.bytes("/attachments/download/" + one.at("id").dump())});
  }
  return files;
}

void RedmineUser::delete_file(int id, const std::string& name) const {
  const json seen = issue(id);
  for (const json& one : seen.at("attachments")) {
    if (one.at("filename") == name)
      return rest_.remove("/attachments/" + one.at("id").dump() + ".json");
  }
  throw std::runtime_error("no file " + name + " on issue " + std::to_string(id));
}

// Redmine answers 204 to a status that the workflow forbids, and leaves it as it was.
void RedmineUser::set_status(int id, const std::string& name) const {
  change(id, {{"status_id", server_.world().at("statuses").at(name)}});
  if (const std::string now = status(id); now != name) {
    throw std::runtime_error(
        name_ + " may not set issue " + std::to_string(id) + " from '" + now + "' to '" + name +
        "'; allowed: " + issue(id).value("allowed_statuses", json::array()).dump());
  }
}

void RedmineUser::set_field(int id, const std::string& name, const json& value) const {
  change(id, {{"custom_fields",
               {{{"id", server_.world().at("custom_fields").at(name)}, {"value", value}}}}});
  if (const json now = custom_field(issue(id), name); now != value) {
    throw std::runtime_error(name_ + " set " + name + " to " + value.dump() + " but it is " +
                             now.dump());
  }
}

json RedmineUser::issue(int id) const {
  return rest_.get(path_of(id) + "?include=journals,allowed_statuses,attachments").at("issue");
}

std::string RedmineUser::status(int id) const {
  return issue(id).at("status").at("name").get<std::string>();
}

std::vector<int> RedmineUser::find(const std::string& subject) const {
  std::vector<int> ids;
  const json listed = rest_.get("/issues.json?status_id=*&limit=100&project_id=" + project_);
  for (const json& issue : listed.at("issues")) {
    if (subject.empty() || issue.at("subject") == subject) ids.push_back(issue.at("id").get<int>());
  }
  std::ranges::sort(ids);
  return ids;
}

void RedmineUser::close_version(const std::string& name) const {
  const json& id = server_.world().at("versions").at(project_).at(name);
  rest_.put("/versions/" + id.dump() + ".json", {{"version", {{"status", "closed"}}}});
}

// 422 with no word of why is a conflict with another's change at the same time: once more.
void RedmineUser::change(int id, json issue) const {
  const json body = {{"issue", std::move(issue)}};
  for (int attempt = 1;; ++attempt) {
    try {
      rest_.put(path_of(id), body);
      return;
    } catch (const std::runtime_error& error) {
      const bool conflict = std::string_view(error.what()).ends_with(R"(422 {"errors":[]})");
      if (!conflict || attempt == 5) throw;
    }
  }
}

json custom_field(const json& issue, std::string_view name) {
  const char* fields = issue.contains("custom_fields") ? "custom_fields" : "CustomFields";
  for (const json& field : issue.value(fields, json::array())) {
    if (field.at("name") != name) continue;
    return field.contains("value") ? field.at("value") : field.at("values");
  }
  return nullptr;
}

std::vector<std::string> notes(const json& issue) {
  std::vector<std::string> texts;
  for (const json& journal : issue.value("journals", json::array())) {
    const auto text = journal.find("notes");  // null where a journal tells of a change only
    if (text != journal.end() && text->is_string() && *text != "")
      texts.push_back(text->get<std::string>());
  }
  return texts;
}

}  // namespace saksbro::rig
