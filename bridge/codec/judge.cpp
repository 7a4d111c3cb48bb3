#include "bridge/codec/judge.h"

#include <algorithm>

namespace saksbro::codec {
namespace {

bool is_not_repeatable(const Exchange& exchange) { return exchange.call.repeat == Repeat::never; }

const Answer* answer_of(const Exchange& exchange) { return std::get_if<Answer>(&exchange.fate); }

bool is_sent_mail(const Exchange& exchange) { return exchange.call.url.starts_with("smtp"); }

// Refused or put off by a whole answer: without effect. By HTTP a 5xx may come after the deed; by
// SMTP it is a refusal.
bool may_have_had_effect(const Exchange& write) {
  if (std::holds_alternative<NotSent>(write.fate)) return false;
  const Answer* answer = answer_of(write);
  return answer == nullptr || answer->status < 300 ||
         (answer->status >= 500 && !is_sent_mail(write));
}

bool wrote(Transcript calls) {
  return std::any_of(calls.begin(), calls.end(), [](const Exchange& one) {
    return is_not_repeatable(one) && may_have_had_effect(one);
  });
}

bool throttles(int status) { return status == 429 || status == 503; }

bool is_our_fault(const Fate& fate) {
  const auto* unsent = std::get_if<NotSent>(&fate);
  const auto* doubt = std::get_if<InDoubt>(&fate);
  return (unsent != nullptr && unsent->fault == Fault::ours) ||
         (doubt != nullptr && doubt->fault == Fault::ours);
}

bool is_out(const Exchange& last) {
  const Answer* answer = answer_of(last);
  if (answer == nullptr) return !is_our_fault(last.fate);
  const int status = answer->status;
  if (is_sent_mail(last)) return status == 421;  // "service not available, closing"
  if (throttles(status) || status == 502 || status == 504) return true;
  // What a look was answered with, and could not be used: an error, or a page for people.
  return !is_not_repeatable(last) && (status >= 500 || (status >= 200 && status < 300));
}

SystemHealth health_of(const Outcome& outcome, Transcript calls) {
  const auto* later = std::get_if<RetryLater>(&outcome);
  if (later != nullptr && later->scope == Scope::system) return SystemHealth::ill;
  if (calls.empty()) return SystemHealth::unclear;
  if (later == nullptr) return SystemHealth::well;
  return is_out(calls.back()) ? SystemHealth::ill : SystemHealth::unclear;
}

OutcomeClass class_of(const Outcome& outcome, Transcript calls, bool wrote) {
  if (std::holds_alternative<Delivered>(outcome)) return OutcomeClass::done;
  if (std::holds_alternative<Rejected>(outcome)) return OutcomeClass::refused;
  if (wrote) return OutcomeClass::in_doubt;
  const bool unsent = calls.empty() || std::holds_alternative<NotSent>(calls.back().fate);
  return unsent ? OutcomeClass::not_sent : OutcomeClass::later;
}

}  // namespace

Judgement judge(const Outcome& outcome, Transcript calls) {
  Judgement judged;
  judged.wrote = wrote(calls);
  judged.outcome = class_of(outcome, calls, judged.wrote);
  judged.system = health_of(outcome, calls);
  const auto* later = std::get_if<RetryLater>(&outcome);
  if (later == nullptr || calls.empty()) return judged;
  const Answer* last = answer_of(calls.back());
  if (last == nullptr || !throttles(last->status)) return judged;
  // (At a write that is answered 503 not_before may be the settle time alone.)
  judged.asked_quiet =
      later->not_before && (last->status == 429 || last->headers.contains("retry-after"));
  judged.throttled = !judged.asked_quiet;
  return judged;
}

Judgement judge(const RetryLater& later, Transcript calls) { return judge(Outcome{later}, calls); }

}  // namespace saksbro::codec
