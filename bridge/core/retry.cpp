#include "bridge/core/retry.h"

#include <algorithm>
#include <cstddef>

namespace saksbro::core {

std::variant<RetryAt, GiveUp> after_failure(const RetryPolicy& policy, int attempts,
                                            Instant made_at, const RetryLater& failure, Instant now,
                                            double chance) {
  if (now - made_at >= policy.give_up) {
    return GiveUp{"no success in " + std::to_string(policy.give_up.count() / 24) +
                  " days; the last reason: " + failure.why};
  }
  const auto step = static_cast<std::size_t>(std::max(attempts, 1) - 1);
  const auto wait =
      std::chrono::milliseconds(policy.waits.at(std::min(step, policy.waits.size() - 1)));
  const double factor = 1.0 + policy.jitter * (2.0 * chance - 1.0);
  const auto jittered = std::chrono::milliseconds(
      static_cast<std::chrono::milliseconds::rep>(static_cast<double>(wait.count()) * factor));
  return RetryAt{std::max(now + jittered, failure.not_before.value_or(now))};
}

}  // namespace saksbro::core
