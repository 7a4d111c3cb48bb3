// Media types as senders say them and as bytes look: whether the two can be of one file.
#pragma once

#include <string>
#include <string_view>

namespace saksbro::core {

// "text/plain" of "Text/Plain; charset=utf-8".
[[nodiscard]] std::string bare_media_type(std::string_view type);

// Empty, or one that only says that the file has bytes. `type` is bare.
[[nodiscard]] bool says_no_type(std::string_view type);

// Whether a file that its sender calls `declared` is one, when its bytes look like `seen`
// (libmagic; empty: nobody has looked). A text is a text of many kinds; a document of an office
// program may look like the archive that holds it; what always has a signature has to have it.
// Both are bare.
[[nodiscard]] bool may_be_type(std::string_view declared, std::string_view seen);

}  // namespace saksbro::core
