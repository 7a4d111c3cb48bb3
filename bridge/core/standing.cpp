#include "bridge/core/standing.h"

namespace saksbro::core {

std::optional<std::string> stands_nowhere(const Mapping& mapping, const Case& state) {
  for (const Process& process : mapping.processes) {
    if (process.id == state.process && process.activities.contains(state.activity))
      return std::nullopt;
  }
  return "case " + state.number.text() + " stands at " + state.activity.text() + " of process " +
         state.process.text() +
         ", which the mapping does not have any more: bring it back, restart, and unpark this";
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
