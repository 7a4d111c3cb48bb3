#include "bridge/core/decide/timers.h"

#include "bridge/core/decide/activity_timers.h"
#include "bridge/core/decide/process_actions.h"
#include "bridge/core/decide/steps.h"

namespace saksbro::core {
namespace {

void say_deadline(DecisionBuilder& b, const Words& words, const Deadline& deadline) {
  const auto desk = b.desk();
  if (!desk) return;
  const Language language = b.language_of(*desk);
  b.say(*desk,
        b.text(words, *desk,
               {{"activity", b.activity().title.in(language)},
                {"due", written(b.mapping().calendar, due(b, deadline.within), language)},
                {"ball", b.title_of(b.ball(), language)}}),
        Visibility::internal, deadline.where);
}

void deadline_came(DecisionBuilder& b, const std::string& name) {
  const auto& deadline = b.activity().deadline;
  b.fact(TimerStopped{name});
  if (!deadline) {
    b.because("The mapping no longer has a deadline there.");
    return;
  }
  if (name.ends_with("/near")) {
    b.because("The deadline is near.", {}, deadline->where);
    say_deadline(b, b.mapping().texts.deadline_near, *deadline);
    return;
  }
  b.because("The deadline has passed.", {}, deadline->where);
  b.fact(DeadlinePassed{b.state().activity, due(b, deadline->within)});
  say_deadline(b, b.mapping().texts.deadline_over, *deadline);
}

const TimedMove* timed_move(const DecisionBuilder& b, const std::string& name) {
  const auto& timed = b.activity().timed;
  for (std::size_t i = 0; i < timed.size(); ++i) {
    if (after_name(b.state().activity, i) == name) return &timed[i];
  }
  return nullptr;
}

void time_passed(DecisionBuilder& b, const std::string& name) {
  const TimedMove* timed = timed_move(b, name);
  b.fact(TimerStopped{name});
  if (timed == nullptr) {
    b.because("The mapping no longer has an action for {timer}.", {{"timer", name}});
    return;
  }
  if (timed->repeats) {
    b.fact(TimerSet{name, later(b.mapping().calendar, b.around().now, timed->after)});
  }
  if (!b.holds(timed->move.when)) {
    b.because("The time has come, but its condition does not hold.", {}, timed->move.where);
    return;
  }
  b.because("After {span} in {activity}.",
            {{"span", written(timed->after, Language::en)},
             {"span.nb", written(timed->after, Language::nb)},
             {"activity", b.state().activity}},
            timed->move.where);
  take(b, timed->move, {});
}

void repeat_alert(DecisionBuilder& b, const std::string& name) {
  const Alert* alert = alert_behind(b, name);
  if (alert == nullptr || !alert->repeat) {
    b.fact(TimerStopped{name});
    b.because("The mapping no longer has an alert to repeat for {timer}.", {{"timer", name}});
    return;
  }
  b.because("Nobody has acknowledged the alert: it is sent again.", {}, b.activity().where);
  for (const SystemName& channel : alert->channels) b.alert(channel, *alert, b.activity().where);
  b.fact(TimerSet{name, b.around().now + *alert->repeat});
}

}  // namespace

void timer_came(DecisionBuilder& b, const std::string& name) {
  if (name.starts_with(kAfter)) return time_passed(b, name);
  if (name.starts_with(kDeadline)) return deadline_came(b, name);
  repeat_alert(b, name);
}

}  // namespace saksbro::core
