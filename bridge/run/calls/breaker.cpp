#include "bridge/run/calls/breaker.h"

#include <algorithm>

namespace saksbro::run {
namespace {

constexpr int kFailuresBeforeOpen = 3;
constexpr std::chrono::milliseconds kProbeEvery = std::chrono::minutes{1};  // docs/promises.md

}  // namespace

Permit Breaker::ask(core::Ticks now) {
  const std::lock_guard lock(mutex_);
  if (!probe_at_) return Permit::normal;
  if (probing_ || now < *probe_at_) return Permit::none;
  probing_ = true;
  return Permit::probe;
}

void Breaker::give_back(Permit permit) {
  const std::lock_guard lock(mutex_);
  if (permit == Permit::probe) probing_ = false;
}

Turned Breaker::ended(Permit permit, const Told& told, core::Ticks now) {
  const std::lock_guard lock(mutex_);
  if (permit == Permit::probe) probing_ = false;
  if (told.health == SystemHealth::ill) return failed(told, now);
  if (told.health == SystemHealth::unclear) {
    if (permit == Permit::probe && probe_at_) probe_at_ = now + kProbeEvery;
    return Turned::no;
  }
  failures_ = 0;
  // What was under way when it opened proves nothing about now.
  if (!probe_at_ || permit != Permit::probe) return Turned::no;
  probe_at_.reset();
  return Turned::closed;
}

Turned Breaker::failed(const Told& told, core::Ticks now) {
  ++failures_;
  if (!probe_at_ && failures_ < kFailuresBeforeOpen && !told.at_once) return Turned::no;
  const bool was_open = probe_at_.has_value();
  const core::Ticks next = now + told.quiet.value_or(kProbeEvery);
  probe_at_ = std::max(probe_at_.value_or(next), next);
  return was_open ? Turned::failed_again : Turned::opened;
}

void Breaker::reopen(core::Ticks now) {
  const std::lock_guard lock(mutex_);
  if (!probe_at_) probe_at_ = now;
}

std::optional<std::chrono::milliseconds> Breaker::closed_for(core::Ticks now) const {
  const std::lock_guard lock(mutex_);
  if (!probe_at_) return std::nullopt;
  return std::max(*probe_at_ - now, std::chrono::milliseconds{0});
}

}  // namespace saksbro::run
