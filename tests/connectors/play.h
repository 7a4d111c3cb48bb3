// Plays a case against its connector and tells what happened, as expected.json would have it.
#pragma once

#include <functional>

#include "tests/connectors/case_folder.h"

namespace saksbro::testcases {

[[nodiscard]] Json play(const CaseFolder& folder);

// The commands and polls of a case once more, with `fate` in place of the answer number `at` and of
// all that follow it. Returns the number of calls made, kCallsMost when the talk does not end.
inline constexpr std::size_t kCallsMost = 60;
[[nodiscard]] std::size_t play_until(const CaseFolder& folder, std::size_t at, const Fate& fate);

}  // namespace saksbro::testcases
