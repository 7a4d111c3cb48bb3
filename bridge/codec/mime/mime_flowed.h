// Text that a mail program broke for the wire: format=flowed (RFC 3676).
#pragma once

#include <string>
#include <string_view>

namespace saksbro::codec {

struct LineFlow {
  bool flowed = false;
  bool delsp = false;  // the blank at a line's end belongs to the break alone
};

// What `headers` (lines as they stand above a part, decoded or not) say of a plain text.
[[nodiscard]] LineFlow line_flow(std::string_view headers);

// Paragraphs as they were written. A line of a quotation begins with as many ">" as it is deep, and
// a blank.
[[nodiscard]] std::string unflowed(std::string_view text, bool delsp);

}  // namespace saksbro::codec
