#include "bridge/run/maintain/recovery.h"

#include <algorithm>

#include "bridge/codec/rfc3339.h"
#include "bridge/core/sync/recovery.h"
#include "bridge/run/observe/log.h"

namespace saksbro::run {
namespace {

using store::RecoveryStage;

void tell(const std::string& event, const store::RecoveryState& state) {
  log::warn(event, {{"backup_at", codec::write_rfc3339(state.backup_at)},
                    {"sends",
                     state.stage == RecoveryStage::looking ? "looks only" : "looks and creates"}});
}

}  // namespace

Result<std::optional<Phrase>> defer_if_recovering(store::Transaction& tx,
                                                  const core::Mapping& mapping,
                                                  const SystemName& at, const Ticket& ticket,
                                                  bool has_case) {
  const std::optional<Phrase> go_on;
  const auto state = tx.recovery().state();
  if (!state) return tl::unexpected(state.error());
  if (state->stage == RecoveryStage::none) return go_on;
  if (const auto borne = core::borne_number(mapping, at, ticket)) {
    if (auto kept = tx.recovery().bears(borne->origin, borne->number, ticket.created); !kept)
      return tl::unexpected(kept.error());
  }
  if (has_case || state->stage != RecoveryStage::looking) return go_on;
  const Phrase why(
      "A backup was restored: ticket {ticket} of {system} belongs to no case, and starts none "
      "until all systems have been read.",
      {{"ticket", ticket.number}, {"system", at}});
  log::info("recovery.held_back", {{"system", at.text()}, {"ticket", ticket.key.text()}});
  if (!core::borne_marker(mapping, at, ticket).empty()) return why;  // a create finds it
  if (auto put_off = tx.recovery().put_off({at, ticket.key}); !put_off)
    return tl::unexpected(put_off.error());
  return why;
}

Result<void> RecoveryWatch::begin(std::chrono::minutes overlap) {
  auto tx = parts_.store.begin();
  if (!tx) return tl::unexpected(tx.error());
  const Instant now = parts_.clock.now();
  const auto state = (*tx)->recovery().begin(now, overlap);
  if (!state) return tl::unexpected(state.error());
  if (state->stage == RecoveryStage::looking) {
    if (auto read = read_what_no_poll_tells(**tx, state->began_at); !read) return read;
  }
  if (auto committed = (*tx)->commit(); !committed) return committed;
  if (state->stage != RecoveryStage::none) tell("recovery.begins", *state);
  show(state->stage);
  return {};
}

// The same key once: also when the process is started again meanwhile.
Result<void> RecoveryWatch::read(store::Transaction& tx, const store::TicketPlace& ticket,
                                 Instant began_at, const char* why) {
  const IdempotencyKey key{"recovery/" + std::to_string(began_at.time_since_epoch().count()) + "/" +
                           why + "/" + ticket.system.text() + "/" + ticket.key.text()};
  return tx.outbox().append(std::nullopt, 0, parts_.clock.now(),
                            {{key, ticket.system, ReadTicket{ticket.key}, 1},
                             "",
                             {"ticket {ticket} of {system} is read: a backup was restored",
                              {{"ticket", ticket.key}, {"system", ticket.system}}},
                             ""});
}

Result<void> RecoveryWatch::read_what_no_poll_tells(store::Transaction& tx, Instant began_at) {
  for (const auto& [name, system] : parts_.systems) {
    const Abilities abilities = system->abilities();
    if (abilities.poll || !abilities.has_tickets) continue;
    const auto tickets = tx.recovery().tickets_in(name);
    if (!tickets) return tl::unexpected(tickets.error());
    for (const store::TicketPlace& ticket : *tickets) {
      if (auto queued = read(tx, ticket, began_at, "look"); !queued) return queued;
    }
  }
  return {};
}

bool RecoveryWatch::all_caught_up() const {
  return std::all_of(parts_.systems.begin(), parts_.systems.end(), [&](const auto& one) {
    return !one.second->abilities().poll || parts_.caught_up(one.first);
  });
}

// Nothing waits to be decided, and every call of this stage has been tried.
Result<bool> RecoveryWatch::quiet(store::Transaction& tx) {
  // A system that is not configured any more holds nothing up.
  for (const auto& [name, system] : parts_.systems) {
    const auto untried = tx.recovery().untried(name, parts_.clock.now());
    if (!untried) return tl::unexpected(untried.error());
    if (*untried > 0) return false;
  }
  auto reader = parts_.store.reader();
  if (!reader) return tl::unexpected(reader.error());
  const auto counts = (*reader)->counts();
  if (!counts) return tl::unexpected(counts.error());
  return counts->inbox_waiting == 0;
}

Result<RecoveryStage> RecoveryWatch::open(store::Transaction& tx, Instant began_at) {
  const auto tickets = tx.recovery().put_off();
  if (!tickets) return tl::unexpected(tickets.error());
  for (const store::TicketPlace& ticket : *tickets) {
    if (auto queued = read(tx, ticket, began_at, "again"); !queued)
      return tl::unexpected(queued.error());
  }
  return RecoveryStage::opening;
}

Result<RecoveryStage> RecoveryWatch::round() {
  auto tx = parts_.store.begin();
  if (!tx) return tl::unexpected(tx.error());
  auto state = (*tx)->recovery().state();
  if (!state) return tl::unexpected(state.error());
  show(state->stage);
  const RecoveryStage before = state->stage;
  if (before == RecoveryStage::none) return before;
  if (before == RecoveryStage::looking && !all_caught_up()) return before;
  const auto nothing_left = quiet(**tx);
  if (!nothing_left) return tl::unexpected(nothing_left.error());
  if (!*nothing_left) return before;
  Result<RecoveryStage> next = RecoveryStage::none;
  if (before == RecoveryStage::looking) next = open(**tx, state->began_at);
  if (!next) return next;
  if (auto gone_on = (*tx)->recovery().go_on(*next, parts_.clock.now()); !gone_on)
    return tl::unexpected(gone_on.error());
  if (auto committed = (*tx)->commit(); !committed) return tl::unexpected(committed.error());
  state->stage = *next;
  if (*next == RecoveryStage::none) {
    log::warn("recovery.ends", {{"sends", "everything"}});
  } else {
    tell("recovery.opens", *state);
  }
  show(*next);
  return *next;
}

void RecoveryWatch::show(RecoveryStage stage) {
  parts_.metrics.set("saksbro_recovery", "", static_cast<double>(static_cast<int>(stage)));
}

}  // namespace saksbro::run
