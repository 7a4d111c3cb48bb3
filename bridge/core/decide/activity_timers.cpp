#include "bridge/core/decide/activity_timers.h"

namespace saksbro::core {
namespace {

std::string deadline_name(const ActivityId& activity) {
  return std::string(kDeadline) + activity.text();
}

// So long before the end: counted in the same kind of time, from the beginning.
Instant near(const Unfolding& u, const Deadline& deadline) {
  Span until = deadline.within;
  const Calendar& calendar = u.mapping().calendar;
  const Instant end = due(u, until);
  if (!deadline.warn) return end;
  if (deadline.warn->kind == Span::Kind::plain) return end - deadline.warn->length;
  const auto whole = working_time_between(calendar, u.state().entered_at, end);
  const auto warn = working_time_between(calendar, u.state().entered_at,
                                         later(calendar, u.state().entered_at, *deadline.warn));
  return after_working_time(calendar, u.state().entered_at, whole - warn);
}

}  // namespace

std::string after_name(const ActivityId& activity, std::size_t index) {
  return std::string(kAfter) + activity.text() + "/" + std::to_string(index + 1);
}

Instant due(const Unfolding& u, const Span& span) {
  return later(u.mapping().calendar, u.state().entered_at, span);
}

void set_timers(Unfolding& u) {
  const auto timers = u.state().timers;
  for (const auto& [name, when] : timers) {
    if (name.starts_with(kAfter) || name.starts_with(kDeadline)) u.fact(TimerStopped{name});
  }
  const Activity& activity = u.activity();
  for (std::size_t i = 0; i < activity.timed.size(); ++i) {
    u.fact(TimerSet{after_name(activity.id, i), due(u, activity.timed[i].after)});
  }
  if (!activity.deadline) return;
  const std::string name = deadline_name(activity.id);
  u.fact(TimerSet{name, due(u, activity.deadline->within)});
  if (activity.deadline->warn) u.fact(TimerSet{name + "/near", near(u, *activity.deadline)});
}

}  // namespace saksbro::core
