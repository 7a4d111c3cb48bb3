// Plays a case against its connector and tells what happened, as expected.json would have it.
#pragma once

#include <functional>

#include "tests/connectors/case_folder.h"

namespace saksbro::testcases {

[[nodiscard]] Json play(const CaseFolder& folder);

// The commands and polls of a case once more, with each of `nonsense` in place of each answer and
// of all that follow it. Returns the most calls that one of them came to; kCallsMost when a talk
// does not end.
inline constexpr std::size_t kCallsMost = 60;
[[nodiscard]] std::size_t longest_talk(const CaseFolder& folder, const std::vector<Fate>& nonsense);

}  // namespace saksbro::testcases
