// Character references of HTML (WHATWG 13.5). Internal to codec.
#pragma once

#include <string>
#include <string_view>

namespace saksbro::codec {

// `html` for a parser that knows HTML 4 only: the names that came with HTML 5 are replaced by their
// characters, as are the numbers 128 to 159, which are windows-1252's in practice. What refers to
// no character, and a tag that has no end, are written so that they stay as they are.
[[nodiscard]] std::string with_plain_references(std::string_view html);

}  // namespace saksbro::codec
