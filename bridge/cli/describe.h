// How cases and commands are shown to people and to programs.
#pragma once

#include <string>

#include "bridge/codec/json.h"
#include "bridge/store/store.h"

namespace saksbro::cli {

[[nodiscard]] std::string local_time(Instant instant);  // 2026-11-23 15:04:05, the machine's zone
[[nodiscard]] std::string tickets_of(const core::Case& one);  // "desk #12, operator #5"
[[nodiscard]] const char* word(store::OutboxState state);
[[nodiscard]] std::size_t width_of(const std::string& text);  // in code points
[[nodiscard]] std::string padded(const std::string& text, std::size_t width);
[[nodiscard]] std::string shortened(const std::string& text, std::size_t width);

[[nodiscard]] codec::Json to_json(const core::Case& one);
[[nodiscard]] codec::Json to_json(const store::OutboxRow& row);

}  // namespace saksbro::cli
