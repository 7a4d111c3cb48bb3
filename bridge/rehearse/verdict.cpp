#include "bridge/rehearse/verdict.h"

#include <algorithm>

namespace saksbro::rehearse {
namespace {

// What Saksbro says of its own writes is no news to the process owner.
bool says_nothing(const Phrase& phrase) {
  return phrase.kind == Phrase::Kind::own_write || phrase.kind == Phrase::Kind::nothing_new;
}

std::string indented(const Phrases& reasons) {
  std::string out;
  for (const Phrase& one : reasons) {
    if (!says_nothing(one)) out += "    " + in_english(one) + "\n";
  }
  return out;
}

std::string told(const std::string& name, const Difference& difference) {
  std::string text = difference.where + ": " + name + ": expected " + difference.expected +
                     "; seen " + difference.seen + "\n";
  for (const Phrases& reasons : difference.because) text += indented(reasons);
  return text;
}

// "all 39 (M.1: 20, M.2: 19)"
std::string covered(const core::Mapping& mapping, const Gaps& gaps) {
  std::size_t all = 0;
  std::string each;
  for (const core::Process& process : mapping.processes) {
    const auto missing = static_cast<std::size_t>(
        std::count_if(gaps.activities.begin(), gaps.activities.end(),
                      [&](const auto& id) { return process.activities.contains(id); }));
    const std::size_t count = process.activities.size();
    all += count;
    each += (each.empty() ? "" : ", ") + process.id.text() + ": " +
            std::to_string(count - missing) + (missing == 0 ? "" : " of " + std::to_string(count));
  }
  const std::size_t missing = gaps.activities.size();
  return (missing == 0 ? "all " + std::to_string(all)
                       : std::to_string(all - missing) + " of " + std::to_string(all)) +
         " (" + each + ")";
}

}  // namespace

Verdict judge(const core::Mapping& mapping, const std::vector<Scenario>& scenarios) {
  Verdict verdict;
  verdict.scenarios = scenarios.size();
  std::set<std::string> lines;
  for (const Scenario& scenario : scenarios) {
    Played played = play(mapping, scenario);
    lines.merge(played.lines);
    if (played.difference)
      verdict.differences.emplace_back(scenario.name, std::move(*played.difference));
  }
  verdict.gaps = gaps(mapping, scenarios, lines);
  return verdict;
}

std::string told(const core::Mapping& mapping, const Verdict& verdict) {
  if (verdict.scenarios == 0) return {};
  std::string text;
  for (const auto& [name, difference] : verdict.differences) text += told(name, difference);
  for (const core::ActivityId& id : verdict.gaps.activities)
    text += "no scenario shows " + id.text() + "\n";
  for (const std::string& branch : verdict.gaps.branches)
    text += "no scenario goes this way: " + branch + "\n";
  const std::size_t failed = verdict.differences.size();
  const std::string all = std::to_string(verdict.scenarios);
  if (failed == 0) {
    text += all + (verdict.scenarios == 1 ? " scenario holds" : " scenarios hold");
  } else {
    text += std::to_string(failed) + " of " + all +
            (failed == 1 ? " scenarios does not hold" : " scenarios do not hold");
  }
  return text + "; activities covered: " + covered(mapping, verdict.gaps) + "\n";
}

}  // namespace saksbro::rehearse
