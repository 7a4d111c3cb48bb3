// JSON from outside, read without surprises (docs/libraries.md 6): bounded depth and
// size, time in proportion to its length, no exceptions, numbers
// that fit, null where a text is expected is "nothing", invalid UTF-8 is replaced when written.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "bridge/contract/error.h"

namespace saksbro::codec {

using Json = nlohmann::json;

inline constexpr int kJsonDepthMost = 64;
// A value of eight bytes, such as {"":{}}, costs some 200 as a tree: without a limit, a body of
// 24 MB would need more memory than the whole service may have. Real answers have a value for each
// ten bytes or more, and come in pages.
inline constexpr int kJsonValuesMost = 500'000;

// `where` names the source in the error: "desk: webhook". Repairs nothing: bad UTF-8 inside texts
// is an error, unless `latin1_bytes` allows single raw Latin-1 bytes (RT writes some), which are
// read as such.
enum class Bytes { utf8, latin1_allowed };
[[nodiscard]] Result<Json> parse_json(std::string_view text, const std::string& where,
                                      Bytes bytes = Bytes::utf8);

// Never throws; invalid UTF-8 becomes U+FFFD.
[[nodiscard]] std::string write_json(const Json& json);

// The member at a path like "issue.status.name"; an empty Json (null) when any step is missing.
[[nodiscard]] const Json& at_path(const Json& json, std::string_view path);

// Texts and numbers as text ("7" and 7 are both "7"); nothing for null, truth values,
// objects, lists, missing, and for numbers so large that digits got lost.
[[nodiscard]] std::optional<std::string> text_at(const Json& json, std::string_view path);
[[nodiscard]] std::string text_or(const Json& json, std::string_view path,
                                  std::string_view fallback);

// Whole numbers that fit, and texts that are one ("7"); nothing for 7.0.
[[nodiscard]] std::optional<std::int64_t> integer_at(const Json& json, std::string_view path);

[[nodiscard]] bool flag_at(const Json& json, std::string_view path);  // true only for true

}  // namespace saksbro::codec
