// What a system's mapping and its entry in the configuration must agree on.
#include <algorithm>

#include "bridge/load/mapping_files.h"

namespace saksbro::load {
namespace {

// A create puts its marker into the configuration's field, and the core looks for it in the
// mapping's: with two names the ticket is opened, and the case stands still for ever.
void agree_on_marker(const Setting& file, const Setting& settings, core::SystemMapping& mapping,
                     Errors& errors) {
  const Setting* field = settings.find("marker_field");
  const auto* theirs = field == nullptr ? nullptr : std::get_if<Setting::Text>(&field->value);
  if (mapping.marker_field.empty() && theirs != nullptr) mapping.marker_field = *theirs;
  const Setting* marker = file.find("marker");
  if (theirs != nullptr && marker != nullptr && *theirs != mapping.marker_field) {
    errors.push_back({marker->where, "marker: \"" + mapping.marker_field +
                                         "\", and marker_field of the configuration is \"" +
                                         *theirs + "\" (" + field->where +
                                         "): they are one field; leave marker out, or write the "
                                         "same"});
  }
}

// Without them a rule by group is true of nobody, and the rule behind it of everybody.
void agree_on_groups(const Setting& file, const Setting& settings,
                     const core::SystemMapping& mapping, Errors& errors) {
  if (settings.find("people") != nullptr) return;
  const Setting* roles = file.find("roles");
  for (const core::RoleRule& rule : mapping.roles) {
    if (rule.groups.empty()) continue;
    const Setting* at = roles == nullptr ? nullptr : roles->find(rule.role.text());
    errors.push_back({at == nullptr ? file.where : at->where,
                      "roles." + rule.role.text() +
                          ": groups are known only with `people:` in the configuration of " +
                          mapping.name.text()});
  }
}

}  // namespace

void check_with_settings(const Setting& file, const Setting& settings, core::SystemMapping& mapping,
                         Errors& errors) {
  agree_on_marker(file, settings, mapping, errors);
  agree_on_groups(file, settings, mapping, errors);
}

}  // namespace saksbro::load
