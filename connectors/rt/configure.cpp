#include "connectors/rt/rt.h"
#include "connectors/rt/rt_system.h"

namespace saksbro::rt {
namespace {

// In a search the name stands between braces, which nothing can escape.
void check_marker_field(SettingsReader& reader, const Setting& settings, const RtSettings& read) {
  if (read.marker_field.find_first_of("{}") == std::string::npos) return;
  const Setting* at = settings.find("marker_field");
  reader.error(at == nullptr ? settings : *at,
               "RT cannot search for a custom field with { or } in its name");
}

void check_note_field(SettingsReader& reader, const Setting& settings, const RtSettings& read) {
  if (read.note_field.empty() || read.note_field != read.marker_field) return;
  const Setting* at = settings.find("note_field");
  reader.error(at == nullptr ? settings : *at,
               "note_field must be a field of its own, not the marker_field");
}

void read_groups(SettingsReader& reader, RtSettings& read) {
  const Setting* people = reader.map("people");
  if (people == nullptr) return;
  SettingsReader inside(*people);
  const Setting* groups = inside.list("groups");
  if (groups == nullptr) {
    inside.error("people needs groups: a list of the names of groups in RT");
  } else {
    read.groups = tracker::read_names(inside, *groups, "expected the name of a group in RT");
  }
  reader.add(inside.finish());
}

}  // namespace

Configured configure(const SystemName& name, const Setting& settings) {
  SettingsReader reader(settings);
  RtSettings read;
  read.name = name;
  read.url = reader.url("url");
  read.token = reader.secret("token");
  read.queue = reader.text("queue");
  read.marker_field = reader.text_or("marker_field", "");
  check_marker_field(reader, settings, read);
  read.note_field = reader.text_or("note_field", "");
  check_note_field(reader, settings, read);
  read_polling(reader, read);
  read_groups(reader, read);
  read_webhook(reader, read);
  if (Errors errors = reader.finish(); !errors.empty()) return tl::unexpected(std::move(errors));
  return std::make_unique<RtSystem>(std::move(read));
}

}  // namespace saksbro::rt
