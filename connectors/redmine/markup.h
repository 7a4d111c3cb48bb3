// Texts between Redmine and the bridge.
#pragma once

#include <string>
#include <string_view>

#include "bridge/codec/markup/redmine_signs.h"

namespace saksbro::redmine {

using TextFormat = codec::RedmineFormat;  // a setting of the site; no API tells it

// Plain text of ours, written so that Redmine shows it as it is: nothing in it becomes bold, a
// link, a mention or a macro. It stays readable where nobody renders it (notification mails, the
// API).
[[nodiscard]] std::string escaped(std::string_view plain, TextFormat format);

// The way back, for texts that are read: LF line ends, and without what escaped() put in.
[[nodiscard]] std::string unescaped(std::string_view raw, TextFormat format);

// For one line of at most `most` code points: control characters become spaces, and what is too
// long is cut between characters, ending in an ellipsis.
[[nodiscard]] std::string one_line(std::string_view text, std::size_t most);

}  // namespace saksbro::redmine
