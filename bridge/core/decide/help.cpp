#include "bridge/core/decide/help.h"

#include <algorithm>
#include <vector>

#include "bridge/core/speech/translation.h"

namespace saksbro::core {
namespace {

// "/sak løst", in the words that people there use; empty: no command says it.
std::string command_for(const SystemMapping& system, const Signal& signal) {
  const auto cues = system.signals.find(signal);
  if (cues == system.signals.end()) return "";
  const Cue* best = nullptr;
  for (const Cue& cue : cues->second) {
    if (cue.kind != Cue::Kind::command) continue;
    if (best == nullptr || cue.language == system.language) best = &cue;
  }
  if (best == nullptr) return "";
  return (system.language == Language::nb ? "/sak " : "/case ") + best->what;
}

struct Choice {
  std::string command;
  const Transition* transition = nullptr;
};

// Each command once, as the routine lists them.
std::vector<Choice> choices(const DecisionBuilder& b, const SystemName& at, const Role& role) {
  std::vector<Choice> all;
  const SystemMapping& system = b.mapping().known_system(at);
  for (const Transition* one : open_transitions(b)) {
    if (!allows(*one, role) || !b.holds(one->when)) continue;
    std::string command = command_for(system, one->on);
    const bool listed = std::any_of(all.begin(), all.end(),
                                    [&](const Choice& other) { return other.command == command; });
    if (!command.empty() && !listed) all.push_back({std::move(command), one});
  }
  return all;
}

std::string listed(const std::vector<Choice>& choices) {
  std::string list;
  for (const Choice& one : choices) list += (list.empty() ? "" : ", ") + one.command;
  return list;
}

std::string title_of_value(const DecisionBuilder& b, const std::string& name, Language language) {
  const auto value = b.process().values.find(name);
  const bool titled = value != b.process().values.end() && !value->second.title.nb.empty();
  return titled ? value->second.title.in(language) : name;
}

Phrase described(const DecisionBuilder& b, const Choice& choice, Language language) {
  const Transition& transition = *choice.transition;
  Phrase::Args args{{"command", choice.command}};
  if (transition.needs) args["need"] = title_of_value(b, *transition.needs, language);
  const bool words = transition.needs && takes_words_as(transition, *transition.needs);
  if (!transition.next) {
    if (words) return {"{command} ‹{need}›", args};
    if (transition.needs) return {"{command}, when {need} is filled in", args};
    return {"{command}", args};
  }
  args["activity.titled"] = *transition.next;
  if (words) return {"{command} ‹{need}›: leads to {activity.titled}", args};
  if (transition.needs)
    return {"{command}, when {need} is filled in: leads to {activity.titled}", args};
  return {"{command}: leads to {activity.titled}", args};
}

}  // namespace

std::string possible_now(const DecisionBuilder& b, const SystemName& at, const Role& role) {
  const std::string all = listed(choices(b, at, role));
  return all.empty() ? b.mapping().texts.nothing.in(b.language_of(at)) : all;
}

std::string commands_now(const DecisionBuilder& b, const SystemName& at, const Role& role) {
  const Language language = b.language_of(at);
  const Tongue spoken_there = tongue(language, b.mapping(), b.process());
  std::string lines;
  for (const Choice& one : choices(b, at, role))
    lines += (lines.empty() ? "" : "\n") + spoken(described(b, one, language), spoken_there);
  return lines.empty() ? b.mapping().texts.nothing.in(language) : lines;
}

std::string commands_of_others(const DecisionBuilder& b, const SystemName& at, const Role& role) {
  const Language language = b.language_of(at);
  std::string others;
  for (const auto& [other, title] : b.process().roles) {
    if (other == role || !b.mapping().known_system(at).has_role(other)) continue;
    const std::string commands = listed(choices(b, at, other));
    if (!commands.empty())
      others += (others.empty() ? "" : "; ") + title.in(language) + " " + commands;
  }
  if (others.empty()) return "";
  return spoken({"Others can now: {list}", {{"list", others}}},
                tongue(language, b.mapping(), b.process()));
}

std::string who_may(const DecisionBuilder& b, const Signal& signal, Language language) {
  std::vector<Role> roles;
  for (const Transition* one : open_transitions(b)) {
    if (one->on != signal || !b.holds(one->when)) continue;
    for (const Role& role : one->by) {
      if (std::find(roles.begin(), roles.end(), role) == roles.end()) roles.push_back(role);
    }
  }
  std::string titles;
  for (const Role& role : roles)
    titles += (titles.empty() ? "" : ", ") + b.title_of(role, language);
  return titles;
}

}  // namespace saksbro::core
