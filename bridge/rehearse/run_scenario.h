// Plays a scenario and compares.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "bridge/rehearse/rehearsal.h"

namespace saksbro::rehearse {

// The first line of a scenario that did not come true.
struct Difference {
  std::string where;
  std::string expected;
  std::string seen;
  std::vector<Phrases> because;  // what the core said since the round began
};

struct Played {
  std::optional<Difference> difference;  // none: the scenario holds
  std::set<core::ActivityId> passed;
  std::set<std::string> lines;  // of the mapping: what was taken, entered, done
};

[[nodiscard]] Played play(const core::Mapping& mapping, const Scenario& scenario);

// What is seen instead of what is expected; none: it is as expected. `since`: what had been sent
// and had happened when the round began.
struct Since {
  std::size_t sent = 0;
  std::size_t happened = 0;
  std::size_t reasons = 0;
};
[[nodiscard]] std::optional<std::string> seen_instead(const Expected& expected,
                                                      const Rehearsal& rehearsal,
                                                      const Since& since);

// What scenarios leave untouched of a mapping.
struct Gaps {
  std::vector<core::ActivityId> activities;  // that no scenario is named for
  std::vector<std::string> branches;         // "mappings/m1.yaml:47:7: M.1.3.2, info ja"
};
[[nodiscard]] Gaps gaps(const core::Mapping& mapping, const std::vector<Scenario>& scenarios,
                        const std::set<std::string>& lines);

}  // namespace saksbro::rehearse
