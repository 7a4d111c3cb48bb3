#include "bridge/views/svg.h"

#include <algorithm>
#include <array>

#include "bridge/views/layout.h"
#include "bridge/views/rules.h"
#include "bridge/views/svg_shapes.h"
#include "bridge/views/text_width.h"
#include "bridge/views/ways.h"
#include "bridge/views/wording.h"
#include "bridge/views/xml_text.h"

namespace saksbro::views {
namespace {

constexpr int kMargin = 16;

// Pale, in the order of the process's statuses; a seventh begins again.
constexpr std::array<std::string_view, 6> kTints{"#dbe9fb", "#fdf0c8", "#f9dcc9",
                                                 "#d9f0d8", "#e3e5e8", "#ecdff5"};

class Picture {
 public:
  Picture(const core::Process& process, const Look& look)
      : process_(process),
        look_(look),
        flow_(flow_of(process, look)),
        layout_(layout_of(flow_, look)) {}

  std::string draw() {
    open();
    lanes();
    for (std::size_t i = 0; i < flow_.edges.size(); ++i) line(i);
    for (std::size_t i = 0; i < flow_.nodes.size(); ++i) node(i);
    // Words last: no line runs through them.
    for (const EdgeShape& edge : layout_.edges) words(edge);
    for (std::size_t i = 0; i < flow_.nodes.size(); ++i)
      if (flow_.nodes.at(i).timed != nullptr) timer_words(layout_.nodes.at(i));
    svg_ += rules_;
    svg_ += "</svg>\n";
    return std::move(svg_);
  }

 private:
  [[nodiscard]] std::string title() const {
    return process_.id.text() + " " + process_.title.in(look_.language);
  }

  void open() {
    const int width = layout_.pool.right() + kMargin;
    const int height = write_rules(layout_.pool.bottom() + kMargin) + kMargin;
    svg_ += "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + number(width) + "\" height=\"" +
            number(height) + "\" viewBox=\"0 0 " + number(width) + " " + number(height) +
            "\" role=\"img\" aria-labelledby=\"title desc\" lang=\"" +
            std::string(either(look_.language, "nb", "en")) + "\">\n";
    svg_ += "  <title id=\"title\">" + xml_text(title()) + "</title>\n";
    svg_ += "  <desc id=\"desc\">" + xml_text(description()) + "</desc>\n";
    svg_ += svg_style();
    svg_ += rectangle({0, 0, width, height}, "fill=\"#ffffff\"");
  }

  // What the picture shows, for those who do not see it.
  [[nodiscard]] std::string description() const {
    std::string text(either(look_.language, "Roller: ", "Roles: "));
    text += titles_of(flow_.roles, look_) + ".";
    for (const FlowEdge& edge : flow_.edges) {
      const FlowNode& from = flow_.nodes.at(edge.from);
      const FlowNode& to = flow_.nodes.at(edge.to);
      if (to.kind == NodeKind::gateway) continue;
      text += " " + (from.kind == NodeKind::start ? from.words : from.activity->id.text());
      if (from.timed != nullptr) text += ", " + from.words;
      if (!edge.name.empty()) text += ", " + edge.name;
      text += either(look_.language, ": til ", ": to ");
      text += to.kind == NodeKind::end ? std::string(either(look_.language, "slutt", "the end"))
                                       : to.activity->id.text();
      text += ".";
    }
    return text;
  }

  void lanes() {
    const Box& pool = layout_.pool;
    svg_ +=
        rectangle({pool.x, pool.y, pool.width, kPoolHead}, "fill=\"#3d5875\" stroke=\"#3d5875\"");
    svg_ += "<text class=\"head\" style=\"fill:#ffffff\" x=\"" + number(pool.x + 12) + "\" y=\"" +
            number(pool.y + 20) + "\">" + xml_text(title()) + "</text>\n";
    for (std::size_t i = 0; i < layout_.lanes.size(); ++i) lane(layout_.lanes.at(i), i % 2 == 0);
    for (const Band& band : layout_.bands) {
      const Box box{8, band.top, 54, band.bottom - band.top};
      svg_ += rectangle(box, "rx=\"6\" fill=\"#eef2f6\"");
      svg_ += text_line({box.middle(), band.top + 20}, "band", band.name);
    }
  }

  void lane(const LaneShape& lane, bool even) {
    svg_ += rectangle(lane.box, std::string("fill=\"") + (even ? "#fbfcfd" : "#f4f7fa") +
                                    "\" stroke=\"#c3ced9\"");
    svg_ += rectangle({lane.box.x, lane.box.y, lane.box.width, kLaneHead},
                      "fill=\"#e3eaf1\" stroke=\"#c3ced9\"");
    const auto lines =
        wrapped(title_of(lane.role, look_), lane.box.width - 16,
                [](std::string_view one) { return pixels(one, 14); });  // bold is wider
    int y = lane.box.y + kLaneHead / 2 + 4 - kTitleLine * (static_cast<int>(lines.size()) - 1) / 2;
    for (const std::string& one : lines) {
      svg_ += text_line({lane.box.middle(), y}, "role", one);
      y += kTitleLine;
    }
  }

  void line(std::size_t i) {
    const bool inner = flow_.nodes.at(flow_.edges.at(i).to).kind == NodeKind::gateway;
    svg_ += "<path class=\"flow\" d=\"" + path(layout_.edges.at(i).points) + "\"" +
            (inner ? "" : " marker-end=\"url(#arrow)\"") + "/>\n";
  }

  void words(const EdgeShape& edge) {
    const int x = edge.label.x + (edge.leftward ? -8 : 8);
    const std::string side = edge.leftward ? " left" : "";
    int y = edge.label.y - 4 - kNameLine * (static_cast<int>(edge.name.size()) - 1);
    for (const std::string& one : edge.name) {
      svg_ += text_line({x, y}, "name" + side, one);
      y += kNameLine;
    }
    y = edge.label.y + kRemarkLine;
    for (const std::string& one : edge.remark) {
      svg_ += text_line({x, y}, "remark" + side, one);
      y += kRemarkLine;
    }
  }

  void node(std::size_t i) {
    switch (flow_.nodes.at(i).kind) {
      case NodeKind::start:
        return start(layout_.nodes.at(i));
      case NodeKind::end:
        svg_ += circle(layout_.nodes.at(i).box, "end");
        return;
      case NodeKind::gateway:
        return gateway(layout_.nodes.at(i).box);
      case NodeKind::timer:
        return timer(flow_.nodes.at(i), layout_.nodes.at(i).box);
      case NodeKind::task:
      case NodeKind::send_task:
      case NodeKind::receive_task:
        return activity(flow_.nodes.at(i), layout_.nodes.at(i));
    }
  }

  void envelope(Point at, bool filled) {  // of 16 by 11
    svg_ += "<path class=\"mark\" style=\"stroke-width:1.1" +
            std::string(filled ? ";fill:#3d5875;stroke:#ffffff" : "") + "\" d=\"M" + number(at.x) +
            "," + number(at.y) + " h16 v11 h-16 z l8,6 l8,-6\"/>\n";
  }

  void start(const NodeShape& shape) {
    svg_ += circle(shape.box, "shape");
    envelope({shape.box.middle() - 8, shape.box.centre() - 5}, false);
    int y = shape.box.centre() + 4 - kNameLine * (static_cast<int>(shape.title.size()) - 1) / 2;
    for (const std::string& one : shape.title) {
      svg_ += text_line({shape.box.right() + 8, y}, "name", one);
      y += kNameLine;
    }
  }

  void gateway(const Box& box) {
    const std::string x = number(box.middle());
    const std::string y = number(box.centre());
    svg_ += "<path class=\"shape\" d=\"M" + x + "," + number(box.y) + " L" + number(box.right()) +
            "," + y + " L" + x + "," + number(box.bottom()) + " L" + number(box.x) + "," + y +
            " Z\"/>\n";
    svg_ += "<path class=\"mark\" style=\"stroke-width:2.4\" d=\"M" + number(box.middle() - 6) +
            "," + number(box.centre() - 7) + " l12,14 m-12,0 l12,-14\"/>\n";
  }

  void activity(const FlowNode& node, const NodeShape& shape) {
    const Box& box = shape.box;
    svg_ += "<g><title>" + xml_text(tooltip(*node.activity)) + "</title>\n";
    svg_ += rectangle(box, "rx=\"9\" class=\"shape\"");
    int x = box.x + kBoxInset;
    if (node.kind != NodeKind::task) {
      envelope({x, box.y + 9}, node.kind == NodeKind::send_task);
      x += kMark;
    }
    svg_ += text_line({x, box.y + 19}, "number", node.activity->id.text());
    if (node.activity->status) status(*node.activity->status, shape.status);
    int y = shape.first_line;
    for (const std::string& one : shape.title) {
      svg_ += text_line({box.x + kBoxInset, y}, "title", one);
      y += kTitleLine;
    }
    y -= 2;
    for (const auto* lines : {&shape.beside, &shape.asked}) {
      for (const std::string& one : *lines) {
        svg_ += text_line({box.x + kBoxInset, y}, lines == &shape.beside ? "beside" : "asked", one);
        y += kRemarkLine;
      }
    }
    svg_ += "</g>\n";
  }

  // A clock, as BPMN draws it: two rings, broken ones where the activity goes on.
  void timer(const FlowNode& node, const Box& box) {
    const std::string rings = leads_on(*node.timed) ? "shape" : "shape broken";
    const std::string doings = doings_words(node.timed->move, look_);
    svg_ += "<g><title>" + xml_text(node.words + (doings.empty() ? "" : ": " + doings)) +
            "</title>\n" + circle(box, rings);
    const int inner = box.width / 2 - 3;
    svg_ += circle({box.middle() - inner, box.centre() - inner, 2 * inner, 2 * inner}, rings);
    svg_ += "<path class=\"mark\" style=\"stroke-width:1.4\" d=\"M" + number(box.middle()) + "," +
            number(box.centre() - inner + 3) + " v" + number(inner - 3) + " h" + number(inner - 4) +
            "\"/>\n</g>\n";
  }

  void timer_words(const NodeShape& shape) {
    const int x = shape.label.x + (shape.leftward ? -5 : 5);
    int y = shape.label.y - 3 - kRemarkLine * (static_cast<int>(shape.title.size()) - 1);
    for (const std::string& one : shape.title) {
      svg_ += text_line({x, y}, shape.leftward ? "remark left" : "remark", one);
      y += kRemarkLine;
    }
  }

  // --- below the picture: what holds everywhere. Returns where it ends.

  int write_rules(int y) {
    const int left = layout_.pool.x;
    for (const Rules& all : rules_of(process_, look_)) {
      y += 22;
      rules_ += text_line({left, y}, "number", all.title);
      for (const Rule& one : all.rules) y = write_rule(one, left, y);
    }
    return y;
  }

  int write_rule(const Rule& rule, int left, int y) {
    const auto fitted = [](const std::string& text, int width) {
      return wrapped(text, width, [](std::string_view one) { return pixels(one, kNameSize); });
    };
    const int split = std::clamp(layout_.pool.width / 3, 120, 330);
    const auto names = fitted(rule.name, split - 12);
    const auto words = fitted(rule.words, std::max(160, layout_.pool.width - split));
    y += 4;
    for (std::size_t i = 0; i < std::max(names.size(), words.size()); ++i) {
      y += kNameLine;
      if (i < names.size()) rules_ += text_line({left, y}, "name", names.at(i));
      if (i < words.size()) rules_ += text_line({left + split, y}, "name soft", words.at(i));
    }
    return y;
  }

  void status(const core::Status& status, const Box& pill) {
    const auto place = std::find(process_.statuses.begin(), process_.statuses.end(), status) -
                       process_.statuses.begin();
    const auto tint = kTints.at(static_cast<std::size_t>(place) % kTints.size());
    svg_ += rectangle(pill, "rx=\"8\" fill=\"" + std::string(tint) + "\"");
    svg_ += text_line({pill.middle(), pill.y + 12}, "status", status.text());
  }

  [[nodiscard]] std::string tooltip(const core::Activity& activity) const {
    std::string text = activity.id.text() + " " + activity.title.in(look_.language) + " (" +
                       titles_of(activity.by, look_) + ")";
    for (const std::string& note : notes_on(process_, activity, look_)) text += "\n" + note;
    return text;
  }

  const core::Process& process_;
  const Look& look_;
  Flow flow_;
  Layout layout_;
  std::string svg_;
  std::string rules_;
};

}  // namespace

std::string svg_picture(const core::Process& process, const Look& look) {
  return Picture(process, look).draw();
}

}  // namespace saksbro::views
