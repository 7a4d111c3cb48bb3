// What must hold of every picture: of the shipped processes, and of any that a mapping could hold.
#include "bridge/views/layout.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "bridge/views/text_width.h"
#include "tests/views/example.h"

namespace saksbro::views {
namespace {

bool overlap(const Box& a, const Box& b) {
  return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom();
}

bool contains(const Box& outer, const Box& inner) {
  return outer.x <= inner.x && inner.right() <= outer.right() && outer.y <= inner.y &&
         inner.bottom() <= outer.bottom();
}

Box around(Point a, Point b) {
  return {std::min(a.x, b.x), std::min(a.y, b.y), std::abs(a.x - b.x), std::abs(a.y - b.y)};
}

bool crosses(Point a, Point b, const Box& box) {
  const Box line = around(a, b);
  return line.x < box.right() && box.x < line.right() + (line.width == 0 ? 1 : 0) &&
         line.y < box.bottom() && box.y < line.bottom() + (line.height == 0 ? 1 : 0);
}

bool on_the_edge(Point point, const Box& box) {
  const bool upright = (point.x == box.x || point.x == box.right()) && point.y == box.centre();
  const bool level = (point.y == box.y || point.y == box.bottom()) && point.x == box.middle();
  return upright || level;
}

class Picture {
 public:
  Picture(const core::Process& process, const Look& look)
      : flow_(flow_of(process, look)), layout_(layout_of(flow_, look)) {}

  void check() const {
    ASSERT_EQ(layout_.nodes.size(), flow_.nodes.size());
    ASSERT_EQ(layout_.edges.size(), flow_.edges.size());
    for (std::size_t i = 0; i < flow_.nodes.size(); ++i) check_node(i);
    for (std::size_t i = 0; i < flow_.edges.size(); ++i) check_edge(i);
  }

 private:
  void check_node(std::size_t i) const {
    const Box& box = layout_.nodes.at(i).box;
    const std::string& id = flow_.nodes.at(i).id;
    const auto lane = std::find(flow_.roles.begin(), flow_.roles.end(), flow_.nodes.at(i).role);
    EXPECT_TRUE(
        contains(layout_.lanes.at(static_cast<std::size_t>(lane - flow_.roles.begin())).box, box))
        << id << " stands outside the lane of its role";
    for (std::size_t other = 0; other < i; ++other) {
      if (flow_.nodes.at(i).kind == NodeKind::timer && is_host(other, i)) continue;
      EXPECT_FALSE(overlap(box, layout_.nodes.at(other).box)) << id;
    }
    if (flow_.nodes.at(i).kind == NodeKind::timer) return check_timer(i);
    if (flow_.nodes.at(i).kind == NodeKind::start || ends_a_timer(flow_.nodes.at(i))) return;
    for (const std::string& line : layout_.nodes.at(i).title)
      EXPECT_LE(pixels(line, kTitleSize), box.width - 24) << id;
    const NodeShape& shape = layout_.nodes.at(i);
    const auto smaller = static_cast<int>(shape.beside.size() + shape.asked.size());
    EXPECT_LE(30 + kTitleLine * static_cast<int>(shape.title.size()) + kRemarkLine * smaller,
              box.height + (shape.title.empty() ? 30 : 0))
        << id;
    check_head(i);
  }

  // The status stands clear of the number, and what stands below of the status.
  void check_head(std::size_t i) const {
    const FlowNode& node = flow_.nodes.at(i);
    const NodeShape& shape = layout_.nodes.at(i);
    if (node.kind == NodeKind::gateway || node.kind == NodeKind::end || !node.activity->status)
      return;
    const int mark = node.kind == NodeKind::task ? 0 : kMark;
    const Box number{shape.box.x + kBoxInset + mark, shape.box.y + 9,
                     pixels(node.activity->id.text(), kNameSize), 12};
    EXPECT_TRUE(contains(shape.box, shape.status)) << node.id;
    EXPECT_FALSE(overlap(number, shape.status)) << node.id;
    EXPECT_LE(shape.status.bottom(), shape.first_line - 10) << node.id;
  }

  [[nodiscard]] bool is_host(std::size_t node, std::size_t timer) const {
    const FlowNode& one = flow_.nodes.at(node);
    return one.activity == flow_.nodes.at(timer).activity && one.row == flow_.nodes.at(timer).row &&
           one.timed == nullptr && one.kind != NodeKind::gateway;
  }

  // On the lower edge of its activity, as BPMN wants it; its words beside nothing else.
  void check_timer(std::size_t i) const {
    const NodeShape& shape = layout_.nodes.at(i);
    std::size_t host = i;
    while (!is_host(host, i)) --host;
    EXPECT_LE(std::abs(shape.box.centre() - layout_.nodes.at(host).box.bottom()), 1)
        << flow_.nodes.at(i).id;
    const NodeShape& activity = layout_.nodes.at(host);
    EXPECT_GE(shape.box.y,
              activity.first_line - kTitleLine +
                  kTitleLine * static_cast<int>(activity.title.size()) +
                  kRemarkLine * static_cast<int>(activity.beside.size() + activity.asked.size()))
        << flow_.nodes.at(i).id << " hides words";
    EXPECT_FALSE(shape.title.empty());
    const Box words = words_of(shape);
    EXPECT_GE(words.x, layout_.pool.x) << flow_.nodes.at(i).id;
    EXPECT_LE(words.right(), layout_.pool.right()) << flow_.nodes.at(i).id;
    for (std::size_t other = 0; other < flow_.nodes.size(); ++other) {
      EXPECT_FALSE(overlap(words, layout_.nodes.at(other).box)) << flow_.nodes.at(i).id;
      if (other < i && flow_.nodes.at(other).kind == NodeKind::timer) {
        EXPECT_FALSE(overlap(words, words_of(layout_.nodes.at(other)))) << flow_.nodes.at(i).id;
      }
    }
  }

  [[nodiscard]] static Box words_of(const NodeShape& timer) {
    int width = 0;
    for (const std::string& line : timer.title) width = std::max(width, pixels(line, kRemarkSize));
    const int height = kRemarkLine * static_cast<int>(timer.title.size());
    return {timer.leftward ? timer.label.x - 5 - width : timer.label.x + 5, timer.label.y - height,
            width, height};
  }

  void check_edge(std::size_t i) const {
    const FlowEdge& edge = flow_.edges.at(i);
    const std::vector<Point>& points = layout_.edges.at(i).points;
    ASSERT_GE(points.size(), 2U) << edge.id;
    EXPECT_TRUE(on_the_edge(points.front(), layout_.nodes.at(edge.from).box)) << edge.id;
    EXPECT_TRUE(on_the_edge(points.back(), layout_.nodes.at(edge.to).box)) << edge.id;
    for (std::size_t k = 1; k < points.size(); ++k) {
      const Point a = points.at(k - 1);
      const Point b = points.at(k);
      EXPECT_NE(a, b) << edge.id;
      EXPECT_TRUE(a.x == b.x || a.y == b.y) << edge.id << " is not right-angled";
      EXPECT_TRUE(contains(layout_.pool, around(a, b))) << edge.id;
      for (std::size_t node = 0; node < flow_.nodes.size(); ++node)
        EXPECT_FALSE(crosses(a, b, layout_.nodes.at(node).box))
            << edge.id << " runs through " << flow_.nodes.at(node).id;
    }
  }

  Flow flow_;
  Layout layout_;
};

TEST(Layout, OfTheShippedProcessesNothingOverlaps) {
  for (const core::Language language : {core::Language::nb, core::Language::en}) {
    for (const core::Process& process : shipped().mapping.processes)
      Picture(process, look_of(process, language)).check();
    Picture(small_process(), small_look(language)).check();
  }
}

TEST(Layout, OfAnyProcessNothingOverlaps) {
  std::mt19937 random(20261123);
  for (int i = 0; i < 200 && !testing::Test::HasFailure(); ++i) {
    SCOPED_TRACE("process " + std::to_string(i));
    Picture(random_process(random), {}).check();
  }
}

// Two lines may share a part of their way only when they lead to the same box, or leave the same.
TEST(Layout, LinesOfDifferentEndsNeverRunOnTopOfEachOther) {
  std::mt19937 random(3);
  for (int round = 0; round < 60 && !testing::Test::HasFailure(); ++round) {
    const core::Process process = random_process(random);
    const Flow flow = flow_of(process, {});
    const Layout layout = layout_of(flow, {});
    for (std::size_t i = 0; i < flow.edges.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (flow.edges.at(i).from == flow.edges.at(j).from ||
            flow.edges.at(i).to == flow.edges.at(j).to)
          continue;
        const auto& one = layout.edges.at(i).points;
        const auto& other = layout.edges.at(j).points;
        for (std::size_t a = 1; a < one.size(); ++a) {
          for (std::size_t b = 1; b < other.size(); ++b) {
            const Box x = around(one.at(a - 1), one.at(a));
            const Box y = around(other.at(b - 1), other.at(b));
            const bool upright =
                x.width == 0 && y.width == 0 && x.x == y.x && x.y < y.bottom() && y.y < x.bottom();
            const bool level =
                x.height == 0 && y.height == 0 && x.y == y.y && x.x < y.right() && y.x < x.right();
            EXPECT_FALSE(upright || level) << flow.edges.at(i).id << ", " << flow.edges.at(j).id;
          }
        }
      }
    }
  }
}

}  // namespace
}  // namespace saksbro::views
