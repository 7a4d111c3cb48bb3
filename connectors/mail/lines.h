// What a mail says line by line: "Alvorlighet: A - kritisk" in its text, "[Sak: INC0099]" in its
// subject. A mapping reads it by `line: Alvorlighet`.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace saksbro::mail {

// "line.alvorlighet" -> "A - kritisk": names in lower case, and the first of a name counts. Those
// of the text are the block that it begins with.
[[nodiscard]] std::map<std::string, std::string> told_lines(std::string_view subject,
                                                            std::string_view text);

}  // namespace saksbro::mail
