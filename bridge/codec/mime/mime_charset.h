// Bytes of a mail as UTF-8. Internal to codec.
#pragma once

#include <string>
#include <string_view>

namespace saksbro::codec {

// By the charset that the mail names, read as browsers read it (WHATWG's labels): iso-8859-1 is
// windows-1252. Without a charset, and by one that nobody knows: UTF-8, and windows-1252 what is
// none. A byte that does not fit is one wrong character and no more.
[[nodiscard]] std::string text_in_utf8(const std::string& bytes, std::string_view charset);

}  // namespace saksbro::codec
