#include "bridge/core/decide/late_statuses.h"

#include <algorithm>

#include "bridge/core/decide/steps.h"

namespace saksbro::core {
namespace {

bool write_is_on_its_way(const Case& state, const SystemName& at) {
  return std::any_of(state.intents.begin(), state.intents.end(), [&](const Intent& one) {
    return one.at == at && one.attribute == kStatusAttribute;
  });
}

bool counts_now(const DecisionBuilder& b, const Unheard& one) {
  const auto open = open_transitions(b);
  return std::any_of(open.begin(), open.end(), [&](const Transition* transition) {
    return transition->on == one.signal && allows(*transition, one.role) &&
           b.holds(transition->when);
  });
}

void hear_at(DecisionBuilder& b, const SystemName& at, const Unheard& one) {
  const bool stands = b.state().tickets.at(at).status == one.word;
  if (stands && (write_is_on_its_way(b.state(), at) || !counts_now(b, one))) return;
  b.remember(StatusUnheard{at, std::nullopt});
  if (!stands) return;
  SignalEvent heard;
  heard.signal = one.signal;
  heard.at = at;
  heard.by = one.by;
  heard.role = one.role;
  heard.how = Phrase("Status \"{word}\", which the ticket shows since before it counted,",
                     {{"word", one.word}});
  heard.visibility = Visibility::everyone;
  heard.explicit_move = true;
  (void)hear(b, heard);
}

}  // namespace

void hear_what_stands(DecisionBuilder& b) {
  if (b.state().process.empty()) return;
  for (const auto& [name, system] : b.mapping().systems) {
    const auto ticket = b.state().tickets.find(name);
    if (ticket == b.state().tickets.end() || ticket->second.gone || b.state().closed) continue;
    if (const auto one = memory_of(b.state().memory, name).unheard) hear_at(b, name, *one);
  }
}

}  // namespace saksbro::core
