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
std::string covered(const core::Mapping& mapping, const Gaps& gaps, bool nb) {
  const std::string of = nb ? " av " : " of ";
  std::size_t all = 0;
  std::string each;
  for (const core::Process& process : mapping.processes) {
    const auto missing = static_cast<std::size_t>(
        std::count_if(gaps.activities.begin(), gaps.activities.end(),
                      [&](const auto& id) { return process.activities.contains(id); }));
    const std::size_t count = process.activities.size();
    all += count;
    each += (each.empty() ? "" : ", ") + process.id.text() + ": " +
            std::to_string(count - missing) + (missing == 0 ? "" : of + std::to_string(count));
  }
  const std::size_t missing = gaps.activities.size();
  const std::string number = std::to_string(all);
  return (missing == 0 ? (nb ? "alle " : "all ") + number
                       : std::to_string(all - missing) + of + number) +
         " (" + each + ")";
}

// "34 of 127 scenarios do not hold"
std::string held(std::size_t scenarios, std::size_t failed, bool nb) {
  const std::string all = std::to_string(scenarios);
  if (failed == 0) {
    if (nb) return all + (scenarios == 1 ? " scenario holder" : " scenarioer holder");
    return all + (scenarios == 1 ? " scenario holds" : " scenarios hold");
  }
  if (nb) return std::to_string(failed) + " av " + all + " scenarioer holder ikke";
  return std::to_string(failed) + " of " + all +
         (failed == 1 ? " scenarios does not hold" : " scenarios do not hold");
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

std::string told(const core::Mapping& mapping, const Verdict& verdict, core::Language language) {
  if (verdict.scenarios == 0) return {};
  const bool nb = language == core::Language::nb;
  std::string text;
  for (const auto& [name, difference] : verdict.differences) text += told(name, difference);
  for (const core::ActivityId& id : verdict.gaps.activities)
    text += (nb ? "ingen scenario viser " : "no scenario shows ") + id.text() + "\n";
  for (const std::string& branch : verdict.gaps.branches)
    text +=
        (nb ? "ingen scenario går denne veien: " : "no scenario goes this way: ") + branch + "\n";
  return text + held(verdict.scenarios, verdict.differences.size(), nb) +
         (nb ? "; aktiviteter som er dekket: " : "; activities covered: ") +
         covered(mapping, verdict.gaps, nb) + "\n";
}

}  // namespace saksbro::rehearse
