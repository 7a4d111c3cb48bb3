// Text that a mail program broke for the wire: format=flowed (RFC 3676). Internal to codec.
#pragma once

#include <string>
#include <string_view>

namespace saksbro::codec {

// Paragraphs as they were written. A line of a quotation begins with as many ">" as it is deep, and
// a blank. `delsp`: the blank at a line's end belongs to the break alone.
[[nodiscard]] std::string unflowed(std::string_view text, bool delsp);

}  // namespace saksbro::codec
