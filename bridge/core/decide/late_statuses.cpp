#include "bridge/core/decide/late_statuses.h"

#include <algorithm>

#include "bridge/core/decide/steps.h"
#include "bridge/core/decide/unheard.h"
#include "bridge/core/model/memory.h"

namespace saksbro::core {
namespace {

bool write_is_on_its_way(const Case& state, const SystemName& at) {
  return std::any_of(state.intents.begin(), state.intents.end(), [&](const Intent& one) {
    return one.at == at && one.attribute == kStatusAttribute;
  });
}

bool counts_now(const Unfolding& u, const Unheard& one) {
  const auto open = open_transitions(u);
  return std::any_of(open.begin(), open.end(), [&](const Transition* transition) {
    return transition->on.text() == one.signal && allows(*transition, Role{one.role}) &&
           u.holds(transition->when);
  });
}

void hear_at(Unfolding& u, const SystemName& at, const Unheard& one) {
  const bool stands = u.state().tickets.at(at).status == one.word;
  if (stands && (write_is_on_its_way(u.state(), at) || !counts_now(u, one))) return;
  u.fact(ValueKept{unheard_at(at), ""});
  if (!stands) return;
  Heard heard;
  heard.signal = Signal{one.signal};
  heard.at = at;
  heard.by = one.by;
  heard.role = Role{one.role};
  heard.how = Phrase("Status \"{word}\", which the ticket shows since before it counted,",
                     {{"word", one.word}});
  heard.visibility = Visibility::everyone;
  heard.explicit_move = true;
  (void)hear(u, heard);
}

}  // namespace

void hear_what_stands(Unfolding& u) {
  if (u.state().process.empty()) return;
  for (const auto& [name, system] : u.mapping().systems) {
    const auto ticket = u.state().tickets.find(name);
    if (ticket == u.state().tickets.end() || ticket->second.gone || u.state().closed) continue;
    if (const auto one = kept_unheard(u.state(), name)) hear_at(u, name, *one);
  }
}

}  // namespace saksbro::core
