#include <algorithm>

#include "bridge/contract/nearest.h"
#include "connectors/jira/jira.h"
#include "connectors/jira/jira_system.h"

namespace saksbro::jira {
namespace {

const std::map<std::string, Field, std::less<>>& own_fields() {
  static const std::map<std::string, Field, std::less<>> kFields{
      {"affects_versions", {"versions", FieldKind::names}},
      {"assignee", {"assignee", FieldKind::user}},
      {"components", {"components", FieldKind::names}},
      {"due_date", {"duedate", FieldKind::moment}},
      {"environment", {"environment", FieldKind::paragraph}},
      {"fix_versions", {"fixVersions", FieldKind::names}},
      {"labels", {"labels", FieldKind::labels}},
      {"priority", {"priority", FieldKind::named}},
      {"reporter", {"reporter", FieldKind::user}},
      {"resolution", {"resolution", FieldKind::named}},
      {"security", {"security", FieldKind::named}},
  };
  return kFields;
}

const std::map<std::string, FieldKind, std::less<>>& custom_kinds() {
  static const std::map<std::string, FieldKind, std::less<>> kKinds{
      {"cascading", FieldKind::cascading},
      {"date", FieldKind::moment},
      {"datetime", FieldKind::moment},
      {"group", FieldKind::named},
      {"labels", FieldKind::labels},
      {"number", FieldKind::number},
      {"option", FieldKind::option},
      {"options", FieldKind::options},
      {"paragraph", FieldKind::paragraph},
      {"text", FieldKind::text},
      {"url", FieldKind::text},
      {"user", FieldKind::user},
      {"users", FieldKind::users},
      {"version", FieldKind::named},
      {"versions", FieldKind::names},
  };
  return kKinds;
}

template <class Value>
std::vector<std::string> keys_of(const std::map<std::string, Value, std::less<>>& map) {
  std::vector<std::string> keys;
  keys.reserve(map.size());
  for (const auto& [key, value] : map) keys.push_back(key);
  return keys;
}

std::optional<Field> read_custom_field(const Setting& said, SettingsReader& outer) {
  SettingsReader reader(said);
  const auto id = reader.whole_number("id", 1, 999'999'999'999);
  if (!id && said.find("id") == nullptr)
    reader.error("id is missing: the number in \"customfield_10020\"");
  const std::string kind = reader.one_of("type", keys_of(custom_kinds()), "text");
  const Errors errors = reader.finish();
  outer.add(errors);
  const auto known = custom_kinds().find(kind);
  if (!errors.empty() || !id || known == custom_kinds().end()) return std::nullopt;
  return Field{"customfield_" + std::to_string(*id), known->second};
}

void read_fields(SettingsReader& reader, std::map<std::string, Field>& fields) {
  const Setting* map = reader.map("fields");
  if (map == nullptr) return;
  for (const auto& [name, said] : std::get<Setting::Map>(map->value)) {
    if (std::holds_alternative<Setting::Map>(said.value)) {
      if (const auto field = read_custom_field(said, reader)) fields.emplace(name, *field);
      continue;
    }
    const auto* text = std::get_if<Setting::Text>(&said.value);
    const auto own = text == nullptr ? own_fields().end() : own_fields().find(*text);
    if (own != own_fields().end())
      fields.emplace(name, own->second);
    else
      reader.error(said,
                   "expected a custom field, { id: 10020, type: option }, or one of Jira's "
                   "own" +
                       did_you_mean_one_of(text == nullptr ? "" : *text, keys_of(own_fields())));
  }
}

// With them a status that is renamed in Jira is still the same one.
void read_statuses(SettingsReader& reader, std::map<std::string, std::string>& names) {
  const Setting* map = reader.map("statuses");
  if (map == nullptr) return;
  for (const auto& [name, id] : std::get<Setting::Map>(map->value)) {
    const auto* text = std::get_if<Setting::Text>(&id.value);
    const auto number = text == nullptr ? std::nullopt : parse_whole_number(*text);
    if (!number || *number < 1)
      reader.error(id, "the id of a status is a whole number (/rest/api/2/status tells them)");
    else if (!names.emplace(std::to_string(*number), name).second)
      reader.error(id, "status " + *text + " has a name already: \"" +
                           names.at(std::to_string(*number)) + "\"");
  }
}

void read_screens(SettingsReader& reader, JiraSettings& read) {
  const Setting* map = reader.map("screens");
  if (map == nullptr) return;
  for (const auto& [status, fields] : std::get<Setting::Map>(map->value)) {
    const auto* said = std::get_if<Setting::Map>(&fields.value);
    if (said == nullptr) {
      reader.error(fields,
                   "expected the fields of a screen and what to write: { resolution: Done }");
      continue;
    }
    for (const auto& [name, value] : *said) {
      const auto* text = std::get_if<Setting::Text>(&value.value);
      if (text == nullptr || text->empty())
        reader.error(value, "expected the text to write");
      else if (name != "resolution" && !read.fields.contains(name))
        reader.error(value, "\"" + name + "\" is neither resolution nor in fields");
      else
        read.screens[status][name] = *text;
    }
  }
}

void read_internal(SettingsReader& reader, const Setting& settings, Audience& internal) {
  const Setting* said = settings.find("internal_comments");
  if (said == nullptr || !std::holds_alternative<Setting::Map>(said->value)) {
    if (reader.one_of("internal_comments", {"service_desk"}, "") == "service_desk")
      internal.kind = Audience::Kind::service_desk;
    return;
  }
  (void)reader.map("internal_comments");
  SettingsReader inside(*said);
  const std::string role = inside.text_or("role", "");
  const std::string group = inside.text_or("group", "");
  if (role.empty() == group.empty())
    inside.error("expected one of role and group: who reads an internal comment");
  internal =
      role.empty() ? Audience{Audience::Kind::group, group} : Audience{Audience::Kind::role, role};
  reader.add(inside.finish());
}

void read_people(SettingsReader& reader, JiraSettings& read) {
  const Setting* people = reader.map("people");
  if (people == nullptr) return;
  SettingsReader inside(*people);
  if (const Setting* groups = inside.list("groups"))
    read.groups = tracker::read_names(inside, *groups, "expected the name of a group in Jira");
  if (const Setting* roles = inside.list("project_roles"))
    read.project_roles =
        tracker::read_names(inside, *roles, "expected the name of a role of the project");
  reader.add(inside.finish());
}

void check_marker_field(SettingsReader& reader, const Setting& settings, const JiraSettings& read) {
  if (read.marker_field.empty()) return;
  const auto field = read.fields.find(read.marker_field);
  if (field == read.fields.end() ? read.marker_field == kMarkerLabel
                                 : field->second.kind == FieldKind::text)
    return;
  const Setting* at = settings.find("marker_field");
  reader.error(at == nullptr ? settings : *at,
               "expected label (a label \"saksbro:...\" is set), or a custom field of type text "
               "that is in fields");
}

}  // namespace

Configured configure(const SystemName& name, const Setting& settings) {
  SettingsReader reader(settings);
  JiraSettings read;
  read.name = name;
  read.url = reader.url("url");
  read.api_url = settings.find("api_url") == nullptr ? read.url : reader.url("api_url");
  const auto edition = reader.one_of("edition", {"cloud", "data_center"}, "cloud");
  read.edition = edition == "cloud" ? Edition::cloud : Edition::data_center;
  read.user = reader.text_or("user", "");
  read.token = reader.secret("token");
  read.project = reader.text("project");
  if (const Setting* types = reader.list("issue_types"))
    read.issue_types = tracker::read_names(reader, *types, "expected the name of a type of issue");
  if (read.issue_types.empty())
    reader.error("issue_types is missing: those that start a case, the one that is opened first");
  read.marker_field = reader.text_or("marker_field", "");
  read_fields(reader, read.fields);
  check_marker_field(reader, settings, read);
  read_statuses(reader, read.status_names);
  read_screens(reader, read);
  read_internal(reader, settings, read.internal);
  read_people(reader, read);
  read_polling(reader, read);
  read.versions = reader.flag_or("versions", false);
  read_webhook(reader, read, "jira");
  if (Errors errors = reader.finish(); !errors.empty()) return tl::unexpected(std::move(errors));
  return std::make_unique<JiraSystem>(std::move(read));
}

}  // namespace saksbro::jira
