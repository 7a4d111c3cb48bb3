// All scenarios of an instance, played.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "bridge/rehearse/run_scenario.h"

namespace saksbro::rehearse {

struct Verdict {
  std::size_t scenarios = 0;
  std::vector<std::pair<std::string, Difference>> differences;  // by the scenario's name
  Gaps gaps;
};

[[nodiscard]] Verdict judge(const core::Mapping& mapping, const std::vector<Scenario>& scenarios);

// For people, line by line; ends with a line end. Nothing when there are no scenarios.
// What differs is told in English, as it is written; what comes of it in the reader's language.
[[nodiscard]] std::string told(const core::Mapping& mapping, const Verdict& verdict,
                               core::Language language = core::Language::en);

}  // namespace saksbro::rehearse
