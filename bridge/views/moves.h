// The moves that a tracker's workflow must allow, for whoever sets that workflow up: in the words
// of the tracker.
#pragma once

#include <string>
#include <vector>

#include "bridge/core/model/mapping.h"
#include "bridge/core/proof/needed_moves.h"

namespace saksbro::views {

// "Under arbeid", "(new ticket)", "(any)"
[[nodiscard]] std::string before_words(const core::Mapping& mapping, const core::NeededMove& move,
                                       core::Language language);
[[nodiscard]] std::string after_word(const core::Mapping& mapping, const core::NeededMove& move);
// "M.1.1.3 -> M.1.3.1 (teknisk feil)"
[[nodiscard]] std::string cause_words(const core::NeededMove& move, core::Language language);

// One block for each system, in it one for each who makes the moves. Ends with a line feed.
[[nodiscard]] std::string moves_text(const core::Mapping& mapping,
                                     const std::vector<core::NeededMove>& moves,
                                     core::Language language);

}  // namespace saksbro::views
