// A phrase within a connector's own documents (records of mails, snapshots), exact both ways.
#pragma once

#include "bridge/codec/json.h"
#include "bridge/contract/phrase.h"

namespace saksbro::codec {

[[nodiscard]] Json phrase_json(const Phrase& phrase);  // words only: a string

// What is no phrase is empty.
[[nodiscard]] Phrase phrase_from(const Json& json);

}  // namespace saksbro::codec
