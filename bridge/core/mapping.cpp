#include "bridge/core/mapping.h"

#include <algorithm>

namespace saksbro::core {

std::optional<Status> SystemMapping::status_from(std::string_view theirs) const {
  for (const auto& [ours, word] : status_words) {
    if (word == theirs) return ours;
  }
  return std::nullopt;
}

std::optional<Role> SystemMapping::role_of(const Person& person) const {
  for (const RoleRule& rule : roles) {
    const bool named =
        std::find(rule.people.begin(), rule.people.end(), person.id) != rule.people.end();
    if (rule.everyone || named) return rule.role;
  }
  return std::nullopt;
}

const Process& Mapping::process(const ProcessId& id) const {
  return *std::find_if(processes.begin(), processes.end(),
                       [&](const Process& process) { return process.id == id; });
}

const SystemMapping* Mapping::system(const SystemName& name) const {
  const auto found = systems.find(name);
  return found == systems.end() ? nullptr : &found->second;
}

}  // namespace saksbro::core
