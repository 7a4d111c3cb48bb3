#include "bridge/contract/nearest.h"
#include "connectors/redmine/redmine.h"
#include "connectors/redmine/redmine_system.h"

namespace saksbro::redmine {
namespace {

void read_field_ids(SettingsReader& reader, std::map<std::string, std::string>& ids) {
  const Setting* map = reader.map("custom_fields");
  if (map == nullptr) return reader.error("custom_fields is missing: name -> id in Redmine");
  for (const auto& [name, id] : std::get<Setting::Map>(map->value)) {
    const auto* text = std::get_if<Setting::Text>(&id.value);
    const auto number = text == nullptr ? std::nullopt : parse_whole_number(*text);
    if (!number || *number < 1) {
      reader.error(id,
                   "the id of a custom field is a whole number (Administration, Custom "
                   "fields: the number in its address)");
    } else {
      ids[name] = std::to_string(*number);
    }
  }
}

// With them a status that is renamed in Redmine is still the same one.
void read_status_ids(SettingsReader& reader, std::map<std::string, std::string>& names) {
  const Setting* map = reader.map("statuses");
  if (map == nullptr) return;
  for (const auto& [name, id] : std::get<Setting::Map>(map->value)) {
    const auto* text = std::get_if<Setting::Text>(&id.value);
    const auto number = text == nullptr ? std::nullopt : parse_whole_number(*text);
    if (!number || *number < 1) {
      reader.error(id,
                   "the id of a status is a whole number (Administration, Issue statuses: the "
                   "number in its address)");
    } else if (!names.emplace(std::to_string(*number), name).second) {
      reader.error(id, "status " + *text + " has a name already: \"" +
                           names.at(std::to_string(*number)) + "\"");
    }
  }
}

void check_marker_field(SettingsReader& reader, const Setting& settings,
                        const RedmineSettings& read) {
  if (read.marker_field.empty() || read.field_ids.contains(read.marker_field)) return;
  std::vector<std::string> names;
  for (const auto& [name, id] : read.field_ids) names.push_back(name);
  const Setting* at = settings.find("marker_field");
  reader.error(at == nullptr ? settings : *at, "marker_field \"" + read.marker_field +
                                                   "\" is not in custom_fields" +
                                                   did_you_mean(read.marker_field, names));
}

// `people: project_roles`, or a map that may have groups as well.
void read_people(SettingsReader& reader, const Setting& settings, RedmineSettings& read) {
  const Setting* people = settings.find("people");
  if (people == nullptr || !std::holds_alternative<Setting::Map>(people->value)) {
    read.project_roles = reader.one_of("people", {"project_roles"}, "") == "project_roles";
    return;
  }
  (void)reader.map("people");
  SettingsReader inside(*people);
  read.project_roles = inside.flag_or("project_roles", false);
  const Setting* groups = inside.list("groups");
  if (groups != nullptr) {
    read.groups = tracker::read_names(inside, *groups, "expected the name of a group in Redmine");
    read.groups_key = inside.secret("key");
  } else if (people->find("key") != nullptr) {
    inside.error(*people->find("key"), "a key is for groups: name them, or leave it out");
    (void)inside.secret("key");
  }
  reader.add(inside.finish());
}

}  // namespace

Configured configure(const SystemName& name, const Setting& settings) {
  SettingsReader reader(settings);
  RedmineSettings read;
  read.name = name;
  read.url = reader.url("url");
  read.key = reader.secret("key");
  read.project = reader.text("project");
  read.tracker = reader.text("tracker");
  read.marker_field = reader.text_or("marker_field", "");
  read_field_ids(reader, read.field_ids);
  check_marker_field(reader, settings, read);
  read_status_ids(reader, read.status_names);
  read.poll_every = std::chrono::seconds(10);
  read_polling(reader, read);
  const auto format = reader.one_of("text_format", {"textile", "markdown"}, "textile");
  read.text_format = format == "markdown" ? TextFormat::markdown : TextFormat::textile;
  const auto four_bytes = reader.one_of("four_byte_characters", {"kept", "replaced"}, "kept");
  read.four_bytes = four_bytes == "kept";
  read_people(reader, settings, read);
  read.versions = reader.flag_or("versions", false);
  read_webhook(reader, read, "redmine");
  if (Errors errors = reader.finish(); !errors.empty()) return tl::unexpected(std::move(errors));
  return std::make_unique<RedmineSystem>(std::move(read));
}

}  // namespace saksbro::redmine
