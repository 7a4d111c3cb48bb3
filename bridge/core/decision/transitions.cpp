#include "bridge/core/decision/transitions.h"

#include <algorithm>

namespace saksbro::core {

bool is_words(const std::string& source) { return source == "text" || source == "text or nothing"; }

bool allows(const Transition& transition, const Role& role) {
  return std::find(transition.by.begin(), transition.by.end(), role) != transition.by.end();
}

std::vector<const Transition*> open_transitions(const DecisionBuilder& b) {
  std::vector<const Transition*> open;
  for (const Transition& one : b.activity().transitions) open.push_back(&one);
  if (b.activity().ends) return open;
  for (const Transition& one : b.process().anywhere) open.push_back(&one);
  return open;
}

bool takes_words_as(const Transition& transition, const std::string& value) {
  return std::any_of(transition.keep.begin(), transition.keep.end(),
                     [&](const auto& one) { return one.first == value && is_words(one.second); });
}

}  // namespace saksbro::core
