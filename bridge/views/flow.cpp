#include "bridge/views/flow.h"

#include <algorithm>
#include <map>
#include <set>

#include "bridge/views/ways.h"
#include "bridge/views/wording.h"
#include "bridge/views/xml_text.h"

namespace saksbro::views {
namespace {

// One way that leads away from an activity.
struct Way {
  const core::Transition* transition = nullptr;  // none: at once, or to its end
  const core::Onward* onward = nullptr;
  core::ActivityId next;  // empty: the end
};

std::vector<Way> ways_from(const core::Process& process, const core::Activity& activity) {
  std::vector<Way> ways;
  for (const core::Transition* one : heard_at(process, activity).own)
    if (one->next) ways.push_back({one, nullptr, *one->next});
  for (const core::Onward& one : activity.then) ways.push_back({nullptr, &one, one.next});
  if (activity.ends) ways.push_back({});
  return ways;
}

bool hands_over(const core::Activity& activity) {
  return std::any_of(activity.actions.begin(), activity.actions.end(),
                     [](const core::ProcessAction& action) {
                       return !std::holds_alternative<core::MoveTicket>(action.kind) &&
                              !std::holds_alternative<core::StopAlert>(action.kind);
                     });
}

bool does(const core::Activity& activity, const core::Role& role) {
  return std::find(activity.by.begin(), activity.by.end(), role) != activity.by.end();
}

bool speaks(const core::Activity& activity) {
  return std::any_of(
      activity.transitions.begin(), activity.transitions.end(), [&](const core::Transition& one) {
        return std::any_of(one.by.begin(), one.by.end(),
                           [&](const core::Role& role) { return does(activity, role); });
      });
}

NodeKind kind_of(const core::Activity& activity) {
  if (!activity.ends && !activity.then.empty() && activity.transitions.empty() &&
      hands_over(activity))
    return NodeKind::send_task;
  if (!activity.transitions.empty() && activity.actions.empty() && !speaks(activity))
    return NodeKind::receive_task;
  return NodeKind::task;
}

class FlowBuilder {
 public:
  FlowBuilder(const core::Process& process, const Look& look) : process_(process), look_(look) {
    for (const core::Role& role : columns_of(process, look))
      if (has_lane(role)) flow_.roles.push_back(role);
  }

  Flow build() {
    const auto activities = in_order(process_);
    for (const core::Activity* one : activities) add_nodes(*one);
    for (const auto& [start, activity] : starts_)
      connect(start, entry_.at(activity), {}, process_.activities.at(activity));
    for (const core::Activity* one : activities) add_edges(*one);
    return std::move(flow_);
  }

 private:
  // A role that only helps out has no lane: the activities say its name.
  [[nodiscard]] bool has_lane(const core::Role& role) const {
    return std::any_of(process_.activities.begin(), process_.activities.end(),
                       [&](const auto& one) { return lane_of(one.second) == role; });
  }

  static core::Role lane_of(const core::Activity& activity) {
    return activity.by.empty() ? core::Role{} : activity.by.front();
  }

  static FlowNode node_of(NodeKind kind, const std::string& id, const core::Activity& activity) {
    FlowNode node;
    node.kind = kind;
    node.id = id;
    node.role = lane_of(activity);
    node.activity = &activity;
    return node;
  }

  std::size_t add(FlowNode node, bool in_new_row) {
    if (in_new_row) ++flow_.rows;
    node.row = flow_.rows - 1;
    node.id = unique(node.id);
    flow_.nodes.push_back(std::move(node));
    return flow_.nodes.size() - 1;
  }

  std::string unique(const std::string& wanted) {
    std::string id = wanted;
    for (int i = 2; !ids_.insert(id).second; ++i) id = wanted + "_" + std::to_string(i);
    return id;
  }

  void add_nodes(const core::Activity& activity) {
    const std::string part = id_part(activity.id.text());
    for (const core::Begin& begin : process_.begins) {
      if (begin.activity != activity.id) continue;
      FlowNode start =
          node_of(NodeKind::start, "Start_" + id_part(begin.at.text()) + "_" + part, activity);
      start.words = begin_words(begin, look_);
      starts_.emplace_back(add(std::move(start), true), activity.id);
    }
    FlowNode task = node_of(kind_of(activity), "Activity_" + part, activity);
    task.beside = beside(activity);
    task.asked = asked(activity);
    entry_[activity.id] = add(std::move(task), true);
    add_timers(activity, part);
    exit_[activity.id] = entry_[activity.id];
    if (ways_from(process_, activity).size() > 1)
      exit_[activity.id] = add(node_of(NodeKind::gateway, "Gateway_" + part, activity), false);
    if (activity.ends)
      end_[activity.id] = add(node_of(NodeKind::end, "End_" + part, activity), true);
  }

  void add_timers(const core::Activity& activity, const std::string& part) {
    for (const core::TimedMove& one : activity.timed) {
      FlowNode timer = node_of(NodeKind::timer, "Timer_" + part, activity);
      timer.timed = &one;
      timer.words = timed_words(one, look_);
      timers_.push_back(add(std::move(timer), false));
      if (!leads_on(one)) end_timer(one, activity);
    }
  }

  // BPMN wants every timer to lead somewhere.
  void end_timer(const core::TimedMove& timed, const core::Activity& activity) {
    const std::size_t timer = timers_.back();
    FlowNode end = node_of(NodeKind::end, "End_" + flow_.nodes.at(timer).id, activity);
    end.timed = &timed;
    end.words = activity.id.text() + std::string(either(look_.language, " går videre", " goes on"));
    connect(timer, add(std::move(end), false), {}, activity);
  }

  [[nodiscard]] std::vector<std::string> beside(const core::Activity& activity) const {
    std::vector<std::string> lines;
    for (std::size_t i = 1; i < activity.by.size(); ++i)
      lines.push_back(std::string(either(look_.language, "eller ", "or ")) +
                      title_of(activity.by.at(i), look_));
    for (const core::ActivityId& other : heard_at(process_, activity).also)
      lines.push_back(also_words(other, look_));
    return lines;
  }

  [[nodiscard]] std::vector<std::string> asked(const core::Activity& activity) const {
    std::vector<std::string> lines;
    if (activity.question) lines.push_back(question_words(*activity.question, look_));
    if (!activity.wants.empty()) lines.push_back(wants_words(activity.wants, look_));
    if (activity.deadline) lines.push_back(deadline_words(*activity.deadline, look_));
    return lines;
  }

  void add_edges(const core::Activity& activity) {
    const std::size_t entry = entry_.at(activity.id);
    const std::size_t exit = exit_.at(activity.id);
    if (entry != exit) connect(entry, exit, {}, activity);
    for (const Way& way : ways_from(process_, activity))
      connect(exit, way.next.empty() ? end_.at(activity.id) : entry_.at(way.next), way, activity);
    for (const std::size_t timer : timers_) {
      const FlowNode& node = flow_.nodes.at(timer);
      if (node.activity == &activity && leads_on(*node.timed))
        connect(timer, entry_.at(*node.timed->move.next), {}, activity);
    }
  }

  void connect(std::size_t from, std::size_t to, const Way& way, const core::Activity& activity) {
    FlowEdge edge;
    edge.from = from;
    edge.to = to;
    std::string id = "Flow_" + flow_.nodes.at(from).id;
    if (way.transition != nullptr) {
      edge.name = name_of(*way.transition);
      edge.remark = remark_on(*way.transition, activity);
      id += "_" + id_part(way.transition->on.text());
    } else if (way.onward != nullptr && !way.onward->when.empty()) {
      edge.name = at_once_words(*way.onward, look_);
    }
    edge.id = unique(id + "_" + flow_.nodes.at(to).id);
    flow_.edges.push_back(std::move(edge));
  }

  // Who may take the way, where the activity does not say it: all, or who beside its own roles.
  std::string remark_on(const core::Transition& transition, const core::Activity& activity) const {
    if (transition.by == activity.by) return "";
    std::vector<core::Role> others;
    for (const core::Role& role : transition.by)
      if (!does(activity, role)) others.push_back(role);
    if (transition.by.size() != activity.by.size() + others.size())
      return titles_of(transition.by, look_);
    return std::string(either(look_.language, "også ", "also ")) + titles_of(others, look_);
  }

  std::string name_of(const core::Transition& transition) const {
    if (transition.when.empty()) return transition.on.text();
    return transition.on.text() + "," + if_words(transition.when, look_);
  }

  const core::Process& process_;
  const Look& look_;
  Flow flow_;
  std::set<std::string> ids_;
  std::vector<std::pair<std::size_t, core::ActivityId>> starts_;
  std::vector<std::size_t> timers_;
  std::map<core::ActivityId, std::size_t> entry_;
  std::map<core::ActivityId, std::size_t> exit_;
  std::map<core::ActivityId, std::size_t> end_;
};

}  // namespace

Flow flow_of(const core::Process& process, const Look& look) {
  return FlowBuilder(process, look).build();
}

std::vector<std::string> notes_on(const core::Process& process, const core::Activity& activity,
                                  const Look& look) {
  std::vector<std::string> notes;
  const auto note = [&](const std::string& name, const core::Transition& one) {
    const std::string words = doings_words(one, look);
    notes.push_back(name + (words.empty() ? "" : ": ") + words);
  };
  for (const core::ProcessAction& action : activity.actions)
    notes.push_back(action_words(action, look));
  const Heard heard = heard_at(process, activity);
  for (const core::Transition* one : heard.own) {
    if (one->next) continue;
    note(one->on.text() + " (" + titles_of(one->by, look) + ")" + if_words(one->when, look), *one);
  }
  for (const core::ActivityId& other : heard.also) notes.push_back(also_words(other, look));
  for (const core::TimedMove& one : activity.timed) note(timed_words(one, look), one.move);
  return notes;
}

}  // namespace saksbro::views
