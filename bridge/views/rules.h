// What holds for a whole process, wherever a case stands: shown beside its picture.
#pragma once

#include <string>
#include <vector>

#include "bridge/views/look.h"

namespace saksbro::views {

struct Rule {
  std::string name;   // "svart (Driftsleverandør applikasjon)"
  std::string words;  // "skriver internt hos desk"
};

struct Rules {
  std::string title;  // "I alle aktiviteter"
  std::vector<Rule> rules;
};

// What is heard in every activity, what becomes of deviations, the parties, the release. Without
// the empty ones.
[[nodiscard]] std::vector<Rules> rules_of(const core::Process& process, const Look& look);

// The same, one line each; a title has a line of its own, and the rules stand `indent` behind it.
[[nodiscard]] std::vector<std::string> rule_lines(const core::Process& process, const Look& look,
                                                  const std::string& indent);

}  // namespace saksbro::views
