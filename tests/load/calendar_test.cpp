// What the tz database of the machine says of Norway is what the EU decided, and what a calendar's
// settings become.
#include "bridge/load/calendar.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bridge/load/yaml_file.h"
#include "bridge/load/zone.h"

namespace saksbro::load {
namespace {

using core::DayHours;
using std::chrono::hours;
using std::chrono::last;
using std::chrono::minutes;
using std::chrono::Sunday;

std::string lines_of(const Errors& errors) {
  std::string lines;
  for (const Error& error : errors) lines += error.text() + "\n";
  return lines;
}

TEST(Zone, OsloChangesOnTheLastSundaysOfMarchAndOctoberFrom2000To2060) {
  std::vector<core::ZoneOffset> expected{
      {std::chrono::sys_days{std::chrono::year{2000} / 1 / 1}, minutes(60)}};
  for (int number = 2000; number <= 2060; ++number) {
    const std::chrono::year year{number};
    const std::chrono::sys_days spring{year / 3 / Sunday[last]};
    const std::chrono::sys_days autumn{year / 10 / Sunday[last]};
    expected.push_back({spring + hours(1), minutes(120)});
    expected.push_back({autumn + hours(1), minutes(60)});
  }
  EXPECT_EQ(zone_offsets("Europe/Oslo"), expected);
}

TEST(Zone, ThatNeverChangesHasOneOffset) {
  const core::ZoneOffset india{std::chrono::sys_days{std::chrono::year{2000} / 1 / 1},
                               hours(5) + minutes(30)};
  EXPECT_EQ(zone_offsets("Asia/Kolkata"), std::vector<core::ZoneOffset>{india});
  EXPECT_EQ(zone_offsets("UTC")->size(), 1U);
}

TEST(Zone, WestOfGreenwichIsBehind) {
  const auto offsets = zone_offsets("America/New_York");
  ASSERT_TRUE(offsets);
  EXPECT_EQ(offsets->at(0).ahead, -hours(5));
  EXPECT_EQ(offsets->at(1).ahead, -hours(4));
}

TEST(Zone, NamesAreThoseOfTheDatabaseAndNoFiles) {
  const auto names = zone_names();
  EXPECT_GT(names.size(), 300U);
  EXPECT_THAT(names, testing::IsSupersetOf({"Europe/Oslo", "UTC", "America/Indiana/Knox"}));
  for (const char* other : {"zone.tab", "tzdata.zi", "posix/Europe/Oslo", "Europe"})
    EXPECT_THAT(names, testing::Not(testing::Contains(other)));
  for (const char* other : {"Europe/oslo", "", "/etc/localtime", "../zoneinfo/UTC"})
    EXPECT_EQ(zone_offsets(other), std::nullopt) << other;
}

core::Calendar calendar_of(const std::string& yaml) {
  Errors errors;
  const auto tree = parse_yaml("calendar.yaml", yaml, errors);
  EXPECT_TRUE(tree);
  core::Calendar calendar = tree ? read_calendar(*tree, errors) : core::Calendar{};
  EXPECT_EQ(lines_of(errors), "");
  return calendar;
}

TEST(CalendarSettings, BecomeHoursAndDays) {
  const core::Calendar calendar = calendar_of(
      "zone: Europe/Oslo\n"
      "hours: { mon-thu: 08:00-15:45, fri: 08:00-15:00, sun: 00:00-24:00 }\n"
      "holidays: norway\n"
      "days: { 12-24: closed, 02-29: 10:00-12:00, 2026-05-15: closed, 2026-11-28: 10:00-14:30 }\n");
  const DayHours office{hours(8), hours(15) + minutes(45)};
  const core::Calendar::Week week{office,
                                  office,
                                  office,
                                  office,
                                  DayHours{hours(8), hours(15)},
                                  std::nullopt,
                                  DayHours{hours(0), hours(24)}};
  EXPECT_EQ(calendar.zone, "Europe/Oslo");
  EXPECT_EQ(calendar.offsets, zone_offsets("Europe/Oslo"));
  EXPECT_EQ(calendar.week, week);
  EXPECT_EQ(calendar.holidays, core::Holidays::norway);
  EXPECT_EQ(calendar.yearly, (decltype(calendar.yearly){
                                 {std::chrono::December / 24, std::nullopt},
                                 {std::chrono::February / 29, DayHours{hours(10), hours(12)}}}));
  EXPECT_EQ(calendar.dates,
            (decltype(calendar.dates){{std::chrono::year{2026} / 5 / 15, std::nullopt},
                                      {std::chrono::year{2026} / 11 / 28,
                                       DayHours{hours(10), hours(14) + minutes(30)}}}));
}

TEST(CalendarSettings, WithTheZoneOnlyEveryHourWorks) {
  const core::Calendar calendar = calendar_of("zone: Europe/Oslo\n");
  EXPECT_EQ(calendar.week, std::nullopt);
  EXPECT_EQ(calendar.holidays, core::Holidays::none);
}

TEST(SpanSetting, IsReadOrTheFormsAreShown) {
  Errors errors;
  const auto tree =
      parse_yaml("m1.yaml", "right: 8 working hours\nwrong: 8 hours\nlist: [4h]\n", errors);
  ASSERT_TRUE(tree);
  EXPECT_EQ(read_span(*tree->find("right"), errors), core::parse_span("8 working hours"));
  EXPECT_EQ(read_span(*tree->find("wrong"), errors), std::nullopt);
  EXPECT_EQ(read_span(*tree->find("list"), errors), std::nullopt);
  const std::string forms =
      "expected a time span like 15m, 4h or 2d, or working time like 45 working minutes, 8 working "
      "hours or 3 working days\n";
  EXPECT_EQ(lines_of(errors), "m1.yaml:2:1: wrong: " + forms + "m1.yaml:3:1: list: " + forms);
}

}  // namespace
}  // namespace saksbro::load
