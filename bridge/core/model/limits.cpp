#include "bridge/core/model/limits.h"

#include <algorithm>
#include <cmath>

namespace saksbro::core {
namespace {

constexpr double kAtOnce = 0.25;
constexpr std::size_t kTicketsMost = 1'000;

std::optional<Bucket> bucket_of(const std::optional<Rate>& rate) {
  return rate ? std::optional<Bucket>(*rate) : std::nullopt;
}

}  // namespace

Bucket::Bucket(const Rate& rate)
    : per_ms_(static_cast<double>(rate.count) / static_cast<double>(rate.per.count())),
      capacity_(std::max(1.0, std::floor(kAtOnce * rate.count))),
      tokens_(capacity_) {}

double Bucket::held(Ticks now) const {
  const auto passed = static_cast<double>(std::max(now - at_, Ticks{0}).count());
  return std::min(capacity_, tokens_ + passed * per_ms_);
}

std::chrono::milliseconds Bucket::wait(Ticks now) const {
  constexpr double kRounding = 1e-9;
  const double missing = 1.0 - held(now);
  if (missing <= kRounding) return std::chrono::milliseconds{0};
  return std::chrono::milliseconds{
      static_cast<std::chrono::milliseconds::rep>(std::ceil(missing / per_ms_))};
}

void Bucket::take(Ticks now) {
  tokens_ = held(now) - 1.0;
  at_ = std::max(at_, now);
}

bool Bucket::full(Ticks now) const { return held(now) >= capacity_; }

Budgets::Budgets(const Limits& limits)
    : limits_(limits),
      calls_(bucket_of(limits.calls)),
      searches_(bucket_of(limits.searches)),
      reads_(bucket_of(limits.reads)),
      writes_(bucket_of(limits.writes)) {}

std::optional<Bucket>& Budgets::of(CallClass kind) {
  if (kind == CallClass::search) return searches_;
  return kind == CallClass::read ? reads_ : writes_;
}

std::chrono::milliseconds Budgets::take(CallClass kind, Ticks now) {
  std::chrono::milliseconds wait{0};
  std::optional<Bucket>& own = of(kind);
  if (calls_) wait = calls_->wait(now);
  if (own) wait = std::max(wait, own->wait(now));
  if (wait.count() > 0) return wait;
  if (calls_) calls_->take(now);
  if (own) own->take(now);
  return wait;
}

std::chrono::milliseconds Budgets::take_ticket(const std::string& ticket, Ticks now) {
  if (!limits_.per_ticket) return std::chrono::milliseconds{0};
  if (tickets_.size() >= kTicketsMost)
    std::erase_if(tickets_, [&](const auto& one) { return one.second.full(now); });
  Bucket& bucket = tickets_.emplace(ticket, Bucket(*limits_.per_ticket)).first->second;
  const auto wait = bucket.wait(now);
  if (wait.count() == 0) bucket.take(now);
  return wait;
}

}  // namespace saksbro::core
