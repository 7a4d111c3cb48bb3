#include "bridge/core/model/shown_number.h"

namespace saksbro::core {

std::optional<std::string> shown_number(const Mapping& mapping, const Case& state,
                                        const SystemName& at) {
  const auto ticket = state.tickets.find(at);
  if (ticket == state.tickets.end()) return std::nullopt;
  const SystemMapping* system = mapping.system(at);
  if (system == nullptr || !system->number) return ticket->second.number;
  return memory_of(state.memory, at).number;
}

}  // namespace saksbro::core
