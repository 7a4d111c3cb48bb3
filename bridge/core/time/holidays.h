// The public holidays of Norway (lov om helligdager, lov om 1. og 17. mai), computed for any year
// of the Gregorian calendar. Pure.
#pragma once

#include <chrono>

namespace saksbro::core {

[[nodiscard]] std::chrono::year_month_day easter_sunday(std::chrono::year year);

// Skjærtorsdag, langfredag, 1. and 2. påskedag, Kristi himmelfartsdag, 1. and 2. pinsedag;
// 1 January, 1 and 17 May, 25 and 26 December. Ordinary Sundays are not meant.
[[nodiscard]] bool is_norwegian_holiday(std::chrono::year_month_day date);

}  // namespace saksbro::core
