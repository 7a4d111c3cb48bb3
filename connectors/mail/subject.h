// What stands in a subject.
#pragma once

#include <string>
#include <string_view>

namespace saksbro::mail {

// In one line: control characters become blanks; long ones are cut.
[[nodiscard]] std::string one_line(std::string text);

// "VS: ...", "Fwd: ...": what is quoted below is what it is about.
[[nodiscard]] bool is_forward(const std::string& subject);

// "Sv: Re: Skriveren står" -> "Skriveren står"
[[nodiscard]] std::string without_prefixes(std::string_view subject);

}  // namespace saksbro::mail
