#include "bridge/core/proof/proof.h"

#include <algorithm>
#include <functional>
#include <set>

namespace saksbro::core {
namespace {

const Role kBridge{"saksbro"};  // says that a version is out

bool is_among(const std::vector<Role>& roles, const Role& role) {
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

// Whether `stricter` never holds without `looser`.
bool implies(const Conditions& stricter, const Conditions& looser) {
  return std::all_of(looser.begin(), looser.end(), [&](const Condition& wanted) {
    return std::any_of(stricter.begin(), stricter.end(), [&](const Condition& one) {
      if (one.value != wanted.value) return false;
      if (one.is == wanted.is && one.negated == wanted.negated) return true;
      const bool word_is_known = one.is && !one.negated && !wanted.is && !wanted.negated;
      const bool other_word =
          one.is && wanted.is && !one.negated && wanted.negated && *one.is != *wanted.is;
      return word_is_known || other_word;
    });
  });
}

class Proof {
 public:
  Proof(const Mapping& mapping, const Process& process) : mapping_(mapping), process_(process) {}

  Errors find() {
    reach();
    begins();
    for (const ActivityId& id : process_.order) {
      const Activity& activity = process_.activities.at(id);
      if (!reached_.contains(id))
        wrong(activity.where, id, "unreachable: no transition leads here");
      way_out(activity);
      onward(activity);
      if (activity.question) answers(activity, *activity.question);
      for (const Transition& one : activity.transitions) sayable(id.text(), one);
      never_heard(id.text(), activity.transitions);
      timed(activity);
    }
    for (const Transition& one : process_.anywhere) sayable("anywhere", one);
    never_heard("anywhere", process_.anywhere);
    return std::move(errors_);
  }

 private:
  void wrong(const std::string& where, const std::string& place, std::string what) {
    const Error error{where, place + ": " + std::move(what)};
    if (std::find(errors_.begin(), errors_.end(), error) == errors_.end()) errors_.push_back(error);
  }
  void wrong(const std::string& where, const ActivityId& id, std::string what) {
    wrong(where, "activities." + id.text(), std::move(what));
  }

  static void each_next(const Activity& activity, const std::function<void(ActivityId)>& look) {
    for (const Onward& one : activity.then) look(one.next);
    for (const Transition& one : activity.transitions) {
      if (one.next) look(*one.next);
    }
    for (const TimedMove& one : activity.timed) {
      if (one.move.next) look(*one.move.next);
    }
  }

  void reach() {
    std::vector<ActivityId> open;
    for (const Begin& begin : process_.begins) open.push_back(begin.activity);
    while (!open.empty()) {
      const ActivityId id = open.back();
      open.pop_back();
      if (!reached_.insert(id).second) continue;
      const Activity& activity = process_.activities.at(id);
      each_next(activity, [&](const ActivityId& next) { open.push_back(next); });
      if (activity.ends) continue;
      for (const Transition& one : process_.anywhere) {
        if (one.next) open.push_back(*one.next);
      }
    }
  }

  // The first that fits counts, of all processes.
  void begins() {
    std::vector<const Begin*> before;
    for (const Process& process : mapping_.processes) {
      for (const Begin& begin : process.begins) {
        const auto shadow = std::find_if(before.begin(), before.end(), [&](const Begin* one) {
          return one->at == begin.at && implies(begin.when, one->when);
        });
        if (process.id == process_.id && shadow != before.end()) {
          wrong(begin.where, "begins",
                "no case begins by this line: " + (*shadow)->where + " matches each of them first");
        }
        before.push_back(&begin);
      }
    }
  }

  bool can_be_heard(const Transition& transition) const {
    return (!process_.registered.empty() && transition.on == process_.registered) ||
           std::any_of(transition.by.begin(), transition.by.end(),
                       [&](const Role& role) { return can_say(role, transition.on); });
  }

  void way_out(const Activity& activity) {
    if (activity.ends) return;
    const auto leads_away = [&](const Transition& one) {
      return one.next && *one.next != activity.id && can_be_heard(one);
    };
    const auto time_leads_away = [&](const TimedMove& one) {
      return one.move.next && *one.move.next != activity.id;
    };
    const auto& own = activity.transitions;
    const auto& anywhere = process_.anywhere;
    const bool out = std::any_of(own.begin(), own.end(), leads_away) ||
                     std::any_of(anywhere.begin(), anywhere.end(), leads_away) ||
                     std::any_of(activity.timed.begin(), activity.timed.end(), time_leads_away) ||
                     goes_on_at_once(activity);
    if (!out)
      wrong(activity.where, activity.id, "no transition leaves it, and it does not end the case");
  }

  static bool goes_on_at_once(const Activity& activity) {
    return std::any_of(activity.then.begin(), activity.then.end(),
                       [](const Onward& one) { return one.when.empty(); });
  }

  void onward(const Activity& activity) {
    for (std::size_t later = 1; later < activity.then.size(); ++later) {
      for (std::size_t i = 0; i < later; ++i) {
        if (!implies(activity.then[later].when, activity.then[i].when)) continue;
        wrong(activity.where, activity.id,
              "then: " + activity.then[later].next.text() + " is never reached: " +
                  activity.then[i].next.text() + " comes before it, and holds whenever it does");
        break;
      }
    }
    const bool waits =
        !activity.transitions.empty() || !activity.timed.empty() || activity.question.has_value();
    if (waits && goes_on_at_once(activity)) {
      wrong(activity.where, activity.id,
            "\"then\" leaves it at once, so it never accepts a signal or asks a question");
    }
  }

  void answers(const Activity& activity, const Question& question) {
    for (const Signal& answer : question.answers) {
      const Transition* heard = nullptr;
      const auto look = [&](const std::vector<Transition>& transitions) {
        for (const Transition& one : transitions) {
          if (heard == nullptr && one.on == answer && is_among(one.by, question.of)) heard = &one;
        }
      };
      look(activity.transitions);
      look(process_.anywhere);
      const std::string what = "the answer \"" + answer.text() + "\" to \"" + question.name + "\"";
      if (heard == nullptr) {
        wrong(activity.where, activity.id,
              what + " is not accepted here from " + question.of.text());
      } else if (!heard->next) {
        wrong(heard->where, activity.id, what + " leads nowhere (next)");
      }
    }
  }

  // By a cue in a system where somebody has that role, by a link in some text, or by the bridge.
  bool can_say(const Role& role, const Signal& signal) const {
    if (role == kBridge) return process_.release && process_.release->signal == signal;
    const bool in_a_tracker =
        std::any_of(mapping_.systems.begin(), mapping_.systems.end(), [&](const auto& entry) {
          const auto& [name, system] = entry;
          return system.has_role(role) && system.signals.contains(signal);
        });
    return in_a_tracker || linked(signal);
  }

  bool linked(const Signal& signal) const {
    bool found = false;
    const auto look = [&](const Words& words) {
      found = found || words.nb.find("{link." + signal.text() + "}") != std::string::npos;
    };
    const auto look_at = [&](const std::vector<ProcessAction>& actions) {
      for (const ProcessAction& action : actions) {
        std::visit(
            [&](const auto& one) {
              if constexpr (requires { one.text; }) look(one.text);
            },
            action.kind);
      }
    };
    const auto look_at_all = [&](const std::vector<Transition>& transitions) {
      for (const Transition& one : transitions) look_at(one.actions);
    };
    for (const auto& [id, activity] : process_.activities) {
      look_at(activity.actions);
      look_at_all(activity.transitions);
      for (const TimedMove& one : activity.timed) look_at(one.move.actions);
      if (activity.question) look(activity.question->text);
    }
    look_at_all(process_.anywhere);
    return found;
  }

  void sayable(const std::string& place, const Transition& transition) {
    if (can_be_heard(transition)) return;
    std::string roles;
    for (const Role& role : transition.by) roles += (roles.empty() ? "" : " or ") + role.text();
    wrong(transition.where, prefixed(place),
          "\"" + transition.on.text() +
              "\" can be sent by nobody: no system's mapping has it for " +
              (roles.empty() ? "anybody" : roles));
  }

  static std::string prefixed(const std::string& place) {
    return place == "anywhere" ? place : "activities." + place;
  }

  // The first line that fits counts. The same line may stand twice, by "also accepts".
  void never_heard(const std::string& place, const std::vector<Transition>& transitions) {
    for (std::size_t later = 1; later < transitions.size(); ++later) {
      const Transition& two = transitions[later];
      for (const Role& role : two.by) {
        for (std::size_t i = 0; i < later; ++i) {
          const Transition& one = transitions[i];
          if (one.where == two.where || one.on != two.on || !is_among(one.by, role)) continue;
          if (!implies(two.when, one.when)) continue;
          wrong(two.where, prefixed(place),
                "\"" + two.on.text() + "\" of " + role.text() +
                    " never reaches this line: " + one.where + " accepts it first");
          break;
        }
      }
    }
  }

  // A move that leads away at the latest when the other comes.
  void timed(const Activity& activity) {
    const Instant begin{std::chrono::sys_days{std::chrono::year{2026} / 1 / 5}};
    const auto end = [&](const TimedMove& one) {
      return later(mapping_.calendar, begin, one.after);
    };
    for (const TimedMove& two : activity.timed) {
      for (const TimedMove& one : activity.timed) {
        if (&one == &two || !one.move.next || !one.move.when.empty() || end(one) > end(two))
          continue;
        if (end(one) == end(two) && &one > &two) continue;
        wrong(two.move.where, activity.id,
              "after " + written(two.after, Language::en) + " never comes: " + one.move.where +
                  " leads away before");
        break;
      }
    }
  }

  const Mapping& mapping_;
  const Process& process_;
  std::set<ActivityId> reached_;
  Errors errors_;
};

}  // namespace

Errors prove(const Mapping& mapping) {
  Errors all;
  for (const Process& process : mapping.processes) {
    Errors errors = Proof(mapping, process).find();
    all.insert(all.end(), errors.begin(), errors.end());
  }
  return all;
}

}  // namespace saksbro::core
