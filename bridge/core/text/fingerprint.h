// Knows a long text again without keeping it: 64 bits of FNV-1a and the length. Not for what an
// enemy may choose: two texts of theirs may have one fingerprint. Pure.
#pragma once

#include <string>
#include <string_view>

namespace saksbro::core {

// "fp:cbf29ce484222325.0": the same for the same bytes, on every machine and in every version.
[[nodiscard]] std::string fingerprint(std::string_view text);

}  // namespace saksbro::core
