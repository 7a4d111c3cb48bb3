// What a sender signs, as it is written in a configuration: "v0:{timestamp}:{body}".
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "bridge/codec/webhook/signature.h"

namespace saksbro::codec {

// The error says what is wrong with the text. {body} must be there; {timestamp} and {id} must not
// touch another one, or a digit could move from one into the other.
[[nodiscard]] tl::expected<std::vector<SignedPart>, std::string> parse_signed_text(
    std::string_view text);

}  // namespace saksbro::codec
