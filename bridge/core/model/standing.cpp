#include "bridge/core/model/standing.h"

namespace saksbro::core {

std::optional<Phrase> activity_missing_from_mapping(const Mapping& mapping, const Case& state) {
  for (const Process& process : mapping.processes) {
    if (process.id == state.process && process.activities.contains(state.activity))
      return std::nullopt;
  }
  return Phrase(
      "case {case} is at {activity} of process {process}, which is no longer in the mapping: "
      "restore it there, restart, and unpark this",
      {{"case", state.number}, {"activity", state.activity}, {"process", state.process}});
}

std::optional<SystemName> readable_ticket(const Mapping& mapping, const Case& state) {
  std::optional<SystemName> found;
  for (const auto& [name, view] : state.tickets) {
    const SystemMapping* system = mapping.system(name);
    if (system == nullptr || view.gone) continue;
    if (system->follows_status) return name;
    if (!found) found = name;
  }
  return found;
}

}  // namespace saksbro::core
