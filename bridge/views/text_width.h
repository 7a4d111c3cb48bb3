// How wide texts are, and how they break into lines: in code points for terminals, in pixels for
// pictures.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace saksbro::views {

[[nodiscard]] std::size_t code_points(std::string_view text);
[[nodiscard]] std::string padded(std::string_view text, std::size_t width);

// The widest of the usual sans-serif fonts decides (DejaVu Sans): what fits in it fits in Arial.
[[nodiscard]] int pixels(std::string_view text, double font_size);

// Breaks at blanks, but not within "2. linje"; a word that is too long by itself is broken where it
// must be.
using Measure = std::function<int(std::string_view)>;
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, int width,
                                               const Measure& measure);

}  // namespace saksbro::views
