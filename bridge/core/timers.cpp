#include "bridge/core/timers.h"

#include "bridge/core/deeds.h"
#include "bridge/core/steps.h"

namespace saksbro::core {
namespace {

constexpr std::string_view kAfter = "after/";        // after/M.1.2.5/2
constexpr std::string_view kDeadline = "deadline/";  // deadline/M.1.3.5, and .../near

std::string after_name(const ActivityId& activity, std::size_t index) {
  return std::string(kAfter) + activity.text() + "/" + std::to_string(index + 1);
}

std::string deadline_name(const ActivityId& activity) {
  return std::string(kDeadline) + activity.text();
}

Instant due(const Unfolding& u, const Span& span) {
  return later(u.mapping().calendar, u.state().entered_at, span);
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

void say_deadline(Unfolding& u, const Words& words, const Deadline& deadline) {
  const auto desk = u.desk();
  if (!desk) return;
  const Language language = u.language_of(*desk);
  u.say(*desk,
        u.text(words, *desk,
               {{"activity", u.activity().title.in(language)},
                {"due", written(u.mapping().calendar, due(u, deadline.within), language)},
                {"ball", u.title_of(u.ball(), language)}}),
        Visibility::internal, deadline.where);
}

void deadline_came(Unfolding& u, const std::string& name) {
  const auto& deadline = u.activity().deadline;
  u.fact(TimerStopped{name});
  if (!deadline) {
    u.because("The mapping has no deadline there any more.");
    return;
  }
  if (name.ends_with("/near")) {
    u.because("The deadline is near.", {}, deadline->where);
    say_deadline(u, u.mapping().texts.deadline_near, *deadline);
    return;
  }
  u.because("The deadline has passed.", {}, deadline->where);
  u.fact(DeadlinePassed{u.state().activity, due(u, deadline->within)});
  say_deadline(u, u.mapping().texts.deadline_over, *deadline);
}

const TimedMove* timed_move(const Unfolding& u, const std::string& name) {
  const auto& timed = u.activity().timed;
  for (std::size_t i = 0; i < timed.size(); ++i) {
    if (after_name(u.state().activity, i) == name) return &timed[i];
  }
  return nullptr;
}

void time_passed(Unfolding& u, const std::string& name) {
  const TimedMove* timed = timed_move(u, name);
  u.fact(TimerStopped{name});
  if (timed == nullptr) {
    u.because("The mapping has nothing for {timer} any more.", {{"timer", name}});
    return;
  }
  if (timed->repeats) {
    u.fact(TimerSet{name, later(u.mapping().calendar, u.around().now, timed->after)});
  }
  if (!u.holds(timed->move.when)) {
    u.because("The time has come, but its condition does not hold.", {}, timed->move.where);
    return;
  }
  u.because("After {span} in {activity}.",
            {{"span", written(timed->after, Language::en)},
             {"span.nb", written(timed->after, Language::nb)},
             {"activity", u.state().activity}},
            timed->move.where);
  take(u, timed->move, {});
}

void repeat_alert(Unfolding& u, const std::string& name) {
  const Alert* alert = alert_behind(u, name);
  if (alert == nullptr || !alert->repeat) {
    u.fact(TimerStopped{name});
    u.because("The mapping has no alert to repeat for {timer}.", {{"timer", name}});
    return;
  }
  u.because("Nobody has acknowledged: the alert goes out again.", {}, u.activity().where);
  for (const SystemName& channel : alert->channels) u.alert(channel, *alert, u.activity().where);
  u.fact(TimerSet{name, u.around().now + *alert->repeat});
}

}  // namespace

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

void timer_came(Unfolding& u, const std::string& name) {
  if (name.starts_with(kAfter)) return time_passed(u, name);
  if (name.starts_with(kDeadline)) return deadline_came(u, name);
  repeat_alert(u, name);
}

}  // namespace saksbro::core
