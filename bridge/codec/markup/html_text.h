// What people write in RT's own editor, and in mails, is HTML; rules and other trackers want its
// text.
#pragma once

#include <string>
#include <string_view>

namespace saksbro::codec {

// More of a page is not read: 4 MB.
inline constexpr std::size_t kHtmlBytesMost = 4U * 1024U * 1024U;

// The text that a reader would see, with LF line ends: paragraphs, breaks, items of lists and rows
// of tables become lines; quotations lines with "> "; preformatted text stands between ``` ; a link
// has its address behind it, a picture is its description. What is not shown is no text. Never
// fails; what is no HTML stays as it is. Takes time by the length, no more.
[[nodiscard]] std::string text_from_html(std::string_view html);

}  // namespace saksbro::codec
