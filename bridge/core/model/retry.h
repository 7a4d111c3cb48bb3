// When a command that could not be done is tried again. Arithmetic only: time and chance come in.
#pragma once

#include <chrono>
#include <string>
#include <variant>
#include <vector>

#include "bridge/contract/outcome.h"
#include "bridge/contract/time.h"

namespace saksbro::core {

// Waits after the 1st, 2nd, ... attempt; the last one repeats until `give_up` after the command was
// made.
struct RetryPolicy {
  std::vector<std::chrono::seconds> waits{std::chrono::seconds{5},  std::chrono::seconds{30},
                                          std::chrono::minutes{2},  std::chrono::minutes{10},
                                          std::chrono::minutes{30}, std::chrono::hours{1},
                                          std::chrono::hours{2},    std::chrono::hours{4}};
  std::chrono::hours give_up{24 * 7};
  double jitter = 0.2;  // of the wait, either way
  // For who says "too much" (429, 503) without saying how long: the first wait at least, doubled by
  // each attempt.
  std::chrono::seconds throttled{60};
};

enum class Throttled { no, yes };

struct RetryAt {
  Instant at;
};
struct GiveUp {
  Phrase why;
};

struct FailedAttempt {
  int attempt = 1;    // how many there have been
  Instant made_at{};  // when the command was
  RetryLater failure;
  Throttled throttled = Throttled::no;
};

// `chance` is in [0, 1); a throttled wait is never shorter than its floor. What the system asked
// for (not_before) is never undercut.
[[nodiscard]] std::variant<RetryAt, GiveUp> after_failure(const RetryPolicy& policy,
                                                          const FailedAttempt& failed, Instant now,
                                                          double chance);

}  // namespace saksbro::core
