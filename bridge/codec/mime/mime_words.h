// Encoded words in headers (RFC 2047). Internal to codec.
#pragma once

#include <string>
#include <string_view>

namespace saksbro::codec {

// Makes neighbouring encoded words one, in UTF-8. GMime 3.2.13 puts the texts of base64 words
// together, and what stands after the first padding is lost: "=?utf-8?B?w6Y=?= =?utf-8?B?w7g=?="
// would be read as "æ". Some programs cut a character in two between words, so that decoding them
// one by one would not do either. And charsets are read as mime_charset.h says.
[[nodiscard]] std::string with_merged_words(std::string_view header);

}  // namespace saksbro::codec
