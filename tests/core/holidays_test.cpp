// The public holidays of Norway, 2024 to 2030, as the almanac has them.
#include "bridge/core/time/holidays.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "tests/core/oslo.h"

namespace saksbro::core {
namespace {

struct Year {
  int year;
  const char* maundy_thursday;  // "03-28"
  const char* good_friday;
  const char* easter;
  const char* easter_monday;
  const char* ascension;
  const char* whitsun;
  const char* whit_monday;
};

const Year kYears[] = {
    {2024, "03-28", "03-29", "03-31", "04-01", "05-09", "05-19", "05-20"},
    {2025, "04-17", "04-18", "04-20", "04-21", "05-29", "06-08", "06-09"},
    {2026, "04-02", "04-03", "04-05", "04-06", "05-14", "05-24", "05-25"},
    {2027, "03-25", "03-26", "03-28", "03-29", "05-06", "05-16", "05-17"},
    {2028, "04-13", "04-14", "04-16", "04-17", "05-25", "06-04", "06-05"},
    {2029, "03-29", "03-30", "04-01", "04-02", "05-10", "05-20", "05-21"},
    {2030, "04-18", "04-19", "04-21", "04-22", "05-30", "06-09", "06-10"},
};

class NorwegianHolidays : public testing::TestWithParam<Year> {};

TEST_P(NorwegianHolidays, AreTheseAndNoOthers) {
  const Year& row = GetParam();
  const std::set<std::string> expected{"01-01",         "05-01",     "05-17",
                                       "12-25",         "12-26",     row.maundy_thursday,
                                       row.good_friday, row.easter,  row.easter_monday,
                                       row.ascension,   row.whitsun, row.whit_monday};
  std::set<std::string> found;
  const std::chrono::year year{row.year};
  for (std::chrono::sys_days day = year / 1 / 1; day <= std::chrono::sys_days(year / 12 / 31);
       day += std::chrono::days(1)) {
    if (is_norwegian_holiday(day)) found.insert(shown(Instant(day)).substr(5, 5));
  }
  EXPECT_EQ(found, expected);
}

INSTANTIATE_TEST_SUITE_P(Almanac, NorwegianHolidays, testing::ValuesIn(kYears),
                         [](const auto& row) { return std::to_string(row.param.year); });

struct Easter {
  int year;
  unsigned month;
  unsigned day;
};

// The earliest, the latest, and others that simple rules get wrong.
const Easter kEasters[] = {{1818, 3, 22}, {1943, 4, 25}, {1954, 4, 18}, {1981, 4, 19},
                           {2000, 4, 23}, {2008, 3, 23}, {2016, 3, 27}, {2019, 4, 21},
                           {2035, 3, 25}, {2038, 4, 25}, {2049, 4, 18}, {2076, 4, 19},
                           {2100, 3, 28}, {2285, 3, 22}};

TEST(EasterSunday, IsThatOfTheChurch) {
  for (const auto& [year, month, day] : kEasters) {
    EXPECT_EQ(easter_sunday(std::chrono::year{year}),
              std::chrono::year{year} / static_cast<int>(month) / static_cast<int>(day))
        << year;
  }
}

}  // namespace
}  // namespace saksbro::core
