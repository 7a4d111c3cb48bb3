// A status that a person set after the ticket was read, and that our own write has replaced:
// trackers know no write that is done only where the status is still the one that was read. Their
// history tells it afterwards. A human's change wins (invariant 11): it is heard as if it had come
// last, and put back where it moves nothing. Internal to core.
#pragma once

#include <optional>

#include "bridge/core/decision/decision_builder.h"

namespace saksbro::core {

// The ticket as it would be had our write come first; none: nothing of a person's was overwritten.
// Only where the ticket shows the status of the case: elsewhere a status of ours is an answer to
// what has happened, and holds.
[[nodiscard]] std::optional<Ticket> with_a_persons_status_last(const DecisionBuilder& builder,
                                                               const Ticket& ticket);

// Puts back what stands between its making and its end, unless what was heard meanwhile has moved
// the case, or has set the status itself.
class PuttingBack {
 public:
  // `unfolding` must outlive this.
  PuttingBack(DecisionBuilder& builder, const std::string& theirs);
  void unless_decided();

 private:
  DecisionBuilder& builder_;
  Status status_;
  ActivityId activity_;
  IdempotencyKey written_;  // the status command that was the last one
};

}  // namespace saksbro::core
