#include "bridge/run/standing.h"

namespace saksbro::run {

std::optional<std::string> stands_nowhere(const core::Mapping& mapping, const core::Case& state) {
  for (const core::Process& process : mapping.processes) {
    if (process.id == state.process && process.activities.contains(state.activity))
      return std::nullopt;
  }
  return "case " + state.number.text() + " stands at " + state.activity.text() + " of process " +
         state.process.text() +
         ", which the mapping does not have any more: bring it back, restart, and unpark this";
}

}  // namespace saksbro::run
