// Windows-1252 as browsers read it (WHATWG): what calls itself us-ascii or iso-8859-1 is it, too.
#pragma once

#include <string>
#include <string_view>

namespace saksbro::codec {

// One byte, as UTF-8.
[[nodiscard]] std::string windows_1252_character(char byte);

// Valid sequences of UTF-8 stay; each other byte is read as windows-1252 and written as UTF-8.
[[nodiscard]] std::string repair_windows_1252(std::string_view text);

// Every byte is one of windows-1252.
[[nodiscard]] std::string utf8_from_windows_1252(std::string_view bytes);

}  // namespace saksbro::codec
