#include "bridge/load/process_names.h"

namespace saksbro::load {
namespace {

// allow, flag or revert; or { revert: TEXT }, which says on the ticket why
core::Treatment read_treatment(const std::string& name, const Setting& setting,
                               SettingsReader& reader, core::Process& process,
                               ProcessNames& names) {
  if (std::holds_alternative<Setting::Map>(setting.value)) {
    (void)reader.map(name);
    SettingsReader inner(setting);
    process.reverted_because[core::Signal{name}] = names.text_at(setting, inner, "revert");
    names.collect(inner);
    return core::Treatment::revert;
  }
  const std::string word = reader.one_of(name, {"allow", "flag", "revert"}, "flag");
  if (word == "allow") return core::Treatment::allow;
  return word == "revert" ? core::Treatment::revert : core::Treatment::flag;
}

}  // namespace

void read_deviations(const Setting* map, core::Process& process, Mentions& mentions,
                     ProcessNames& names) {
  if (map == nullptr) return;
  SettingsReader reader(*map);
  for (const auto& [name, setting] : std::get<Setting::Map>(map->value)) {
    const core::Treatment treatment = read_treatment(name, setting, reader, process, names);
    if (name == "default") {
      process.deviation = treatment;
      continue;
    }
    process.deviations[core::Signal{name}] = treatment;
    if (name != kStatusAttribute)
      mentions.deviations.push_back({name, setting.where, setting.path});
  }
  names.collect(reader);
}

}  // namespace saksbro::load
