#include "bridge/views/ways.h"

#include <algorithm>

namespace saksbro::views {
namespace {

bool hears(const core::Activity& activity, const core::Transition& transition) {
  return std::any_of(activity.transitions.begin(), activity.transitions.end(),
                     [&](const core::Transition& one) { return one.where == transition.where; });
}

// Of two that hear equally much, the later one: the routine looks ahead.
const core::Activity& owner_of(const core::Process& process, const core::Transition& transition,
                               const core::Activity& here) {
  const core::Activity* owner = &here;
  if (transition.where.empty()) return here;
  for (const core::ActivityId& id : process.order) {
    const core::Activity& other = process.activities.at(id);
    if (hears(other, transition) && other.transitions.size() <= owner->transitions.size())
      owner = &other;
  }
  return *owner;
}

}  // namespace

bool leads_on(const core::TimedMove& timed) { return timed.move.next && !timed.repeats; }

Heard heard_at(const core::Process& process, const core::Activity& activity) {
  Heard heard;
  bool away = !activity.then.empty() || activity.ends;
  for (const core::Transition& one : activity.transitions) {
    const core::Activity& owner = owner_of(process, one, activity);
    if (&owner != &activity) {
      if (std::find(heard.also.begin(), heard.also.end(), owner.id) == heard.also.end())
        heard.also.push_back(owner.id);
      continue;
    }
    heard.own.push_back(&one);
    away = away || one.next;
  }
  if (away || heard.also.empty()) return heard;
  heard = {};
  for (const core::Transition& one : activity.transitions) heard.own.push_back(&one);
  return heard;
}

}  // namespace saksbro::views
