// Texts that are too long for a field of a tracker.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace saksbro::codec {

enum class Length { bytes, code_points };

// `text` when it fits; else as much of its beginning as leaves room for the "…" at its end. It is
// cut between what readers see as characters: marks, joined emoji and flags stay whole. Any
// bytes are taken.
[[nodiscard]] std::string cut(std::string_view text, std::size_t most, Length counted);

}  // namespace saksbro::codec
