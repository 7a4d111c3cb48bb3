// What both the server and the client ask of the text of a header.
#pragma once

#include <string_view>

namespace saksbro::net {

[[nodiscard]] bool is_token(std::string_view text);  // RFC 9110, section 5.6.2
[[nodiscard]] bool breaks_line(std::string_view text);

}  // namespace saksbro::net
