#include "bridge/run/calls/traffic.h"

#include <algorithm>

#include "bridge/run/observe/log.h"

namespace saksbro::run {
namespace {

using std::chrono::milliseconds;

// A look with a question in it makes the other side search.
core::CallClass class_of(const Call& call) {
  if (call.repeat == Repeat::never) return core::CallClass::write;
  const bool searches = call.url.find('?') != std::string::npos;
  return searches ? core::CallClass::search : core::CallClass::read;
}

void log_not_stored(const SystemName& system, const Error& error) {
  log::error("outage.not_stored",
             {{"system", system.text()}, {"where", error.where}, {"why", error.what}});
}

}  // namespace

Traffic::Traffic(TrafficParts parts) : parts_(std::move(parts)), budgets_(parts_.limits) {
  parts_.metrics.set("saksbro_breaker_open", its(), 0);
  parts_.metrics.set("saksbro_system_parked", its(), 0);
}

Result<void> Traffic::take_up() {
  auto tx = parts_.store.begin();
  if (!tx) return tl::unexpected(tx.error());
  const auto known = (*tx)->outages().of(parts_.name);
  if (!known) return tl::unexpected(known.error());
  if (!*known) return {};
  breaker_.reopen(parts_.clock.ticks());
  parked_ = (*known)->parked_at.has_value();
  parts_.metrics.set("saksbro_breaker_open", its(), 1);
  parts_.metrics.set("saksbro_system_parked", its(), parked_ ? 1 : 0);
  return {};
}

void Traffic::ended(Permit permit, const codec::Judgement& judged, const RetryLater* later) {
  Told told{judged.system, judged.asked_quiet, std::nullopt};
  if (later != nullptr && later->scope == Scope::system) told.at_once = true;
  if (judged.asked_quiet && later != nullptr && later->not_before) {
    told.quiet = std::max(*later->not_before - parts_.clock.now(), milliseconds{0});
  }
  const Phrase why = later == nullptr ? Phrase() : later->why;
  switch (breaker_.ended(permit, told, parts_.clock.ticks())) {
    case Turned::no:
      return;
    case Turned::opened:
      return opened(why, false);
    case Turned::failed_again:
      return opened(why, true);
    case Turned::closed:
      return closed();
  }
}

void Traffic::opened(const Phrase& why, bool again) {
  parts_.metrics.set("saksbro_breaker_open", its(), 1);
  const auto wait = std::chrono::ceil<std::chrono::seconds>(closed_for().value_or(milliseconds{0}));
  if (!again) {
    log::error(
        "system.paused",
        {{"system", parts_.name.text()}, {"why", in_english(why)}, {"probe_in_s", wait.count()}});
  }
  if (auto kept = remember(why); !kept) log_not_stored(parts_.name, kept.error());
}

Result<void> Traffic::remember(const Phrase& why) {
  auto tx = parts_.store.begin();
  if (!tx) return tl::unexpected(tx.error());
  const Instant now = parts_.clock.now();
  const auto known = (*tx)->outages().of(parts_.name);
  if (!known) return tl::unexpected(known.error());
  store::Outage outage = known->value_or(store::Outage{parts_.name, now, why, std::nullopt});
  const bool parks = !outage.parked_at && now - outage.since >= parts_.park_after;
  outage.why = why;
  if (parks) outage.parked_at = now;
  if (auto set = (*tx)->outages().set(outage); !set) return set;
  if (auto committed = (*tx)->commit(); !committed) return committed;
  if (!parks) return {};
  parked_ = true;
  parts_.metrics.set("saksbro_system_parked", its(), 1);
  log::error("system.parked", {{"system", parts_.name.text()},
                               {"why", in_english(why)},
                               {"resume_with", "saksbro redrive --system " + parts_.name.text()}});
  return {};
}

void Traffic::closed() {
  parts_.metrics.set("saksbro_breaker_open", its(), 0);
  log::info("system.resumed", {{"system", parts_.name.text()}, {"parked", parked_.load()}});
  if (parked_) return;  // it answers again, but what waits there is for a person to send
  if (auto gone = forget(); !gone) log_not_stored(parts_.name, gone.error());
}

// What waits for it need not sit out its time.
Result<void> Traffic::forget() {
  auto tx = parts_.store.begin();
  if (!tx) return tl::unexpected(tx.error());
  if (auto over = (*tx)->outages().resume(parts_.name, parts_.clock.now()); !over) return over;
  return (*tx)->commit();
}

bool Traffic::parked() {
  if (!parked_) return false;
  auto tx = parts_.store.begin();
  const auto known = tx ? (*tx)->outages().of(parts_.name) : Result<std::optional<store::Outage>>{};
  if (!tx || !known || (*known && (*known)->parked_at)) return true;
  parked_ = false;
  parts_.metrics.set("saksbro_system_parked", its(), 0);
  log::info("system.resumed_by_order", {{"system", parts_.name.text()}});
  return false;
}

bool Traffic::spend(const Call& call, milliseconds longest) {
  const core::Ticks until = parts_.clock.ticks() + longest;
  for (;;) {
    milliseconds wait{0};
    {
      const std::lock_guard lock(budgets_mutex_);
      wait = budgets_.take(class_of(call), parts_.clock.ticks());
    }
    if (wait.count() == 0) return true;
    if (parts_.clock.ticks() + wait > until || parts_.stopping.stopped()) return false;
    parts_.clock.pause(wait, parts_.stopping);
  }
}

milliseconds Traffic::spend_ticket(const std::string& ticket) {
  const std::lock_guard lock(budgets_mutex_);
  return budgets_.take_ticket(ticket, parts_.clock.ticks());
}

}  // namespace saksbro::run
