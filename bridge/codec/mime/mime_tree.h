// The parts of a mail that GMime has parsed. Internal to codec.
#pragma once

#include <gmime/gmime.h>

#include <string>

#include "bridge/codec/mime/mime.h"
#include "bridge/codec/mime/mime_parts.h"

namespace saksbro::codec {

// An error: what it has too much of: "the mail has more than 100 parts".
[[nodiscard]] tl::expected<MimePart, Phrase> parts_of(GMimeMessage* message,
                                                      const MailLimits& limits);

// A header's value, decoded, in one line of plain text.
[[nodiscard]] std::string decoded_header(const std::string& value);

}  // namespace saksbro::codec
