// Who changed what, from the events of labels, states and milestones.
#pragma once

#include <vector>

#include "connectors/gitlab/look.h"

namespace saksbro::gitlab {

struct History {
  std::vector<Change> changes;      // oldest first
  std::vector<std::string> labels;  // as the events leave them, the last one added last
};

// `snapshot` has "label_events", "state_events" and "milestone_events". One PUT leaves several
// events: what one person did within a second is one change of each attribute.
[[nodiscard]] History history_of(const GitlabSettings& settings, const codec::Json& snapshot);

[[nodiscard]] Person person_of(const codec::Json& user);
[[nodiscard]] Instant instant_at(const codec::Json& json, std::string_view path);

}  // namespace saksbro::gitlab
