#include "bridge/core/model/mapping.h"

#include <algorithm>

namespace saksbro::core {

std::optional<Status> SystemMapping::status_from(std::string_view theirs) const {
  for (const auto& [ours, word] : status_words) {
    if (word == theirs) return ours;
  }
  return std::nullopt;
}

std::optional<Role> SystemMapping::role_of(
    const Person& person, const std::map<std::string, std::set<std::string>>& groups) const {
  const auto theirs = groups.find(person.id);
  // "@leverandor.example": everybody whose address ends so.
  const auto is_named = [&](const std::string& one) {
    return one.starts_with('@') ? person.id.ends_with(one) : one == person.id;
  };
  for (const RoleRule& rule : roles) {
    const bool named = std::any_of(rule.people.begin(), rule.people.end(), is_named);
    const bool member = theirs != groups.end() &&
                        std::any_of(rule.groups.begin(), rule.groups.end(),
                                    [&](const auto& one) { return theirs->second.contains(one); });
    if (rule.everyone || named || member) return rule.role;
  }
  return std::nullopt;
}

bool SystemMapping::has_role(const Role& role) const {
  return std::any_of(roles.begin(), roles.end(),
                     [&](const RoleRule& rule) { return rule.role == role; });
}

const Words* Process::title_of(const Role& role) const {
  const auto found =
      std::find_if(roles.begin(), roles.end(), [&](const auto& one) { return one.first == role; });
  return found == roles.end() ? nullptr : &found->second;
}

const Process& Mapping::process(const ProcessId& id) const {
  return *std::find_if(processes.begin(), processes.end(),
                       [&](const Process& process) { return process.id == id; });
}

const SystemMapping* Mapping::system(const SystemName& name) const {
  const auto found = systems.find(name);
  return found == systems.end() ? nullptr : &found->second;
}

const SystemMapping& Mapping::known_system(const SystemName& name) const {
  return systems.at(name);
}

}  // namespace saksbro::core
