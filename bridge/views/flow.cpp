#include "bridge/views/flow.h"

#include <algorithm>
#include <map>
#include <set>

#include "bridge/views/wording.h"
#include "bridge/views/xml_text.h"

namespace saksbro::views {
namespace {

// One way that leads away from an activity.
struct Way {
  const core::Transition* transition = nullptr;  // none: at once, or to its end
  core::ActivityId next;                         // empty: the end
};

std::vector<Way> ways_from(const core::Activity& activity) {
  std::vector<Way> ways;
  for (const core::Transition& one : activity.transitions)
    if (one.next) ways.push_back({&one, *one.next});
  if (activity.then) ways.push_back({nullptr, *activity.then});
  if (activity.ends) ways.push_back({});
  return ways;
}

bool hands_over(const core::Activity& activity) {
  return std::any_of(activity.deeds.begin(), activity.deeds.end(), [](const core::Deed& deed) {
    return std::holds_alternative<core::OpenTicket>(deed.doing) ||
           std::holds_alternative<core::Say>(deed.doing);
  });
}

bool speaks(const core::Activity& activity) {
  return std::any_of(activity.transitions.begin(), activity.transitions.end(),
                     [&](const core::Transition& one) {
                       return std::find(one.by.begin(), one.by.end(), activity.by) != one.by.end();
                     });
}

NodeKind kind_of(const core::Activity& activity) {
  if (!activity.ends && activity.then && activity.transitions.empty() && hands_over(activity))
    return NodeKind::send_task;
  if (!activity.transitions.empty() && activity.deeds.empty() && !speaks(activity))
    return NodeKind::receive_task;
  return NodeKind::task;
}

class FlowBuilder {
 public:
  FlowBuilder(const core::Process& process, const Look& look) : process_(process), look_(look) {
    flow_.roles = columns_of(process, look);
  }

  Flow build() {
    const auto activities = in_order(process_);
    for (const core::Activity* one : activities) add_nodes(*one);
    for (const auto& [start, activity] : starts_)
      connect(start, entry_.at(activity), nullptr, process_.activities.at(activity));
    for (const core::Activity* one : activities) add_edges(*one);
    return std::move(flow_);
  }

 private:
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
      const std::string id = "Start_" + id_part(begin.at.text()) + "_" + part;
      starts_.emplace_back(
          add({NodeKind::start, id, activity.by, 0, &activity, begin_words(begin, look_.language)},
              true),
          activity.id);
    }
    entry_[activity.id] =
        add({kind_of(activity), "Activity_" + part, activity.by, 0, &activity, ""}, true);
    exit_[activity.id] = entry_[activity.id];
    if (ways_from(activity).size() > 1)
      exit_[activity.id] =
          add({NodeKind::gateway, "Gateway_" + part, activity.by, 0, &activity, ""}, false);
    if (activity.ends)
      end_[activity.id] = add({NodeKind::end, "End_" + part, activity.by, 0, &activity, ""}, true);
  }

  void add_edges(const core::Activity& activity) {
    const std::size_t entry = entry_.at(activity.id);
    const std::size_t exit = exit_.at(activity.id);
    if (entry != exit) connect(entry, exit, nullptr, activity);
    for (const Way& way : ways_from(activity))
      connect(exit, way.next.empty() ? end_.at(activity.id) : entry_.at(way.next), way.transition,
              activity);
  }

  void connect(std::size_t from, std::size_t to, const core::Transition* transition,
               const core::Activity& activity) {
    FlowEdge edge;
    edge.from = from;
    edge.to = to;
    if (transition != nullptr) {
      edge.name = name_of(*transition);
      if (transition->by != std::vector<core::Role>{activity.by})
        edge.remark = titles_of(transition->by, look_);
    }
    std::string id = "Flow_" + flow_.nodes.at(from).id;
    if (transition != nullptr) id += "_" + id_part(transition->on.text());
    edge.id = unique(id + "_" + flow_.nodes.at(to).id);
    flow_.edges.push_back(std::move(edge));
  }

  std::string name_of(const core::Transition& transition) const {
    if (!transition.when) return transition.on.text();
    return transition.on.text() + std::string(either(look_.language, ", hvis ", ", if ")) +
           condition_words(*transition.when, look_.language);
  }

  const core::Process& process_;
  const Look& look_;
  Flow flow_;
  std::set<std::string> ids_;
  std::vector<std::pair<std::size_t, core::ActivityId>> starts_;
  std::map<core::ActivityId, std::size_t> entry_;
  std::map<core::ActivityId, std::size_t> exit_;
  std::map<core::ActivityId, std::size_t> end_;
};

}  // namespace

Flow flow_of(const core::Process& process, const Look& look) {
  return FlowBuilder(process, look).build();
}

std::vector<std::string> notes_on(const core::Activity& activity, const Look& look) {
  std::vector<std::string> notes;
  for (const core::Deed& deed : activity.deeds) notes.push_back(deed_words(deed, look.language));
  for (const core::Transition& one : activity.transitions) {
    if (one.next) continue;
    std::string note = one.on.text() + " (" + titles_of(one.by, look) + ")";
    for (const core::Deed& deed : one.deeds) note += ": " + deed_words(deed, look.language);
    notes.push_back(std::move(note));
  }
  return notes;
}

}  // namespace saksbro::views
