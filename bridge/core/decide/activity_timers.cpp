#include "bridge/core/decide/activity_timers.h"

namespace saksbro::core {
namespace {

std::string deadline_name(const ActivityId& activity) {
  return std::string(kDeadline) + activity.text();
}

// So long before the end: counted in the same kind of time, from the beginning.
Instant near(const DecisionBuilder& b, const Deadline& deadline) {
  Span until = deadline.within;
  const Calendar& calendar = b.mapping().calendar;
  const Instant end = due(b, until);
  if (!deadline.warn) return end;
  if (deadline.warn->kind == Span::Kind::plain) return end - deadline.warn->length;
  const auto whole = working_time_between(calendar, b.state().entered_at, end);
  const auto warn = working_time_between(calendar, b.state().entered_at,
                                         later(calendar, b.state().entered_at, *deadline.warn));
  return after_working_time(calendar, b.state().entered_at, whole - warn);
}

}  // namespace

std::string after_name(const ActivityId& activity, std::size_t index) {
  return std::string(kAfter) + activity.text() + "/" + std::to_string(index + 1);
}

Instant due(const DecisionBuilder& b, const Span& span) {
  return later(b.mapping().calendar, b.state().entered_at, span);
}

void set_timers(DecisionBuilder& b) {
  const auto timers = b.state().timers;
  for (const auto& [name, when] : timers) {
    if (name.starts_with(kAfter) || name.starts_with(kDeadline)) b.fact(TimerStopped{name});
  }
  const Activity& activity = b.activity();
  for (std::size_t i = 0; i < activity.timed.size(); ++i) {
    b.fact(TimerSet{after_name(activity.id, i), due(b, activity.timed[i].after)});
  }
  if (!activity.deadline) return;
  const std::string name = deadline_name(activity.id);
  b.fact(TimerSet{name, due(b, activity.deadline->within)});
  if (activity.deadline->warn) b.fact(TimerSet{name + "/near", near(b, *activity.deadline)});
}

}  // namespace saksbro::core
