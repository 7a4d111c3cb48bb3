#include "bridge/core/decide/organisations.h"

#include <algorithm>

namespace saksbro::core {

bool tells_an_organisation(const Mapping& mapping, const SystemName& system) {
  const auto& all = mapping.organisations;
  return std::any_of(all.begin(), all.end(), [&](const Organisation& one) {
    return one.channel == Organisation::Channel::ticket && one.system == system;
  });
}

std::string organisation_of(const DecisionBuilder& b, const SignalEvent& heard) {
  if (!heard.organisation.empty()) return heard.organisation;
  std::vector<std::string> by_comment;
  for (const Organisation& one : b.mapping().organisations) {
    if (one.system != heard.at) continue;
    if (one.channel == Organisation::Channel::ticket) return one.id;
    if (one.channel == Organisation::Channel::comment) by_comment.push_back(one.id);
  }
  const auto named = b.value(b.mapping().organisation_value);
  if (named && !named->empty()) return *named;
  // A case that the operator reported is nobody's own: who is told on this very ticket answers on
  // it.
  return by_comment.size() == 1 ? by_comment.front() : "";
}

}  // namespace saksbro::core
