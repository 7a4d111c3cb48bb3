#include "bridge/rehearse/run_scenario.h"

#include <algorithm>

namespace saksbro::rehearse {
namespace {

std::string list_of(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
  return list.empty() ? "none" : list;
}

Since beginning_of_round(const Rehearsal& rehearsal) {
  return {rehearsal.sent().size(), rehearsal.happened().size(), rehearsal.reasons().size()};
}

std::vector<Phrases> reasons_since(const Rehearsal& rehearsal, const Since& since) {
  const auto& all = rehearsal.reasons();
  return {all.begin() + static_cast<std::ptrdiff_t>(since.reasons), all.end()};
}

std::set<core::ActivityId> entered(const Rehearsal& rehearsal) {
  std::set<core::ActivityId> passed;
  for (const Happened& one : rehearsal.happened()) {
    if (const auto* fact = std::get_if<core::ActivityEntered>(&one.fact))
      passed.insert(fact->activity);
  }
  return passed;
}

// The lines of the mapping that were taken. A move that waits for words has not been taken yet.
void note_lines(const Phrases& reasons, std::set<std::string>& lines) {
  for (const Phrase& reason : reasons) {
    const bool taken = reason.kind != Phrase::Kind::condition && reason.kind != Phrase::Kind::waits;
    if (taken && !reason.where.empty()) lines.insert(reason.where);
  }
}

std::optional<Difference> play_round(Rehearsal& rehearsal, const Round& round) {
  const Since since = beginning_of_round(rehearsal);
  for (const Step& step : round.steps) {
    if (const auto done = rehearsal.take(step); !done) {
      return Difference{step.where, "that this can be done", done.error().what,
                        reasons_since(rehearsal, since)};
    }
  }
  for (const Expected& expected : round.expected) {
    if (auto seen = seen_instead(expected, rehearsal, since)) {
      return Difference{expected.where, expected.told, std::move(*seen),
                        reasons_since(rehearsal, since)};
    }
  }
  return std::nullopt;
}

std::optional<Difference> passes_what_it_shows(const Scenario& scenario, const Played& played) {
  for (const core::ActivityId& id : scenario.shows) {
    if (played.passed.contains(id)) continue;
    std::vector<std::string> passed;
    for (const core::ActivityId& one : played.passed) passed.push_back(one.text());
    return Difference{scenario.where, "that the case passes " + id.text(), list_of(passed), {}};
  }
  return std::nullopt;
}

bool asks(const core::Conditions& conditions, const std::string& value, bool negated) {
  return std::any_of(conditions.begin(), conditions.end(), [&](const core::Condition& one) {
    return one.value == value && !one.is && one.negated == negated;
  });
}

// A ticket without a number: only a party that has mail and no tracker gives its number later.
// Where each has a tracker, nobody can go that way.
bool is_out_of_reach(const core::Mapping& mapping, const core::Process& process,
                     const core::Transition& transition) {
  const auto never = [&](const SystemName& name, const std::vector<SystemName>& systems) {
    return asks(transition.when, name.text() + ".ticket", false) &&
           asks(transition.when, name.text() + ".number", true) &&
           std::none_of(systems.begin(), systems.end(), [&](const SystemName& one) {
             return mapping.known_system(one).number.has_value();
           });
  };
  return std::any_of(process.parties.begin(), process.parties.end(),
                     [&](const auto& one) { return never(one.first, one.second.systems); }) ||
         std::any_of(mapping.systems.begin(), mapping.systems.end(),
                     [&](const auto& one) { return never(one.first, {one.first}); });
}

}  // namespace

Played play(const core::Mapping& mapping, const Scenario& scenario) {
  Played played;
  Rehearsal rehearsal(mapping);
  for (const Round& round : scenario.rounds) {
    played.difference = play_round(rehearsal, round);
    if (played.difference) break;
  }
  played.passed = entered(rehearsal);
  for (const Phrases& reasons : rehearsal.reasons()) note_lines(reasons, played.lines);
  if (!played.difference) played.difference = passes_what_it_shows(scenario, played);
  return played;
}

Gaps gaps(const core::Mapping& mapping, const std::vector<Scenario>& scenarios,
          const std::set<std::string>& lines) {
  std::set<core::ActivityId> shown;
  for (const Scenario& one : scenarios) shown.insert(one.shows.begin(), one.shows.end());
  Gaps gaps;
  std::set<std::string> told;  // "also accepts" gives the same line to several activities
  const auto look = [&](const std::string& place, const std::string& where) {
    if (!lines.contains(where) && told.insert(where).second)
      gaps.branches.push_back(where + ": " + place);
  };
  for (const core::Process& process : mapping.processes) {
    for (const core::ActivityId& id : process.order) {
      const core::Activity& activity = process.activities.at(id);
      if (!shown.contains(id)) gaps.activities.push_back(id);
      for (const core::Transition& one : activity.transitions)
        look(id.text() + ", " + one.on.text(), one.where);
      for (const core::TimedMove& one : activity.timed)
        look(id.text() + ", after " + core::written(one.after, core::Language::en), one.move.where);
    }
    for (const core::Transition& one : process.anywhere) {
      if (!is_out_of_reach(mapping, process, one))
        look(process.id.text() + " anywhere, " + one.on.text(), one.where);
    }
  }
  return gaps;
}

}  // namespace saksbro::rehearse
