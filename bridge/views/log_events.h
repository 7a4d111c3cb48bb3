// A case's facts as the events that both log formats write. Internal to the case log.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "bridge/views/case_log.h"

namespace saksbro::views {

struct LogEvent {
  enum class Kind { activity, signal, status, ticket, deviation, deadline, telling, life };
  std::string id;    // "SAK-2026-00001/17", "SAK-2026-00001/17 complete"
  std::string name;  // "M.1.3.1 Sends the case to the operator", "løst", "LØST"
  Kind kind = Kind::life;
  Instant at{};
  bool completes = true;     // false: an activity begins here
  core::Role role;           // empty: the bridge itself
  SystemName system;         // empty: none
  std::string activity;      // at which the case stood: "M.1.3.1"
  std::string ticket;        // "operator/5", where the event is about one
  std::string organisation;  // of a telling: which one is told, or gives its receipt
};

[[nodiscard]] const char* word_of(LogEvent::Kind kind);  // "activity"

// In the order of time. An activity has two events: its beginning, and its completion when the next
// one begins or the case closes.
[[nodiscard]] std::vector<LogEvent> events_of(const LoggedCase& one, const core::Mapping& mapping,
                                              const LogOptions& options);

// Which case values may leave: those to which a process gives a closed list of words. Value -> its
// words, which are checked here as well: facts may be older than the mapping.
using OpenValues = std::map<std::string, std::vector<std::string>>;
[[nodiscard]] OpenValues open_values_of(const core::Mapping& mapping);

// The case's values that may leave, the organisation not among them.
[[nodiscard]] std::map<std::string, std::string> attributes_of(const core::Case& state,
                                                               const OpenValues& open);

// Empty: not known.
[[nodiscard]] std::string organisation_of(const core::Case& state, const LogOptions& options);

}  // namespace saksbro::views
