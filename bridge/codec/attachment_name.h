// The name of a file that somebody else chose, as it may be shown and offered for saving. It is
// never a path: what is stored is named by its hash (docs/libraries.md 7).
#pragma once

#include <string>
#include <string_view>

namespace saksbro::codec {

inline constexpr std::size_t kAttachmentNameBytes = 200;

// The last part after / and \, in Unicode's NFC, without control and direction characters, without
// dots at its beginning or end, and with no name that Windows keeps for a device. At most 200
// bytes, cut before its ending. "vedlegg" when nothing is left.
[[nodiscard]] std::string attachment_name(std::string_view given);

// As above; when nothing is left, named by its type: "vedlegg.png", "message.eml", "kalender.ics".
[[nodiscard]] std::string attachment_name(std::string_view given, std::string_view media_type);

}  // namespace saksbro::codec
