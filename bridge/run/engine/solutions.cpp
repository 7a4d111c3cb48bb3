#include "bridge/run/engine/solutions.h"

#include <algorithm>
#include <map>
#include <optional>
#include <variant>

namespace saksbro::run {
namespace {

constexpr int kSuggestionsMost = 5;

// Where a case stands after `entered`: activities may go on at once.
std::optional<core::Status> status_after(const core::Process& process, core::ActivityId entered) {
  std::optional<core::Status> status;
  for (std::size_t steps = 0; steps <= process.activities.size(); ++steps) {
    const core::Activity& activity = process.activities.at(entered);
    if (activity.status) status = activity.status;
    if (activity.then.empty()) break;
    entered = activity.then.back().next;
  }
  return status;
}

bool keeps(const core::Transition& transition, const std::string& value) {
  return std::any_of(transition.keep.begin(), transition.keep.end(), [&](const auto& one) {
    return one.first == value && one.second != "nothing";
  });
}

}  // namespace

store::SolutionSource solution_source(const core::Mapping& mapping) {
  store::SolutionSource source{"", mapping.organisation_value, {}};
  for (const core::Process& process : mapping.processes) {
    if (source.solution.empty()) source.solution = process.solution;
    if (process.solution.empty()) continue;
    for (const auto& [id, activity] : process.activities) {
      for (const core::Transition& transition : activity.transitions) {
        if (!keeps(transition, process.solution) || !transition.next) continue;
        if (const auto status = status_after(process, *transition.next))
          source.statuses.insert(*status);
      }
    }
  }
  return source;
}

SolutionQuestion question_of(const store::SolutionSource& source,
                             std::span<const core::Fact> facts) {
  std::map<std::string, std::string> values;
  for (const core::Fact& fact : facts) {
    if (const auto* kept = std::get_if<core::ValueKept>(&fact)) values[kept->name] = kept->value;
  }
  return {values["title"] + "\n" + values["text"], values[source.organisation]};
}

Result<std::vector<core::SimilarCase>> similar_to(store::Reader& reader,
                                                  const SolutionQuestion& question) {
  return reader.solutions().similar(question.text, question.organisation, true, kSuggestionsMost);
}

}  // namespace saksbro::run
