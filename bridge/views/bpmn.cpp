#include "bridge/views/bpmn.h"

#include <algorithm>

#include "bridge/views/layout.h"
#include "bridge/views/rules.h"
#include "bridge/views/text_width.h"
#include "bridge/views/ways.h"
#include "bridge/views/wording.h"
#include "bridge/views/xml_text.h"

namespace saksbro::views {
namespace {

constexpr std::string_view kBpmnOpening =
    R"(<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL")"
    R"( xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI")"
    R"( xmlns:dc="http://www.omg.org/spec/DD/20100524/DC")"
    R"( xmlns:di="http://www.omg.org/spec/DD/20100524/DI")"
    R"( xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance")";

const char* element_of(NodeKind kind) {
  switch (kind) {
    case NodeKind::start:
      return "startEvent";
    case NodeKind::task:
      return "userTask";
    case NodeKind::send_task:
      return "sendTask";
    case NodeKind::receive_task:
      return "receiveTask";
    case NodeKind::gateway:
      return "exclusiveGateway";
    case NodeKind::timer:
      return "boundaryEvent";
    case NodeKind::end:
      return "endEvent";
  }
  return "task";
}

std::string bounds(const Box& box) {
  return "<dc:Bounds x=\"" + std::to_string(box.x) + "\" y=\"" + std::to_string(box.y) +
         "\" width=\"" + std::to_string(box.width) + "\" height=\"" + std::to_string(box.height) +
         "\" />";
}

std::string xml_attribute(const char* name, const std::string& value) {
  return value.empty() ? "" : std::string(" ") + name + "=\"" + xml_text(value) + "\"";
}

// "PT15M": a plain span has no calendar, so a day is 24 hours.
std::string iso_duration(std::chrono::milliseconds length) {
  using namespace std::chrono_literals;
  if (length % 24h == 0ms) return "P" + std::to_string(length / 24h) + "D";
  if (length % 1h == 0ms) return "PT" + std::to_string(length / 1h) + "H";
  if (length % 1min == 0ms) return "PT" + std::to_string(length / 1min) + "M";
  return "PT" + std::to_string(length / 1s) + "S";
}

class Bpmn {
 public:
  Bpmn(const core::Process& process, const Look& look)
      : process_(process),
        look_(look),
        part_(id_part(process.id.text())),
        flow_(flow_of(process, look)),
        layout_(layout_of(flow_, look)) {}

  std::string xml() {
    xml_ += kBpmnOpening;
    xml_ += " id=\"Definitions_" + part_ + "\" targetNamespace=\"https://saksbro.invalid/bpmn\">\n";
    line(1, "<bpmn:collaboration id=\"Collaboration_" + part_ + "\">");
    line(2, "<bpmn:participant id=\"Participant_" + part_ + "\"" + xml_attribute("name", title()) +
                " processRef=\"Process_" + part_ + "\" />");
    line(1, "</bpmn:collaboration>");
    process();
    diagram();
    xml_ += "</bpmn:definitions>\n";
    return std::move(xml_);
  }

 private:
  void line(int depth, const std::string& words) {
    xml_ += std::string(static_cast<std::size_t>(depth) * 2, ' ') + words + "\n";
  }

  [[nodiscard]] std::string title() const {
    return process_.id.text() + " " + process_.title.in(look_.language);
  }

  [[nodiscard]] std::string lane_id(const core::Role& role) const {
    return "Lane_" + part_ + "_" + id_part(role.text());
  }

  void process() {
    line(1, "<bpmn:process id=\"Process_" + part_ + "\"" + xml_attribute("name", title()) +
                " isExecutable=\"false\">");
    documentation(2, joined(rule_lines(process_, look_, "- "), "\n"));
    line(2, "<bpmn:laneSet id=\"LaneSet_" + part_ + "\">");
    for (const core::Role& role : flow_.roles) {
      line(3, "<bpmn:lane id=\"" + lane_id(role) + "\"" +
                  xml_attribute("name", title_of(role, look_)) + ">");
      for (const FlowNode& node : flow_.nodes)
        if (node.role == role) line(4, "<bpmn:flowNodeRef>" + node.id + "</bpmn:flowNodeRef>");
      line(3, "</bpmn:lane>");
    }
    line(2, "</bpmn:laneSet>");
    for (std::size_t i = 0; i < flow_.nodes.size(); ++i) node(i);
    for (const FlowEdge& edge : flow_.edges) sequence_flow(edge);
    line(1, "</bpmn:process>");
  }

  void sequence_flow(const FlowEdge& edge) {
    const FlowNode& from = flow_.nodes.at(edge.from);
    const std::string opening = "<bpmn:sequenceFlow id=\"" + edge.id + "\"" +
                                xml_attribute("name", edge.name) + " sourceRef=\"" + from.id +
                                "\" targetRef=\"" + flow_.nodes.at(edge.to).id + "\"";
    const bool chosen = from.kind == NodeKind::gateway && !edge.name.empty();
    if (edge.remark.empty() && !chosen) return line(2, opening + " />");
    line(2, opening + ">");
    if (!edge.remark.empty())
      line(3, "<bpmn:documentation>" + xml_text(edge.remark) + "</bpmn:documentation>");
    if (chosen)
      line(3, "<bpmn:conditionExpression xsi:type=\"bpmn:tFormalExpression\">" +
                  xml_text(edge.name) + "</bpmn:conditionExpression>");
    line(2, "</bpmn:sequenceFlow>");
  }

  // The way that a gateway takes when nothing is said: at once.
  [[nodiscard]] std::string default_of(std::size_t node) const {
    if (flow_.nodes.at(node).kind != NodeKind::gateway) return "";
    for (const FlowEdge& edge : flow_.edges)
      if (edge.from == node && edge.name.empty()) return edge.id;
    return "";
  }

  [[nodiscard]] std::string name_of(const FlowNode& node) const {
    switch (node.kind) {
      case NodeKind::start:
      case NodeKind::timer:
        return node.words;
      case NodeKind::gateway:
        return node.activity->id.text() + "?";
      case NodeKind::end:
        return node.words.empty() ? node.activity->id.text() : node.words;
      case NodeKind::task:
      case NodeKind::send_task:
      case NodeKind::receive_task:
        break;
    }
    // On a line of its own: the modelers draw a mark beside it.
    std::string name = node.activity->id.text() + "\n" + node.activity->title.in(look_.language);
    for (const std::string& one : node.beside) name += "\n(" + one + ")";
    return name;
  }

  void node(std::size_t i) {
    const FlowNode& node = flow_.nodes.at(i);
    const std::string element = std::string("bpmn:") + element_of(node.kind);
    line(2, "<" + element + " id=\"" + node.id + "\"" + xml_attribute("name", name_of(node)) +
                xml_attribute("default", default_of(i)) + attached(node) + ">");
    if (is_activity(node)) documentation(3, notes(node));
    if (is_timer(node)) documentation(3, doings_words(node.timed->move, look_));
    for (const FlowEdge& edge : flow_.edges)
      if (edge.to == i) line(3, "<bpmn:incoming>" + edge.id + "</bpmn:incoming>");
    for (const FlowEdge& edge : flow_.edges)
      if (edge.from == i) line(3, "<bpmn:outgoing>" + edge.id + "</bpmn:outgoing>");
    if (node.kind == NodeKind::start)
      line(3, "<bpmn:messageEventDefinition id=\"Message_" + node.id + "\" />");
    if (is_timer(node)) timer(node);
    line(2, "</" + element + ">");
  }

  static bool is_timer(const FlowNode& node) { return node.kind == NodeKind::timer; }

  static bool is_activity(const FlowNode& node) {
    return node.kind == NodeKind::task || node.kind == NodeKind::send_task ||
           node.kind == NodeKind::receive_task;
  }

  [[nodiscard]] std::string notes(const FlowNode& node) const {
    std::vector<std::string> lines;
    if (node.activity->status) lines.push_back("Status: " + node.activity->status->text());
    lines.insert(lines.end(), node.asked.begin(), node.asked.end());
    const auto more = notes_on(process_, *node.activity, look_);
    lines.insert(lines.end(), more.begin(), more.end());
    return joined(lines, "\n");
  }

  void documentation(int depth, const std::string& text) {
    if (!text.empty())
      line(depth, "<bpmn:documentation>" + xml_text(text) + "</bpmn:documentation>");
  }

  static std::string attached(const FlowNode& node) {
    if (!is_timer(node)) return "";
    return std::string(leads_on(*node.timed) ? "" : " cancelActivity=\"false\"") +
           " attachedToRef=\"Activity_" + id_part(node.activity->id.text()) + "\"";
  }

  // ISO 8601 knows no working time: then the event's name says it.
  void timer(const FlowNode& node) {
    const core::Span& span = node.timed->after;
    const std::string opening = "<bpmn:timerEventDefinition id=\"Time_" + node.id + "\"";
    if (span.kind != core::Span::Kind::plain) return line(3, opening + " />");
    const std::string time = iso_duration(span.length);
    const char* element = node.timed->repeats ? "timeCycle" : "timeDuration";
    line(3, opening + ">");
    line(4, std::string("<bpmn:") + element + " xsi:type=\"bpmn:tFormalExpression\">" +
                (node.timed->repeats ? "R/" : "") + time + "</bpmn:" + element + ">");
    line(3, "</bpmn:timerEventDefinition>");
  }

  // --- the picture

  void diagram() {
    line(1, "<bpmndi:BPMNDiagram id=\"Diagram_" + part_ + "\">");
    line(2, "<bpmndi:BPMNPlane id=\"Plane_" + part_ + "\" bpmnElement=\"Collaboration_" + part_ +
                "\">");
    column("Participant_" + part_, layout_.pool);
    for (const LaneShape& lane : layout_.lanes) column(lane_id(lane.role), lane.box);
    for (std::size_t i = 0; i < flow_.nodes.size(); ++i)
      shape(flow_.nodes.at(i), layout_.nodes.at(i));
    for (std::size_t i = 0; i < flow_.edges.size(); ++i)
      way(flow_.edges.at(i), layout_.edges.at(i));
    line(2, "</bpmndi:BPMNPlane>");
    line(1, "</bpmndi:BPMNDiagram>");
  }

  void column(const std::string& id, const Box& box) {
    line(3, "<bpmndi:BPMNShape id=\"" + id + "_di\" bpmnElement=\"" + id +
                "\" isHorizontal=\"false\">");
    line(4, bounds(box));
    label();
    line(3, "</bpmndi:BPMNShape>");
  }

  void label() { line(4, "<bpmndi:BPMNLabel />"); }

  void label(const Box& box) {
    line(4, "<bpmndi:BPMNLabel>");
    line(5, bounds(box));
    line(4, "</bpmndi:BPMNLabel>");
  }

  void shape(const FlowNode& node, const NodeShape& shape) {
    const bool gateway = node.kind == NodeKind::gateway;
    line(3, "<bpmndi:BPMNShape id=\"" + node.id + "_di\" bpmnElement=\"" + node.id + "\"" +
                (gateway ? " isMarkerVisible=\"true\"" : "") + ">");
    line(4, bounds(shape.box));
    const int width = std::min(pixels(name_of(node), kNameSize), 84);
    const Box beside = node.timed != nullptr
                           ? words_box(shape.title, shape.label, shape.leftward, kRemarkSize)
                           : Box{shape.box.right() + 8, shape.box.y + 4, width, 28};
    if (is_activity(node)) {
      label();
    } else {
      label(beside);
    }
    line(3, "</bpmndi:BPMNShape>");
  }

  void way(const FlowEdge& edge, const EdgeShape& shape) {
    line(3, "<bpmndi:BPMNEdge id=\"" + edge.id + "_di\" bpmnElement=\"" + edge.id + "\">");
    for (const Point& point : shape.points)
      line(4, "<di:waypoint x=\"" + std::to_string(point.x) + "\" y=\"" + std::to_string(point.y) +
                  "\" />");
    if (!edge.name.empty()) label(words_box(shape.name, shape.label, shape.leftward, kNameSize));
    line(3, "</bpmndi:BPMNEdge>");
  }

  // The modelers centre the name in its box: it fits closely.
  static Box words_box(const std::vector<std::string>& lines, Point at, bool leftward,
                       double size) {
    int width = 0;
    for (const std::string& one : lines) width = std::max(width, pixels(one, size));
    const int height = kNameLine * static_cast<int>(lines.size());
    return {leftward ? at.x - width - 6 : at.x + 6, at.y - height - 2, width, height};
  }

  const core::Process& process_;
  const Look& look_;
  std::string part_;
  Flow flow_;
  Layout layout_;
  std::string xml_;
};

}  // namespace

std::string bpmn_xml(const core::Process& process, const Look& look) {
  return Bpmn(process, look).xml();
}

}  // namespace saksbro::views
