#include "bridge/core/model/retry.h"

#include <algorithm>
#include <cstddef>

namespace saksbro::core {

namespace {

using std::chrono::milliseconds;

milliseconds jittered(milliseconds wait, double jitter, double chance) {
  const double factor = 1.0 + jitter * (2.0 * chance - 1.0);
  return milliseconds(static_cast<milliseconds::rep>(static_cast<double>(wait.count()) * factor));
}

// The longest wait of the schedule is where the doubling ends.
milliseconds throttled_wait(const RetryPolicy& policy, std::size_t step, double chance) {
  constexpr std::size_t kDoublingsMost = 20;
  const milliseconds longest = policy.waits.back();
  const milliseconds doubled{milliseconds(policy.throttled).count()
                             << std::min(step, kDoublingsMost)};
  return std::max<milliseconds>(policy.throttled,
                                jittered(std::min(doubled, longest), policy.jitter, chance));
}

}  // namespace

std::variant<RetryAt, GiveUp> after_failure(const RetryPolicy& policy, const FailedAttempt& failed,
                                            Instant now, double chance) {
  if (now - failed.made_at >= policy.give_up) {
    return GiveUp{
        {"no success in {count} days; the last reason: {why}",
         {{"count", std::to_string(policy.give_up.count() / 24)}, {"why", failed.failure.why}}}};
  }
  const auto step = static_cast<std::size_t>(std::max(failed.attempt, 1) - 1);
  auto wait =
      jittered(policy.waits.at(std::min(step, policy.waits.size() - 1)), policy.jitter, chance);
  if (failed.throttled == Throttled::yes)
    wait = std::max(wait, throttled_wait(policy, step, chance));
  return RetryAt{std::max(now + wait, failed.failure.not_before.value_or(now))};
}

}  // namespace saksbro::core
