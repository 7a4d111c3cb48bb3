// Text of other parties, made safe to look at. A terminal acts on control characters (ESC ]52 sets
// the clipboard), every reader acts on what turns the direction of reading (U+202E) or is not seen
// at all (tags), and a line break begins a line that looks like ours. All of Unicode's categories
// Cc, Cf, Zl and Zp are shown as what they are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace saksbro::codec {

[[nodiscard]] bool acts_on_its_reader(std::uint32_t point);

// One line: ends of lines and tabs are spaces, U+001B is "<U+001B>", a byte that is no UTF-8 is
// U+FFFD.
[[nodiscard]] std::string visible_line(std::string_view text);

// Several lines; those after the first begin with `indent` spaces.
[[nodiscard]] std::string visible_lines(std::string_view text, std::size_t indent);

// JSON as write_json() gives it, with \u202e in the place of the character: the same value.
[[nodiscard]] std::string visible_json(std::string_view json);

}  // namespace saksbro::codec
