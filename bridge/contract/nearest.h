// "Did you mean ...?"
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bridge/contract/phrase.h"

namespace saksbro {

// The candidate with the fewest edits from `word`, if it is near enough to be a likely misspelling.
// Compares code points, ignoring ASCII case. Ties: the first.
[[nodiscard]] std::optional<std::string> nearest(std::string_view word,
                                                 const std::vector<std::string>& candidates);

// `; did you mean "x"?` or nothing: made to be appended to a message.
[[nodiscard]] std::string did_you_mean(std::string_view word,
                                       const std::vector<std::string>& candidates);

// The same, as an argument of a phrase.
[[nodiscard]] Phrase perhaps_meant(std::string_view word,
                                   const std::vector<std::string>& candidates);

// The same; where none is near, all that there are: `; expected one of a, b`.
[[nodiscard]] std::string did_you_mean_one_of(std::string_view word,
                                              const std::vector<std::string>& candidates);

}  // namespace saksbro
