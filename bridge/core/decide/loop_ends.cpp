#include "bridge/core/decide/loop_ends.h"

#include "bridge/core/decide/sync_tickets.h"
#include "bridge/core/model/last_write.h"
#include "bridge/core/sync/conflicts.h"
#include "bridge/core/sync/loops.h"

namespace saksbro::core {

void end_loop(DecisionBuilder& b, const SystemName& at, const std::string& slot,
              const Phrase& how) {
  b.because("Tried again: {field} in {system}, {how}.",
            {{"field", name_of_slot(slot)}, {"system", at}, {"how", how}});
  b.fact(LoopEnded{at, slot, how});
  const std::string timer = loop_timer(at, slot);
  if (b.state().timers.contains(timer)) b.fact(TimerStopped{timer});
  // "loop/desk/fields/Fagsystem" may fire an hour after a reload took the system away.
  if (b.mapping().system(at) == nullptr)
    return b.because("Not written: the mapping no longer has the system {system}.",
                     {{"system", at}});
  const auto ticket = b.state().tickets.find(at);
  if (ticket == b.state().tickets.end() || ticket->second.gone) return;
  if (slot == kStatusAttribute) {
    if (!b.state().closed) show_status(b, b.state().status, b.activity().where);
  } else {
    take_what_stands(b, at, name_of_slot(slot));
  }
}

void end_all_loops(DecisionBuilder& b, const Phrase& how) {
  for (const auto& [at, slot] : all_cut(b.state())) end_loop(b, at, slot, how);
}

bool loop_timer_came(DecisionBuilder& b, const std::string& name) {
  if (!name.starts_with(kLoopTimer)) return false;
  const auto [at, slot] = cut_attribute(std::string_view(name).substr(kLoopTimer.size()));
  b.fact(TimerStopped{name});
  if (is_cut(b.state(), at, slot))
    end_loop(b, at, slot, {"nothing has changed it for an hour", {}});
  return true;
}

}  // namespace saksbro::core
