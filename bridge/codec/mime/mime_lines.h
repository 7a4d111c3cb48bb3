// Pieces of a mail as it is written. Internal to codec.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bridge/codec/mime/mime.h"

namespace saksbro::codec {

// All headers but those of its content.
[[nodiscard]] Result<std::string> write_head(const OutgoingMail& mail);
// The text as a part: its headers, a blank line, and it.
[[nodiscard]] std::string written_text(const OutgoingMail& mail);
// RFC 2047.
[[nodiscard]] std::vector<std::string> encoded_words(std::string_view text);

}  // namespace saksbro::codec
