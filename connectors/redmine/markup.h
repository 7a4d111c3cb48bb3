// Plain text of ours, written so that Redmine shows it as it is: nothing in it becomes bold, a
// link, a mention or a macro. It stays readable where nobody renders it (notification mails, the
// API).
#pragma once

#include <string>
#include <string_view>

namespace saksbro::redmine {

enum class TextFormat { textile, markdown };  // a setting of the site; no API tells it

[[nodiscard]] std::string escaped(std::string_view plain, TextFormat format);

// The way back, for texts that are read: LF line ends, and without what escaped() put in.
[[nodiscard]] std::string unescaped(std::string_view raw, TextFormat format);

// For one line of at most `most` code points: control characters become spaces, and what is too
// long is cut between characters, ending in an ellipsis.
[[nodiscard]] std::string one_line(std::string_view text, std::size_t most);

}  // namespace saksbro::redmine
