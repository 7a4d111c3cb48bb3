// HTML (WHATWG): the one way by which a text comes into a page.
#pragma once

#include <string>
#include <string_view>

namespace saksbro::codec {

// For an element's content and for an attribute's value in double quotes. Bytes that are no UTF-8
// become U+FFFD, as do control characters but tab and line ends.
[[nodiscard]] std::string escape_html(std::string_view text);

}  // namespace saksbro::codec
