#include "bridge/core/model/shown_number.h"

#include "bridge/core/model/memory.h"

namespace saksbro::core {

std::optional<std::string> shown_number(const Mapping& mapping, const Case& state,
                                        const SystemName& at) {
  const auto ticket = state.tickets.find(at);
  if (ticket == state.tickets.end()) return std::nullopt;
  const SystemMapping* system = mapping.system(at);
  if (system == nullptr || !system->number) return ticket->second.number;
  const auto told = state.values.find(number_of(at));
  return told == state.values.end() ? "" : told->second;
}

}  // namespace saksbro::core
