// Texts made to fit where they go (docs/promises.md row 49): without what is no text, and cut
// between what people see as characters (Unicode's UAX 29), never within "é" or a flag.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "bridge/contract/command.h"

namespace saksbro::codec {

enum class Measure { bytes, code_points };

// `text` as it is when it fits; else its longest beginning that leaves room for `note`, and the
// note. A single character that alone is longer than that is cut between its code points.
[[nodiscard]] std::string cut_to(std::string_view text, std::size_t most, Measure measure,
                                 std::string_view note = "…");

// As above, in bytes; what is cut out lies before `tail`, if `text` ends with it, and "[…]" stands
// there.
[[nodiscard]] std::string cut_before_tail(std::string_view text, std::string_view tail,
                                          std::size_t most);

// What every store of texts takes: each byte that is no UTF-8, each control character but tab and
// line ends, and each code point that is none (U+FFFE) becomes U+FFFD.
[[nodiscard]] std::string clean_text(std::string_view text);

// Of code points up to U+FFFF only, for MySQL's old "utf8": each character with a higher one
// becomes U+FFFD.
[[nodiscard]] std::string without_four_bytes(std::string_view text);

// `action` with each of its texts for people changed; not its ids, marker and reference.
[[nodiscard]] Action with_texts(Action action,
                                const std::function<std::string(const std::string&)>& change);

}  // namespace saksbro::codec
