// What a process says, in words for people: conditions, who, what is done, and when.
#pragma once

#include <string>
#include <string_view>

#include "bridge/views/look.h"

namespace saksbro::views {

// " hvis løsning er kjent og omfang er egen"; empty: no condition.
[[nodiscard]] std::string if_words(const core::Conditions& conditions, const Look& look);
[[nodiscard]] std::string action_words(const core::ProcessAction& action, const Look& look);
[[nodiscard]] std::string begin_words(const core::Begin& begin, const Look& look);

// "needs a solution; keeps the solution": what a transition asks for, keeps and counts as; empty:
// nothing.
[[nodiscard]] std::string demand_words(const core::Transition& transition, const Look& look);

// "etter 3 arbeidsdager", "etter 1 arbeidsdag, gjentas hvis ..."
[[nodiscard]] std::string timed_words(const core::TimedMove& timed, const Look& look);
// "straks, hvis må informeres er ja"
[[nodiscard]] std::string at_once_words(const core::Onward& onward, const Look& look);
// "frist: 8 arbeidstimer, varsles 2 arbeidstimer før"
[[nodiscard]] std::string deadline_words(const core::Deadline& deadline, const Look& look);
// "spør Brukerstøtte 2. linje hos desk: info ja, info nei"
[[nodiscard]] std::string question_words(const core::Question& question, const Look& look);
[[nodiscard]] std::string wants_words(const std::vector<std::string>& wants, const Look& look);
// "hører også M.1.3.5"
[[nodiscard]] std::string also_words(const core::ActivityId& other, const Look& look);
// All that a transition does beside leading on: what it demands and its actions, in one line.
[[nodiscard]] std::string doings_words(const core::Transition& transition, const Look& look);

[[nodiscard]] std::string joined(const std::vector<std::string>& words, std::string_view between);

[[nodiscard]] inline std::string_view either(core::Language language, std::string_view nb,
                                             std::string_view en) {
  return language == core::Language::nb ? nb : en;
}

}  // namespace saksbro::views
