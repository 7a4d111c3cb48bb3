// Known solutions: what the store must know of the mapping to keep them, and what a new case is
// compared by.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "bridge/contract/error.h"
#include "bridge/core/case.h"
#include "bridge/core/decide.h"
#include "bridge/core/mapping.h"
#include "bridge/store/store.h"

namespace saksbro::run {

// The case values are "løsning" and the one that names organisations. A solution stands in the
// statuses to which the transitions lead that keep one.
[[nodiscard]] store::SolutionSource solution_source(const core::Mapping& mapping);

// Solved cases that are like the one which `facts` give birth to: at most five, its own
// organisation's before others. Whether others may be shown is the mapping's to say, and so the
// core's.
[[nodiscard]] Result<std::vector<core::SimilarCase>> similar_to(store::Transaction& tx,
                                                                const store::SolutionSource& source,
                                                                std::span<const core::Fact> facts);

}  // namespace saksbro::run
