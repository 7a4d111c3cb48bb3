#include "bridge/core/decide/loop_ends.h"

#include "bridge/core/decide/shown.h"
#include "bridge/core/model/last_write.h"
#include "bridge/core/sync/conflicts.h"
#include "bridge/core/sync/loops.h"

namespace saksbro::core {

void end_loop(Unfolding& u, const SystemName& at, const std::string& slot, const Phrase& how) {
  u.because("Tried again: {field} in {system}, {how}.",
            {{"field", name_of_slot(slot)}, {"system", at}, {"how", how}});
  u.fact(LoopEnded{at, slot, how});
  const std::string timer = loop_timer(at, slot);
  if (u.state().timers.contains(timer)) u.fact(TimerStopped{timer});
  // "loop/desk/fields/Fagsystem" may fire an hour after a reload took the system away.
  if (u.mapping().system(at) == nullptr)
    return u.because("Not written: the mapping no longer has the system {system}.",
                     {{"system", at}});
  const auto ticket = u.state().tickets.find(at);
  if (ticket == u.state().tickets.end() || ticket->second.gone) return;
  if (slot == kStatusAttribute) {
    if (!u.state().closed) show_status(u, u.state().status, u.activity().where);
  } else {
    take_what_stands(u, at, name_of_slot(slot));
  }
}

void end_all_loops(Unfolding& u, const Phrase& how) {
  for (const auto& [at, slot] : all_cut(u.state())) end_loop(u, at, slot, how);
}

bool loop_timer_came(Unfolding& u, const std::string& name) {
  if (!name.starts_with(kLoopTimer)) return false;
  const auto [at, slot] = cut_attribute(std::string_view(name).substr(kLoopTimer.size()));
  u.fact(TimerStopped{name});
  if (is_cut(u.state(), at, slot)) end_loop(u, at, slot, {"it has been quiet for an hour", {}});
  return true;
}

}  // namespace saksbro::core
