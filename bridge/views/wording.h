// What a process says, in words for people: conditions, who, what is done, and when.
#pragma once

#include <string>
#include <string_view>

#include "bridge/views/look.h"

namespace saksbro::views {

// "løsning er kjent og omfang er egen"; empty: no condition.
[[nodiscard]] std::string conditions_words(const core::Conditions& conditions,
                                           core::Language language);
// " hvis løsning er kjent"; empty: no condition.
[[nodiscard]] std::string if_words(const core::Conditions& conditions, core::Language language);
[[nodiscard]] std::string deed_words(const core::Deed& deed, core::Language language);
[[nodiscard]] std::string begin_words(const core::Begin& begin, core::Language language);

// "needs a solution; keeps the solution": what a transition asks for, keeps and counts as; empty:
// nothing.
[[nodiscard]] std::string demand_words(const core::Transition& transition, core::Language language);

// "etter 3 arbeidsdager", "etter 1 arbeidsdag, gjentas hvis ..."
[[nodiscard]] std::string timed_words(const core::TimedMove& timed, core::Language language);
// "frist: 8 arbeidstimer, varsles 2 arbeidstimer før"
[[nodiscard]] std::string deadline_words(const core::Deadline& deadline, core::Language language);
// "spør Brukerstøtte 2. linje hos desk: info ja, info nei"
[[nodiscard]] std::string question_words(const core::Question& question, const Look& look);
[[nodiscard]] std::string wants_words(const std::vector<std::string>& wants,
                                      core::Language language);
// "hører også M.1.3.5"
[[nodiscard]] std::string also_words(const core::ActivityId& other, core::Language language);
// All that a transition does beside leading on: what it demands and its deeds, in one line.
[[nodiscard]] std::string doings_words(const core::Transition& transition, core::Language language);

[[nodiscard]] std::string joined(const std::vector<std::string>& words, std::string_view between);

[[nodiscard]] inline std::string_view either(core::Language language, std::string_view nb,
                                             std::string_view en) {
  return language == core::Language::nb ? nb : en;
}

}  // namespace saksbro::views
