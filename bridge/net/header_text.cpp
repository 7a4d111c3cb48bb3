#include "bridge/net/header_text.h"

#include <algorithm>

#include "bridge/contract/ascii.h"

namespace saksbro::net {

bool is_token(std::string_view text) {
  constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::ranges::all_of(text, [&](char c) {
    return is_ascii_alnum(c) || marks.find(c) != std::string_view::npos;
  });
}

bool breaks_line(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos;
}

}  // namespace saksbro::net
