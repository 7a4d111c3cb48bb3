#include "bridge/core/proof/needed_moves.h"

#include <algorithm>
#include <map>
#include <set>

namespace saksbro::core {
namespace {

// No status: the ticket is new, and the case has come to no activity yet that brings one.
using Shown = std::set<std::optional<Status>>;

bool has_role(const std::vector<Role>& roles, const Role& role) {
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

bool has_one_of(const SystemMapping& system, const std::vector<Role>& roles) {
  return std::any_of(roles.begin(), roles.end(),
                     [&](const Role& role) { return system.has_role(role); });
}

class Tour {
 public:
  Tour(const Mapping& mapping, const Process& process, const SystemMapping& system,
       std::vector<NeededMove>& found)
      : mapping_(mapping), process_(process), system_(system), found_(found) {}

  void find() {
    if (system_.follows_status) {
      learn_what_is_shown();
      begins();
    }
    for (const ActivityId& id : process_.order) visit(process_.activities.at(id));
  }

 private:
  // --- which statuses the ticket can show in an activity

  void learn_what_is_shown() {
    for (const Begin& begin : process_.begins)
      shown_[begin.activity] = showing(begin.activity, {std::nullopt});
    for (bool more = true; more;) {
      more = false;
      for (const ActivityId& id : process_.order) {
        each_way(process_.activities.at(id), [&](const ActivityId& next, const Transition*) {
          const Shown now = showing(next, shown_[id]);
          const std::size_t before = shown_[next].size();
          shown_[next].insert(now.begin(), now.end());
          more = more || shown_[next].size() != before;
        });
      }
    }
  }

  [[nodiscard]] Shown showing(const ActivityId& id, const Shown& before) const {
    const auto& status = process_.activities.at(id).status;
    return status ? Shown{*status} : before;
  }

  template <class Look>
  void each_way(const Activity& activity, const Look& look) const {
    for (const Onward& one : activity.then) look(one.next, nullptr);
    const auto each = [&](const std::vector<Transition>& transitions) {
      for (const Transition& one : transitions)
        if (one.next) look(*one.next, &one);
    };
    each(activity.transitions);
    if (!activity.ends) each(process_.anywhere);
    for (const TimedMove& one : activity.timed)
      if (one.move.next) look(*one.move.next, nullptr);
  }

  // --- what is done here

  void begins() {
    for (const Begin& begin : process_.begins) {
      const auto& status = process_.activities.at(begin.activity).status;
      if (begin.at == system_.name && status)
        add({.from = NeededMove::From::new_ticket,
             .to = *status,
             .why = NeededMove::Why::begins,
             .next = begin.activity});
    }
  }

  void visit(const Activity& activity) {
    const auto actions = [&](const std::vector<ProcessAction>& all, const Signal& on) {
      for (const ProcessAction& action : all) done_here(activity, action, on);
    };
    actions(activity.actions, {});
    const auto each = [&](const std::vector<Transition>& transitions) {
      for (const Transition& one : transitions) {
        actions(one.actions, one.on);
        said_here(activity, one);
      }
    };
    each(activity.transitions);
    if (!activity.ends) each(process_.anywhere);
    for (const TimedMove& one : activity.timed) actions(one.move.actions, {});
    if (!system_.follows_status) return;
    each_way(activity, [&](const ActivityId& next, const Transition* heard) {
      leads_on(activity, next, heard);
    });
    if (!activity.ends) taken_back(activity);
  }

  [[nodiscard]] bool is_here(const SystemName& at) const {
    const auto party = process_.parties.find(at);
    if (party == process_.parties.end()) return at == system_.name;
    const auto& systems = party->second.systems;
    return std::find(systems.begin(), systems.end(), system_.name) != systems.end();
  }

  // An organisation has tickets of its own here.
  [[nodiscard]] bool is_told_here() const {
    return std::any_of(
        mapping_.organisations.begin(), mapping_.organisations.end(), [&](const Organisation& one) {
          return one.system == system_.name && one.channel == Organisation::Channel::ticket;
        });
  }

  void done_here(const Activity& activity, const ProcessAction& action, const Signal& on) {
    if (const auto* move = std::get_if<MoveTicket>(&action.kind)) {
      if (is_here(move->at))
        add({.from = NeededMove::From::any,
             .to = move->status,
             .activity = activity.id,
             .next = activity.id,
             .on = on});
    }
    const auto* news = std::get_if<Broadcast>(&action.kind);
    if (news != nullptr && news->reopen && is_told_here())
      add({.from = NeededMove::From::any,
           .to = *news->reopen,
           .activity = activity.id,
           .next = activity.id,
           .on = on});
    const auto* open = std::get_if<OpenTicket>(&action.kind);
    if (open == nullptr || !system_.follows_status || !is_here(open->at)) return;
    for (const auto& status : shown_[activity.id]) {
      if (status)
        add({.from = NeededMove::From::new_ticket,
             .to = *status,
             .why = NeededMove::Why::begins,
             .activity = activity.id,
             .next = activity.id});
    }
  }

  // A person says it by the ticket's status.
  void said_here(const Activity& activity, const Transition& transition) {
    for (const Status& status : cues(transition.on)) {
      for (const Role& role : transition.by) {
        if (!system_.has_role(role)) continue;
        NeededMove move{.by = role,
                        .to = status,
                        .activity = activity.id,
                        .next = transition.next.value_or(activity.id),
                        .on = transition.on};
        if (system_.follows_status) {
          add_from_each(activity, move);
        } else {
          move.from = NeededMove::From::any;
          add(move);
        }
      }
    }
  }

  // The bridge brings the ticket to the status of the next activity.
  void leads_on(const Activity& activity, const ActivityId& next, const Transition* heard) {
    const auto& to = process_.activities.at(next).status;
    if (!to) return;
    NeededMove move{.to = *to,
                    .activity = activity.id,
                    .next = next,
                    .on = heard == nullptr ? Signal{} : heard->on};
    if (heard == nullptr || said_otherwise(*heard)) add_from_each(activity, move);
    if (heard == nullptr || !said_by_status(*heard)) return;
    for (const Status& status : cues(heard->on)) {
      move.before = status;
      if (status != *to) add(move);
    }
  }

  // Whoever sets a status that the routine takes back finds it as it was.
  void taken_back(const Activity& activity) {
    for (const auto& [signal, ways] : system_.signals) {
      const auto rule = process_.deviations.find(signal);
      const auto treatment = rule == process_.deviations.end() ? process_.deviation : rule->second;
      if (treatment != Treatment::revert || all_may_say(activity, signal)) continue;
      for (const Status& status : cues(signal)) {
        for (const auto& was : shown_[activity.id]) {
          if (was && *was != status)
            add({.before = status,
                 .to = *was,
                 .why = NeededMove::Why::taken_back,
                 .activity = activity.id,
                 .next = activity.id,
                 .on = signal});
        }
      }
    }
  }

  // --- how a signal is said

  [[nodiscard]] std::vector<Status> cues(const Signal& signal) const {
    std::vector<Status> statuses;
    const auto ways = system_.signals.find(signal);
    if (ways == system_.signals.end()) return statuses;
    for (const Cue& cue : ways->second) {
      if (cue.kind == Cue::Kind::status) statuses.emplace_back(cue.what);
    }
    return statuses;
  }

  [[nodiscard]] bool said_by_status(const Transition& transition) const {
    return has_one_of(system_, transition.by);
  }

  // In another system, by a command, a field, a link; or by the bridge itself.
  [[nodiscard]] bool said_otherwise(const Transition& transition) const {
    bool said_at_all = false;
    for (const auto& [name, system] : mapping_.systems) {
      const auto ways = system.signals.find(transition.on);
      if (ways == system.signals.end()) continue;
      if (!has_one_of(system, transition.by)) continue;
      said_at_all = true;
      for (const Cue& cue : ways->second)
        if (name != system_.name || cue.kind != Cue::Kind::status) return true;
    }
    return !said_at_all;
  }

  // Whether each role of this system may say it here, whatever the case's values are.
  [[nodiscard]] bool all_may_say(const Activity& activity, const Signal& signal) const {
    const auto may = [&](const Role& role) {
      const auto fits = [&](const Transition& one) {
        return one.on == signal && one.when.empty() && has_role(one.by, role);
      };
      return std::any_of(activity.transitions.begin(), activity.transitions.end(), fits) ||
             std::any_of(process_.anywhere.begin(), process_.anywhere.end(), fits);
    };
    return std::all_of(system_.roles.begin(), system_.roles.end(),
                       [&](const RoleRule& rule) { return may(rule.role); });
  }

  // --- what is found

  void add_from_each(const Activity& activity, NeededMove move) {
    for (const auto& before : shown_[activity.id]) {
      if (before == move.to) continue;
      move.from = before ? NeededMove::From::status : NeededMove::From::new_ticket;
      move.before = before.value_or(Status{});
      add(move);
    }
  }

  void add(NeededMove move) {
    move.at = system_.name;
    if (!system_.status_words.contains(move.to)) return;
    const bool known = std::any_of(found_.begin(), found_.end(), [&](const NeededMove& one) {
      return one.at == move.at && one.by == move.by && one.from == move.from &&
             one.before == move.before && one.to == move.to;
    });
    if (!known) found_.push_back(std::move(move));
  }

  const Mapping& mapping_;
  const Process& process_;
  const SystemMapping& system_;
  std::vector<NeededMove>& found_;
  std::map<ActivityId, Shown> shown_;
};

}  // namespace

std::vector<NeededMove> needed_moves(const Mapping& mapping) {
  std::vector<NeededMove> found;
  for (const auto& [name, system] : mapping.systems) {
    if (system.status_words.empty()) continue;
    for (const Process& process : mapping.processes) Tour(mapping, process, system, found).find();
  }
  std::stable_sort(found.begin(), found.end(), [](const NeededMove& one, const NeededMove& two) {
    return std::pair(one.at, one.by) < std::pair(two.at, two.by);
  });
  return found;
}

}  // namespace saksbro::core
