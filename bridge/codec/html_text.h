// What people write in RT's own editor, and in mails, is HTML; rules and other trackers want its
// text.
#pragma once

#include <string>
#include <string_view>

namespace saksbro::codec {

// The text that a reader would see, with LF line ends: tags go, paragraphs and breaks become lines,
// entities characters. Never fails; what is no HTML stays as it is. Takes time by the length, no
// more.
[[nodiscard]] std::string text_from_html(std::string_view html);

}  // namespace saksbro::codec
