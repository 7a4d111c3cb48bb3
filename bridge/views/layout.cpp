#include "bridge/views/layout.h"

#include <algorithm>
#include <optional>

#include "bridge/views/routes.h"
#include "bridge/views/text_width.h"

namespace saksbro::views {
namespace {

constexpr int kLeft = 70;  // room for the bands' names
constexpr int kTop = 20;
constexpr int kBoxWidth = 190;
constexpr int kBoxLeast = 62;
constexpr int kGutter = 20;
constexpr int kFirstSlot = 26;  // from a box to the nearest bus
constexpr int kSlot = 14;
constexpr int kCircle = 36;
constexpr int kDiamond = 40;
constexpr int kAboveName = 10;  // from a shape, or the words above, to an edge's name
constexpr int kArrow = 18;      // room for an arrow's head above a box
constexpr int kBetweenBands = 16;
constexpr int kWords = kBoxWidth / 2 + kFirstSlot - 12;  // up to the first bus
constexpr int kFirstTimer = 30;                          // from the middle of the box
constexpr int kNextTimer = 28;
constexpr int kBesideTimer = 5;  // from its line to its words

std::vector<std::string> fitted(const std::string& text, int width, double size) {
  return wrapped(text, width, [size](std::string_view one) { return pixels(one, size); });
}

template <class T>
int count(const std::vector<T>& all) {
  return static_cast<int>(all.size());
}

int gutter(int slots) { return slots == 0 ? kGutter : kFirstSlot + kSlot * slots; }

class Layouter {
 public:
  Layouter(const Flow& flow, const Look& look)
      : flow_(flow), look_(look), routes_(routes_of(flow)) {}

  Layout lay_out() {
    layout_.nodes.resize(flow_.nodes.size());
    layout_.edges.resize(flow_.edges.size());
    place_lanes();
    write_words();
    place_rows();
    for (std::size_t i = 0; i < flow_.edges.size(); ++i) draw(i);
    return std::move(layout_);
  }

 private:
  void place_lanes() {
    int x = kLeft;
    for (std::size_t i = 0; i < flow_.roles.size(); ++i) {
      const int left = gutter(routes_.left_slots.at(i));
      const int right = gutter(routes_.right_slots.at(i));
      layout_.lanes.push_back(
          {flow_.roles.at(i), {x, kTop + kPoolHead, left + kBoxWidth + right, 0}});
      middles_.push_back(x + left + kBoxWidth / 2);
      x += left + kBoxWidth + right;
    }
    layout_.pool = {kLeft, kTop, x - kLeft, 0};
  }

  void write_words() {
    for (std::size_t i = 0; i < flow_.nodes.size(); ++i) {
      const FlowNode& node = flow_.nodes.at(i);
      if (node.kind == NodeKind::start)
        layout_.nodes.at(i).title = fitted(node.words, kWords - kCircle / 2, kNameSize);
      else if (is_task(node))
        write_task(node, layout_.nodes.at(i));
    }
    for (std::size_t i = 0; i < flow_.edges.size(); ++i) {
      layout_.edges.at(i).name = fitted(flow_.edges.at(i).name, kWords, kNameSize);
      layout_.edges.at(i).remark = fitted(flow_.edges.at(i).remark, kWords, kRemarkSize);
    }
  }

  static bool is_task(const FlowNode& node) {
    return node.kind == NodeKind::task || node.kind == NodeKind::send_task ||
           node.kind == NodeKind::receive_task;
  }

  void write_task(const FlowNode& node, NodeShape& shape) const {
    shape.title =
        fitted(node.activity->title.in(look_.language), kBoxWidth - 2 * kBoxInset, kTitleSize);
    const auto add = [](const std::vector<std::string>& all, std::vector<std::string>& lines) {
      for (const std::string& one : all) {
        const auto more = fitted(one, kBoxWidth - 2 * kBoxInset, kRemarkSize);
        lines.insert(lines.end(), more.begin(), more.end());
      }
    };
    add(node.beside, shape.beside);
    add(node.asked, shape.asked);
  }

  // --- rows, top down

  void place_rows() {
    int y = kTop + kPoolHead + kLaneHead + kArrow;
    std::size_t node = 0;
    for (std::size_t row = 0; row < flow_.rows; ++row) {
      y = begin_band(flow_.nodes.at(node), y);
      std::size_t exit = node;
      while (node < flow_.nodes.size() && flow_.nodes.at(node).row == row) {
        if (node != exit) y += kArrow;
        exit = node;
        y = place(node++, y);
        y = place_timers(node, y);
      }
      layout_.bands.back().bottom = y;
      y = place_ways(exit, y);
    }
    for (LaneShape& lane : layout_.lanes) lane.box.height = y - lane.box.y;
    layout_.pool.height = y - kTop;
    std::erase_if(layout_.bands, [](const Band& band) { return band.name.empty(); });
  }

  int begin_band(const FlowNode& node, int y) {
    const std::string name = subprocess_of(node.activity->id);
    if (!layout_.bands.empty() && layout_.bands.back().name == name) return y;
    if (!layout_.bands.empty()) y += kBetweenBands;
    layout_.bands.push_back({name, y, y});
    return y;
  }

  int place(std::size_t node, int y) {
    NodeShape& shape = layout_.nodes.at(node);
    const int middle = middles_.at(routes_.lanes.at(node));
    if (is_task(flow_.nodes.at(node))) {
      place_task(node, middle, y);
    } else {
      const bool gateway = flow_.nodes.at(node).kind == NodeKind::gateway;
      const int across = gateway ? kDiamond : kCircle;
      shape.box = {middle - across / 2, y, across, across};
    }
    return shape.box.bottom();
  }

  // Number and status share the first line, where they fit.
  void place_task(std::size_t node, int middle, int y) {
    const FlowNode& task = flow_.nodes.at(node);
    NodeShape& shape = layout_.nodes.at(node);
    const int left = middle - kBoxWidth / 2;
    int head = 0;
    if (task.activity->status) {
      const int width = pixels(task.activity->status->text(), 10.5) + 14;  // bold is wider
      const int mark = task.kind == NodeKind::task ? 0 : kMark;
      const int number = kBoxInset + mark + pixels(task.activity->id.text(), 13);
      if (number + 6 + width + 8 > kBoxWidth) head = 18;
      shape.status = {left + kBoxWidth - width - 8, y + 8 + head, width, 16};
    }
    shape.first_line = y + 38 + head;
    const int timers = has_timers(node) ? kTimer / 2 : 0;  // no words below them
    const int words =
        kTitleLine * count(shape.title) + kRemarkLine * (count(shape.beside) + count(shape.asked));
    shape.box = {left, y, kBoxWidth, std::max(kBoxLeast, 34 + head + words + timers)};
  }

  // Those that stand behind `node`, which moves on; `y`: the lower edge of their activity. Returns
  // where the next node may begin.
  int place_timers(std::size_t& node, int y) {
    std::vector<std::size_t> left;
    std::vector<std::size_t> right;
    std::vector<std::size_t> free;
    for (; node < flow_.nodes.size() && flow_.nodes.at(node).kind == NodeKind::timer; ++node) {
      const std::optional<Side> side = side_of(node);
      (!side ? free : *side == Side::left ? left : right).push_back(node);
    }
    // Where the words of the others leave most room.
    for (const std::size_t one : free) (left.size() <= right.size() ? left : right).push_back(one);
    return std::max(place_timers(left, Side::left, y), place_timers(right, Side::right, y));
  }

  [[nodiscard]] bool has_timers(std::size_t node) const {
    return node + 1 < flow_.nodes.size() && flow_.nodes.at(node + 1).kind == NodeKind::timer;
  }

  // Where its line leads; none: it has none.
  [[nodiscard]] std::optional<Side> side_of(std::size_t timer) const {
    for (std::size_t i = 0; i < flow_.edges.size(); ++i)
      if (flow_.edges.at(i).from == timer) return routes_.edges.at(i).leaves;
    return std::nullopt;
  }

  // On one side of the middle. The outermost turns away first, so that no line meets another.
  int place_timers(const std::vector<std::size_t>& timers, Side side, int edge) {
    const int many = std::max(1, count(timers));
    const int step = std::min(kNextTimer, (kBoxWidth / 2 - kFirstTimer) / many);
    int y = edge + (timers.empty() ? 0 : kTimer / 2);
    for (int i = count(timers) - 1; i >= 0; --i) {
      const std::size_t timer = timers.at(static_cast<std::size_t>(i));
      const int across = std::min(kTimer, step - 2);
      const int away = kFirstTimer + step * i;
      const int x = middle_of(timer) + (side == Side::left ? -away : away);
      NodeShape& shape = layout_.nodes.at(timer);
      shape.box = {x - across / 2, edge - across / 2, across, across};
      shape.title = fitted(flow_.nodes.at(timer).words, kWords - away - kBesideTimer, kRemarkSize);
      y += 5 + kRemarkLine * count(shape.title);
      shape.label = {x, y};
      shape.leftward = side == Side::left;
      for (std::size_t k = 0; k < flow_.edges.size(); ++k)
        if (flow_.edges.at(k).from == timer) layout_.edges.at(k).label = shape.label;
    }
    return y;
  }

  // The lines that leave a row: each level has its words above and below it. Returns where the next
  // row begins.
  int place_ways(std::size_t exit, int y) {
    std::vector<std::size_t> leaving;
    std::size_t levels = 0;
    for (std::size_t i = 0; i < flow_.edges.size(); ++i) {
      const Route& route = routes_.edges.at(i);
      if (flow_.edges.at(i).from != exit || route.kind == Route::Kind::inner) continue;
      leaving.push_back(i);
      if (route.kind == Route::Kind::bus) levels = std::max(levels, route.level + 1);
    }
    for (const std::size_t i : leaving)
      if (routes_.edges.at(i).kind == Route::Kind::straight) routes_.edges.at(i).level = levels;
    for (std::size_t level = 0; level <= levels; ++level) y = place_level(leaving, level, y);
    return y + kArrow;
  }

  int place_level(const std::vector<std::size_t>& leaving, std::size_t level, int y) {
    int above = 0;
    int below = 0;
    bool any = false;
    for (const std::size_t i : leaving) {
      if (routes_.edges.at(i).level != level) continue;
      any = true;
      above = std::max(above, kNameLine * count(layout_.edges.at(i).name));
      below = std::max(below, kRemarkLine * count(layout_.edges.at(i).remark));
    }
    if (!any) return y;
    y += kAboveName + above;
    for (const std::size_t i : leaving) {
      if (routes_.edges.at(i).level != level) continue;
      EdgeShape& edge = layout_.edges.at(i);
      edge.label = {middle_of(flow_.edges.at(i).from), y};
      edge.leftward = goes_left(i);
    }
    return y + below;
  }

  bool goes_left(std::size_t edge) const {
    const Route& route = routes_.edges.at(edge);
    if (route.kind == Route::Kind::bus) return route.leaves == Side::left;
    return middle_of(flow_.edges.at(edge).to) < middle_of(flow_.edges.at(edge).from);
  }

  int middle_of(std::size_t node) const { return middles_.at(routes_.lanes.at(node)); }

  // --- lines

  void draw(std::size_t edge) {
    const Box& from = layout_.nodes.at(flow_.edges.at(edge).from).box;
    const Box& to = layout_.nodes.at(flow_.edges.at(edge).to).box;
    EdgeShape& shape = layout_.edges.at(edge);
    const Route& route = routes_.edges.at(edge);
    shape.points.push_back({from.middle(), from.bottom()});
    if (route.kind == Route::Kind::bus) {
      const Bus& bus = routes_.buses.at(route.bus);
      const int end = bus.side == Side::left ? to.x : to.right();
      const int away = kFirstSlot + kSlot * bus.slot;
      const int x = bus.side == Side::left ? to.middle() - kBoxWidth / 2 - away
                                           : to.middle() + kBoxWidth / 2 + away;
      shape.points.push_back({from.middle(), shape.label.y});
      shape.points.push_back({x, shape.label.y});
      shape.points.push_back({x, to.centre()});
      shape.points.push_back({end, to.centre()});
      return;
    }
    if (from.middle() != to.middle()) {
      shape.points.push_back({from.middle(), shape.label.y});
      shape.points.push_back({to.middle(), shape.label.y});
    }
    shape.points.push_back({to.middle(), to.y});
  }

  const Flow& flow_;
  const Look& look_;
  Routes routes_;
  std::vector<int> middles_;  // of each lane
  Layout layout_;
};

}  // namespace

Layout layout_of(const Flow& flow, const Look& look) { return Layouter(flow, look).lay_out(); }

}  // namespace saksbro::views
