// A process as the graph that pictures draw: what happens, who does it, and what leads from one to
// the next. Nodes point into the process, which must outlive the flow.
//
// A new kind of way is a new kind of node or edge here: layout, BPMN, SVG and
// Mermaid all draw what stands here and know nothing else of the process.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "bridge/views/look.h"

namespace saksbro::views {

enum class NodeKind {
  start,         // a ticket that a person registers
  task,          // somebody works
  send_task,     // told or handed over, with nothing to decide
  receive_task,  // the next word is somebody else's
  gateway,       // several ways lead on
  timer,         // at the edge of its activity: what happens when nothing happens
  end            // of the case, or of what a timer does while its activity goes on
};

struct FlowNode {
  NodeKind kind = NodeKind::task;
  std::string id;  // "Activity_M.1.3.1": an NCName of ASCII letters
  core::Role role;
  std::size_t row = 0;  // timers and a gateway stand behind their activity, in its row
  const core::Activity* activity = nullptr;  // of a start: the one that it leads to
  std::string words;                         // of a start, of a timer, of a timer's end
  std::vector<std::string> beside;           // of an activity: who else, what else is heard
  std::vector<std::string> asked;            // and what it asks for, by when
  const core::TimedMove* timed = nullptr;    // of a timer and of its end
};

struct FlowEdge {
  std::string id;
  std::size_t from = 0;  // index into nodes
  std::size_t to = 0;
  std::string name;    // the signal, and on which condition; empty: at once
  std::string remark;  // who, when it is not the activity's own role
};

struct Flow {
  std::vector<core::Role> roles;  // the columns
  std::vector<FlowNode> nodes;    // in the order of their rows
  std::vector<FlowEdge> edges;
  std::size_t rows = 0;
};

[[nodiscard]] inline bool ends_a_timer(const FlowNode& node) {
  return node.kind == NodeKind::end && node.timed != nullptr;
}

// What is heard at several activities is drawn once; the others say where (heard_at).
[[nodiscard]] Flow flow_of(const core::Process& process, const Look& look);

// What an activity does on entering and in time, and what may be said there without leaving it: one
// line each.
[[nodiscard]] std::vector<std::string> notes_on(const core::Process& process,
                                                const core::Activity& activity, const Look& look);

}  // namespace saksbro::views
