// What an HTML form sends: application/x-www-form-urlencoded (WHATWG URL, section 5).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace saksbro::codec {

// The fields by name; of several with one name the first. Nothing when a % is not followed by two
// digits, or when what comes out is no UTF-8.
[[nodiscard]] std::optional<std::map<std::string, std::string>> read_form(std::string_view body);

// Words that a person typed: LF line ends, no other control characters but the tab, no blanks
// around.
[[nodiscard]] std::string typed_words(std::string_view field);

}  // namespace saksbro::codec
