// What the engine keeps an eye on: floods, loops, and what was found too late.
#include "bridge/core/decide/decide.h"
#include "bridge/records/phrase_record.h"
#include "bridge/run/engine/author_limit.h"
#include "bridge/run/engine/engine_work.h"
#include "bridge/run/engine/repair.h"

namespace saksbro::run {

// False: it was put aside.
Result<bool> Engine::may_be_heard(Work& work) {
  const auto system = parts_.systems.find(work.row.delivery.system);
  if (system == parts_.systems.end()) return true;
  const auto most = system->second->abilities().hourly_per_author;
  for (const Observation& observation : work.understood.observations) {
    const auto* state = std::get_if<TicketState>(&observation);
    if (!most || state == nullptr || work.row.delivery.kind == DeliveryKind::answer) continue;
    const Person& author = state->ticket.author;
    const auto awaited = is_awaited(work, observation);
    if (!awaited) return tl::unexpected(awaited.error());
    const auto may = allow_author(work.tx, work.row, author.id.empty() ? author.name : author.id,
                                  *most, *awaited);
    if (!may) return tl::unexpected(may.error());
    work.late = *may == Entrance::late;
    if (*may != Entrance::held) continue;
    parts_.metrics.count("saksbro_held_back_total",
                         label("system", work.row.delivery.system.text()));
    auto parked =
        work.park({"more than {count} deliveries came from one sender within an hour: do two "
                   "programs answer each other? Saksbro accepts this one when the hour is over; "
                   "saksbro redrive parked:{seq} accepts it now",
                   {{"count", std::to_string(*most)}, {"seq", std::to_string(work.row.seq)}}});
    if (!parked) return tl::unexpected(parked.error());
    return false;
  }
  return true;
}

// What somebody says who is waited for moves the case, or gives it words: decided on trial.
Result<bool> Engine::is_awaited(Work& work, const Observation& observation) {
  const SystemName& at = work.row.delivery.system;
  auto state = case_for(work, at, observation);
  if (!state) return tl::unexpected(state.error());
  if (!*state) return false;
  return core::answers(
      core::decide(parts_.mapping, *state, at, observation, work.around(parts_.store.epoch())),
      parts_.mapping, at);
}

void Engine::count_loops(const core::Decision& decision) {
  for (const core::Fact& fact : decision.facts) {
    const auto* cut = std::get_if<core::LoopCut>(&fact);
    if (cut == nullptr) continue;
    parts_.metrics.count("saksbro_loops_cut_total", label("system", cut->at.text()));
    log::error("loop.cut", {{"system", cut->at.text()}, {"what", cut->slot}});
  }
}

// Under the decision that it is about, for `explain`.
Result<void> Engine::note_repair(Work& work, const IdempotencyKey& read, const Observed& observed) {
  const auto system = parts_.systems.find(work.row.delivery.system);
  if (!observed.told_something || system == parts_.systems.end()) return {};
  const auto repair =
      repair_of(system->first, system->second->abilities(), Found{read, observed.stale});
  if (!repair) return {};
  parts_.metrics.count("saksbro_repaired_total",
                       label("system", system->first.text()) + "," + label("by", repair->by));
  log::warn("ticket.repaired",
            {{"system", system->first.text()}, {"why", in_english(repair->because)}});
  work.note(repair->because);
  return work.tx.cases().decided(observed.about, work.row.seq,
                                 records::write(Phrases{repair->because}));
}

}  // namespace saksbro::run
