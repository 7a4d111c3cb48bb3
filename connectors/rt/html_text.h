// What people write in RT's own editor is HTML; rules and other trackers want its text.
#pragma once

#include <string>
#include <string_view>

namespace saksbro::rt {

// The text that a reader would see, with LF line ends: tags go, paragraphs and breaks become lines,
// entities characters. Never fails; what is no HTML stays as it is.
[[nodiscard]] std::string text_from_html(std::string_view html);

}  // namespace saksbro::rt
