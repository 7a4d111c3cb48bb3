// What a process says, in words for people: conditions, who, what is done.
#pragma once

#include <string>
#include <string_view>

#include "bridge/views/look.h"

namespace saksbro::views {

[[nodiscard]] std::string condition_words(const core::Condition& condition,
                                          core::Language language);  // "løsning er kjent"
[[nodiscard]] std::string deed_words(const core::Deed& deed, core::Language language);
[[nodiscard]] std::string begin_words(const core::Begin& begin, core::Language language);

// "needs a solution; keeps the solution": what a transition asks for and keeps; empty: nothing.
[[nodiscard]] std::string demand_words(const core::Transition& transition, core::Language language);

[[nodiscard]] inline std::string_view either(core::Language language, std::string_view nb,
                                             std::string_view en) {
  return language == core::Language::nb ? nb : en;
}

}  // namespace saksbro::views
