// Known solutions: what the store must know of the mapping to keep them, and what a new case is
// compared by.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "bridge/contract/error.h"
#include "bridge/core/decide/decide.h"
#include "bridge/core/model/case.h"
#include "bridge/core/model/mapping.h"
#include "bridge/store/store.h"

namespace saksbro::run {

// The case values are "løsning" and the one that names organisations. A solution stands in the
// statuses to which the transitions lead that keep one.
[[nodiscard]] store::SolutionSource solution_source(const core::Mapping& mapping);

// What the case that `facts` give birth to is compared by.
struct SolutionQuestion {
  std::string text;
  std::string organisation;
  friend auto operator<=>(const SolutionQuestion&, const SolutionQuestion&) = default;
};
[[nodiscard]] SolutionQuestion question_of(const store::SolutionSource& source,
                                           std::span<const core::Fact> facts);

// Solved cases that are like it: at most five, its own organisation's before others. Whether others
// may be shown is the mapping's to say, and so the core's.
[[nodiscard]] Result<std::vector<core::SimilarCase>> similar_to(store::Reader& reader,
                                                                const SolutionQuestion& question);

}  // namespace saksbro::run
