#include "bridge/run/poll/epoch.h"

#include <algorithm>

#include "bridge/core/time/calendar.h"

namespace saksbro::run {
namespace {

store::MemoryKey epoch_key(const SystemName& system) { return {"epoch", system.text()}; }

// Of a store that an older program made: it has served since the store was made.
Result<Instant> first_served(store::Transaction& tx, const store::Store& store,
                             const SystemName& system, Instant now) {
  const auto polled = tx.polls().cursor(system);
  if (!polled) return tl::unexpected(polled.error());
  // The first start makes the store, and comes here a moment later.
  constexpr std::chrono::minutes kStart{1};
  return *polled || now - store.epoch() < kStart ? store.epoch() : now;
}

}  // namespace

Result<Instant> epoch_of(store::Transaction& tx, const store::Store& store,
                         const SystemName& system) {
  const auto known = tx.memory().get(epoch_key(system));
  if (!known) return tl::unexpected(known.error());
  return *known ? (*known)->at : store.epoch();
}

Result<void> remember_epochs(store::Store& store, const Systems& systems, Instant now) {
  auto tx = store.begin();
  if (!tx) return tl::unexpected(tx.error());
  for (const auto& [name, system] : systems) {
    if (!system->abilities().has_tickets) continue;
    const auto known = (*tx)->memory().get(epoch_key(name));
    if (!known) return tl::unexpected(known.error());
    if (*known) continue;
    const auto since = first_served(**tx, store, name, now);
    if (!since) return tl::unexpected(since.error());
    if (auto set = (*tx)->memory().set(epoch_key(name), {*since, ""}); !set) return set;
  }
  return (*tx)->commit();
}

std::optional<Instant> first_poll(const core::Mapping& mapping, const SystemName& system) {
  std::optional<Instant> first;
  for (const core::Process& process : mapping.processes) {
    for (const core::Begin& begin : process.begins) {
      if (begin.at != system || !begin.from) continue;
      const Instant from = core::instant_of(mapping.calendar, *begin.from);
      first = std::min(first.value_or(from), from);
    }
  }
  return first;
}

}  // namespace saksbro::run
