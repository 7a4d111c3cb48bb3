#include "bridge/core/time/holidays.h"

#include <algorithm>
#include <array>

namespace saksbro::core {

using std::chrono::sys_days;
using std::chrono::year_month_day;

// The anonymous Gregorian computus (Nature, 1876); its letters are kept.
year_month_day easter_sunday(std::chrono::year year) {
  const int y = static_cast<int>(year);
  const int a = y % 19;
  const int b = y / 100;
  const int c = y % 100;
  const int g = (b - (b + 8) / 25 + 1) / 3;
  const int h = (19 * a + b - b / 4 - g + 15) % 30;
  const int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
  const int m = (a + 11 * h + 22 * l) / 451;
  const int n = h + l - 7 * m + 114;
  return {year, std::chrono::month(static_cast<unsigned>(n / 31)),
          std::chrono::day(static_cast<unsigned>(n % 31 + 1))};
}

bool is_norwegian_holiday(year_month_day date) {
  static constexpr std::array<std::chrono::month_day, 5> kFixed{
      std::chrono::January / 1, std::chrono::May / 1, std::chrono::May / 17,
      std::chrono::December / 25, std::chrono::December / 26};
  static constexpr std::array<int, 7> kDaysAfterEaster{-3, -2, 0, 1, 39, 49, 50};
  const auto one_of = [](const auto& list, const auto& wanted) {
    return std::find(list.begin(), list.end(), wanted) != list.end();
  };
  const auto since_easter = sys_days(date) - sys_days(easter_sunday(date.year()));
  return one_of(kFixed, date.month() / date.day()) ||
         one_of(kDaysAfterEaster, static_cast<int>(since_easter.count()));
}

}  // namespace saksbro::core
