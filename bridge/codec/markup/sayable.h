// What every writer says in the same words, whatever its dialect. Internal to codec.
#pragma once

#include <string_view>

#include "bridge/codec/markup/document.h"

namespace saksbro::codec {

using ShowsPicture = bool (*)(std::string_view target);
[[nodiscard]] inline bool shows_no_picture(std::string_view) { return false; }

// `document` without what no dialect says, and what this one cannot show:
//   - a person is "@" and the name: nobody is called;
//   - a picture from elsewhere is a link, for loading it would tell its server who reads;
//   - another picture that is not shown is its words, with the name of its file behind: "Skjerm
//     (skjerm.png)";
//   - a link that leads nowhere is its words, with the address behind: "her (#topp)".
// What is left: links to web addresses (words.h), and the pictures that `shows` says yes to.
[[nodiscard]] Document sayable(Document document, ShowsPicture shows);

}  // namespace saksbro::codec
