// The tables of known solutions: solved_cases, its index, and the words in it. These functions
// throw, as in inbox.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bridge/core/decide/decide.h"
#include "bridge/core/model/case.h"
#include "bridge/store/sqlite/connection.h"
#include "bridge/store/store.h"

namespace saksbro::store::solutions {

// In a transaction of its own; left open when it throws.
void keep_from(Connection& connection, const SolutionSource& source);

// After a change of the case: its solution is kept, kept anew, or forgotten.
void keep(Connection& connection, const core::Case& after);

// The organisation's name as one word of the index.
[[nodiscard]] std::string owner_word(const std::string& organisation);

[[nodiscard]] std::vector<core::SimilarCase> similar(Connection& connection,
                                                     const std::string& text,
                                                     const std::string& organisation, bool across,
                                                     int most);
[[nodiscard]] std::vector<core::SimilarCase> asked(Connection& connection, const std::string& query,
                                                   const std::optional<std::string>& organisation,
                                                   int most);

}  // namespace saksbro::store::solutions
