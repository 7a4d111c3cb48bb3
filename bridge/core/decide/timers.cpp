#include "bridge/core/decide/timers.h"

#include "bridge/core/decide/activity_timers.h"
#include "bridge/core/decide/deeds.h"
#include "bridge/core/decide/steps.h"

namespace saksbro::core {
namespace {

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

void timer_came(Unfolding& u, const std::string& name) {
  if (name.starts_with(kAfter)) return time_passed(u, name);
  if (name.starts_with(kDeadline)) return deadline_came(u, name);
  repeat_alert(u, name);
}

}  // namespace saksbro::core
