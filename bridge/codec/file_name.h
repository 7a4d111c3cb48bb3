// Names of attachments, which come from outside (FAULTS 4.4).
#pragma once

#include <string>
#include <string_view>

namespace saksbro::codec {

// For people to read, and never a path: what stands after the last '/' and '\', in UTF-8, without
// control characters and what turns the direction of reading, without dots or blanks at either end,
// at most 200 bytes and cut between characters. "?" when nothing is left.
[[nodiscard]] std::string shown_file_name(std::string_view given);

}  // namespace saksbro::codec
