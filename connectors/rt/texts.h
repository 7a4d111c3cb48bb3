// What somebody wrote in a transaction: RT keeps a mail as its parts.
#pragma once

#include <string>

#include "bridge/codec/json.h"

namespace saksbro::rt {

// By the rules that hold for every mail (bridge/codec/mime_parts.h), with the names of attached
// mails below. `texts` are those of a snapshot, see history.h.
[[nodiscard]] std::string text_of(const codec::Json& texts, const std::string& transaction);

}  // namespace saksbro::rt
