#include "bridge/views/svg_shapes.h"

#include <algorithm>
#include <cstdlib>

#include "bridge/views/xml_text.h"

namespace saksbro::views {
namespace {

constexpr std::string_view kStyle = R"(  <style>
    text { font-family: "Helvetica Neue", Arial, "Liberation Sans", "DejaVu Sans", sans-serif; fill: #1d2733; }
    .head { font-size: 15px; font-weight: bold; }
    .role { font-size: 12.5px; font-weight: bold; text-anchor: middle; }
    .band { font-size: 13px; font-weight: bold; text-anchor: middle; fill: #4a5a6a; }
    .number { font-size: 11.5px; font-weight: bold; fill: #3d5875; }
    .title { font-size: 12.5px; }
    .status { font-size: 9.5px; font-weight: bold; text-anchor: middle; }
    .name { font-size: 11.5px; paint-order: stroke; stroke: #ffffff; stroke-width: 3px; stroke-linejoin: round; }
    .remark { font-size: 10px; fill: #5b6875; paint-order: stroke; stroke: #ffffff; stroke-width: 3px; stroke-linejoin: round; }
    .beside { font-size: 10px; font-style: italic; fill: #3d5875; }
    .asked { font-size: 10px; fill: #8a4b12; }
    .soft { fill: #5b6875; }
    .broken { stroke-dasharray: 3 2; }
    .left { text-anchor: end; }
    .shape { fill: #ffffff; stroke: #3d5875; stroke-width: 1.4; }
    .end { fill: #ffffff; stroke: #3d5875; stroke-width: 3.4; }
    .mark { fill: none; stroke: #3d5875; stroke-width: 1.6; }
    .flow { fill: none; stroke: #5a6f85; stroke-width: 1.4; stroke-linejoin: round; }
  </style>
  <defs>
    <marker id="arrow" viewBox="0 0 8 8" refX="7.4" refY="4" markerWidth="8" markerHeight="8" orient="auto">
      <path d="M0,0.6 L7.6,4 L0,7.4 Z" fill="#5a6f85"/>
    </marker>
  </defs>
)";

}  // namespace

std::string_view svg_style() { return kStyle; }

std::string number(int value) { return std::to_string(value); }

std::string rectangle(const Box& box, const std::string& rest) {
  return "<rect x=\"" + number(box.x) + "\" y=\"" + number(box.y) + "\" width=\"" +
         number(box.width) + "\" height=\"" + number(box.height) + "\" " + rest + "/>\n";
}

std::string circle(const Box& box, const std::string& kind) {
  return "<circle class=\"" + kind + "\" cx=\"" + number(box.middle()) + "\" cy=\"" +
         number(box.centre()) + "\" r=\"" + number(box.width / 2) + "\"/>\n";
}

std::string text_line(Point at, const std::string& kind, std::string_view words) {
  return "<text class=\"" + kind + "\" x=\"" + number(at.x) + "\" y=\"" + number(at.y) + "\">" +
         xml_text(words) + "</text>\n";
}

std::string path(const std::vector<Point>& points) {
  static constexpr int kRadius = 6;
  std::string d = "M" + number(points.front().x) + "," + number(points.front().y);
  const auto towards = [](Point from, Point to) {
    const int reach = std::min(kRadius, (std::abs(to.x - from.x) + std::abs(to.y - from.y)) / 2);
    const auto sign = [](int value) { return value > 0 ? 1 : value < 0 ? -1 : 0; };
    return Point{from.x + reach * sign(to.x - from.x), from.y + reach * sign(to.y - from.y)};
  };
  const auto pair = [](Point point) { return number(point.x) + "," + number(point.y); };
  for (std::size_t i = 1; i + 1 < points.size(); ++i) {
    const Point corner = points.at(i);
    d += " L" + pair(towards(corner, points.at(i - 1))) + " Q" + pair(corner) + " " +
         pair(towards(corner, points.at(i + 1)));
  }
  return d + " L" + pair(points.back());
}

}  // namespace saksbro::views
