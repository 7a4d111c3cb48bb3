// The strokes that a picture is made of, as SVG elements, and how they look.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bridge/views/layout.h"

namespace saksbro::views {

// Fonts, colours and the arrow's head: classes that the elements below name.
[[nodiscard]] std::string_view svg_style();

[[nodiscard]] std::string number(int value);
// `rest`: more attributes.
[[nodiscard]] std::string rectangle(const Box& box, const std::string& rest);
[[nodiscard]] std::string circle(const Box& box, const std::string& kind);
[[nodiscard]] std::string text_line(Point at, const std::string& kind, std::string_view words);
// The "d" of a right-angled line with soft corners.
[[nodiscard]] std::string path(const std::vector<Point>& points);

}  // namespace saksbro::views
