#include <algorithm>

#include "connectors/gitlab/gitlab.h"
#include "connectors/gitlab/gitlab_system.h"

namespace saksbro::gitlab {
namespace {

// A path would do for looks; a write to a path that is not the project's any more is answered 405.
std::string read_project(SettingsReader& reader, const Setting& settings) {
  std::string project = reader.text("project");
  const auto number = parse_whole_number(project);
  if (const Setting* at = settings.find("project");
      at != nullptr && !project.empty() && (!number || *number < 1)) {
    reader.error(*at,
                 "expected the number of the project, which stays when it is renamed (its page, "
                 "the menu beside its name: Copy project ID)");
  }
  return number ? std::to_string(*number) : "";
}

bool is_label(const std::string& label) {
  return !label.empty() && label.find(',') == std::string::npos;
}

std::optional<StatusWord> status_word(const std::string& name, const Setting& said,
                                      SettingsReader& outer) {
  StatusWord word{name, false, ""};
  if (const auto* text = std::get_if<Setting::Text>(&said.value)) {
    word.closed = *text == "closed";
    if (*text != "closed" && *text != "opened") word.label = *text;
    if (is_label(*text)) return word;
  } else if (std::holds_alternative<Setting::Map>(said.value)) {
    SettingsReader reader(said);
    word.closed = reader.one_of("state", {"opened", "closed"}, "opened") == "closed";
    word.label = reader.text_or("label", "");
    const Errors errors = reader.finish();
    outer.add(errors);
    if (errors.empty() && (word.label.empty() || is_label(word.label))) return word;
    if (!errors.empty()) return std::nullopt;
  }
  outer.error(said,
              "expected opened, closed, a label (\"status::waiting\", without a comma), or { "
              "state: closed, label: \"status::done\" }");
  return std::nullopt;
}

void read_statuses(SettingsReader& reader, std::vector<StatusWord>& statuses) {
  const Setting* map = reader.map("statuses");
  if (map == nullptr) {
    statuses = {{"opened", false, ""}, {"closed", true, ""}};
    return;
  }
  for (const auto& [name, said] : std::get<Setting::Map>(map->value)) {
    const auto word = status_word(name, said, reader);
    if (!word) continue;
    const auto same = std::find_if(statuses.begin(), statuses.end(), [&](const StatusWord& other) {
      return other.closed == word->closed && other.label == word->label;
    });
    if (same != statuses.end())
      reader.error(said, "is \"" + same->name + "\" already");
    else
      statuses.push_back(*word);
  }
}

std::optional<Field> field_of(const std::string& text) {
  static const std::map<std::string, FieldKind, std::less<>> kKinds{
      {"labels", FieldKind::labels},     {"milestone", FieldKind::milestone},
      {"weight", FieldKind::weight},     {"due_date", FieldKind::due_date},
      {"assignee", FieldKind::assignee},
  };
  if (const auto kind = kKinds.find(text); kind != kKinds.end()) return Field{kind->second};
  if (text.size() > 2 && text.ends_with("::") && is_label(text))
    return Field{FieldKind::scope, text};
  return std::nullopt;
}

void read_fields(SettingsReader& reader, std::map<std::string, Field>& fields) {
  const Setting* map = reader.map("fields");
  if (map == nullptr) return;
  for (const auto& [name, said] : std::get<Setting::Map>(map->value)) {
    const auto* text = std::get_if<Setting::Text>(&said.value);
    const auto field = text == nullptr ? std::nullopt : field_of(*text);
    if (field) {
      fields.emplace(name, *field);
    } else {
      reader.error(said,
                   "expected labels, milestone, weight, due_date, assignee, or the scope of labels "
                   "(\"severity::\")");
    }
  }
}

void read_people(SettingsReader& reader, const Setting& settings, GitlabSettings& read) {
  const Setting* people = settings.find("people");
  if (people == nullptr || !std::holds_alternative<Setting::Map>(people->value)) {
    read.access_levels = reader.one_of("people", {"access_levels"}, "") == "access_levels";
    return;
  }
  (void)reader.map("people");
  SettingsReader inside(*people);
  read.access_levels = inside.flag_or("access_levels", false);
  if (const Setting* groups = inside.list("groups"))
    read.groups = tracker::read_names(inside, *groups,
                                      "expected the path of a group in GitLab (\"support/drift\")");
  reader.add(inside.finish());
}

void read_issue_types(SettingsReader& reader, std::vector<std::string>& types) {
  if (const Setting* list = reader.list("issue_types"))
    types = tracker::read_names(reader, *list, "expected a type: issue, incident or task");
  if (types.empty()) types = {"issue"};
}

}  // namespace

Configured configure(const SystemName& name, const Setting& settings) {
  SettingsReader reader(settings);
  GitlabSettings read;
  read.name = name;
  read.url = reader.url("url");
  read.token = reader.secret("token");
  read.project = read_project(reader, settings);
  read.marker_field = reader.text_or("marker_field", "");
  read_issue_types(reader, read.issue_types);
  read_statuses(reader, read.statuses);
  read_fields(reader, read.fields);
  read_people(reader, settings, read);
  read_polling(reader, read);
  const auto versions = reader.one_of("versions", {"none", "milestones", "releases"}, "none");
  if (versions == "milestones") read.versions = Versions::milestones;
  if (versions == "releases") read.versions = Versions::releases;
  read_webhook(reader, read, "gitlab_token");
  if (Errors errors = reader.finish(); !errors.empty()) return tl::unexpected(std::move(errors));
  return std::make_unique<GitlabSystem>(std::move(read));
}

}  // namespace saksbro::gitlab
