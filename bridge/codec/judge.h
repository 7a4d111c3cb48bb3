// What a conversation with a tracker proves, read from its calls: no connector has to say it, and
// none can forget to.
#pragma once

#include "bridge/contract/call.h"
#include "bridge/contract/outcome.h"
#include "bridge/contract/outcome_class.h"

namespace saksbro::codec {

struct Judgement {
  OutcomeClass outcome = OutcomeClass::later;
  SystemHealth system = SystemHealth::unclear;
  bool throttled = false;    // 429 or 503, without a word about when to come again
  bool asked_quiet = false;  // Retry-After: the whole system wants quiet until not_before
  bool wrote = false;        // a write left, and may have had its effect
};

// `outcome` is what the connector made of the calls.
//
// - in doubt: a write left and no answer said what became of it (lost, cut off, or 5xx), or one was
//   carried out and the conversation then broke off
// - ill: Scope::system; the last call was not sent, got no answer, or was answered 429, 502, 503 or
//   504; a look was answered 5xx, or 2xx with something that the connector could not use
//   (maintenance pages)
[[nodiscard]] Judgement judge(const Outcome& outcome, Transcript calls);

// As above, for a poll that brought no page.
[[nodiscard]] Judgement judge(const RetryLater& later, Transcript calls);

}  // namespace saksbro::codec
