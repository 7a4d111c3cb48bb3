// The clock of Norway on its two odd days of 2026, and working time over nights, weekends, holidays
// and days that differ.
#include "bridge/core/time/calendar.h"

#include <gtest/gtest.h>

#include <random>

#include "tests/core/oslo.h"

namespace saksbro::core {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::weeks;

// --- the clock on the wall

struct ClockRow {
  const char* utc;
  const char* local;
};

const ClockRow kClock[] = {
    // 29 March: from 02:00 to 03:00
    {"2026-03-28T22:59:00Z", "2026-03-28 23:59"},
    {"2026-03-28T23:00:00Z", "2026-03-29 00:00"},
    {"2026-03-29T00:30:00Z", "2026-03-29 01:30"},
    {"2026-03-29T00:59:00Z", "2026-03-29 01:59"},
    {"2026-03-29T01:00:00Z", "2026-03-29 03:00"},
    {"2026-03-29T01:30:00Z", "2026-03-29 03:30"},
    {"2026-03-29T06:00:00Z", "2026-03-29 08:00"},
    {"2026-03-29T21:59:00Z", "2026-03-29 23:59"},
    {"2026-03-29T22:00:00Z", "2026-03-30 00:00"},
    // 25 October: from 03:00 back to 02:00
    {"2026-10-24T21:59:00Z", "2026-10-24 23:59"},
    {"2026-10-24T22:00:00Z", "2026-10-25 00:00"},
    {"2026-10-24T23:59:00Z", "2026-10-25 01:59"},
    {"2026-10-25T00:00:00Z", "2026-10-25 02:00"},
    {"2026-10-25T00:30:00Z", "2026-10-25 02:30"},
    {"2026-10-25T00:59:00Z", "2026-10-25 02:59"},
    {"2026-10-25T01:00:00Z", "2026-10-25 02:00"},
    {"2026-10-25T01:30:00Z", "2026-10-25 02:30"},
    {"2026-10-25T02:00:00Z", "2026-10-25 03:00"},
    {"2026-10-25T22:59:00Z", "2026-10-25 23:59"},
    {"2026-10-25T23:00:00Z", "2026-10-26 00:00"},
    // ordinary days, and the ends of the table
    {"2026-01-15T12:00:00Z", "2026-01-15 13:00"},
    {"2026-07-15T12:00:00Z", "2026-07-15 14:00"},
    {"2026-12-31T23:00:00Z", "2027-01-01 00:00"},
    {"1999-07-01T12:00:00Z", "1999-07-01 13:00"},
    {"2060-12-01T12:00:00Z", "2060-12-01 13:00"},
    {"2061-07-01T12:00:00Z", "2061-07-01 13:00"},
};

class Clock : public testing::TestWithParam<ClockRow> {};

TEST_P(Clock, ShowsNorwegianTime) {
  EXPECT_EQ(shown(local_time(oslo_clock(), utc(GetParam().utc))), GetParam().local);
}

// Promise 26.
INSTANTIATE_TEST_SUITE_P(Oslo, Clock, testing::ValuesIn(kClock),
                         [](const auto& row) { return test_name(row.param.utc); });

struct WallRow {
  const char* local;
  const char* utc;
};

const WallRow kWall[] = {
    {"2026-03-28 23:59", "2026-03-28T22:59:00Z"},
    {"2026-03-29 00:00", "2026-03-28T23:00:00Z"},
    {"2026-03-29 01:59", "2026-03-29T00:59:00Z"},
    {"2026-03-29 02:00", "2026-03-29T01:00:00Z"},  // does not exist: 03:00
    {"2026-03-29 02:30", "2026-03-29T01:00:00Z"},
    {"2026-03-29 02:59", "2026-03-29T01:00:00Z"},
    {"2026-03-29 03:00", "2026-03-29T01:00:00Z"},
    {"2026-03-29 03:01", "2026-03-29T01:01:00Z"},
    {"2026-03-29 08:00", "2026-03-29T06:00:00Z"},
    {"2026-03-30 00:00", "2026-03-29T22:00:00Z"},
    {"2026-10-25 00:00", "2026-10-24T22:00:00Z"},
    {"2026-10-25 01:59", "2026-10-24T23:59:00Z"},
    {"2026-10-25 02:00", "2026-10-25T00:00:00Z"},  // comes twice: the first
    {"2026-10-25 02:30", "2026-10-25T00:30:00Z"},
    {"2026-10-25 02:59", "2026-10-25T00:59:00Z"},
    {"2026-10-25 03:00", "2026-10-25T02:00:00Z"},
    {"2026-10-25 08:00", "2026-10-25T07:00:00Z"},
    {"2026-10-26 00:00", "2026-10-25T23:00:00Z"},
    {"2026-07-15 14:00", "2026-07-15T12:00:00Z"},
    {"2026-12-24 08:00", "2026-12-24T07:00:00Z"},
    {"1999-07-01 13:00", "1999-07-01T12:00:00Z"},
    {"2061-07-01 13:00", "2061-07-01T12:00:00Z"},
};

class Wall : public testing::TestWithParam<WallRow> {};

TEST_P(Wall, ATimeOnItIsTheFirstInstantThatShowsItOrLater) {
  EXPECT_EQ(shown(instant_of(oslo_clock(), on_wall(GetParam().local))), GetParam().utc);
}

// Promise 26.
INSTANTIATE_TEST_SUITE_P(Oslo, Wall, testing::ValuesIn(kWall),
                         [](const auto& row) { return test_name(row.param.local); });

// Promise 26.
TEST(Clock, LaterOnTheWallIsNeverEarlierInTimeAndComesBackAsItWas) {
  const Calendar calendar = oslo_clock();
  Instant before = instant_of(calendar, on_wall("2026-01-01 00:00"));
  for (LocalTime local = on_wall("2026-01-01 00:15"); local < on_wall("2027-01-01 00:00");
       local += minutes(15)) {
    const Instant instant = instant_of(calendar, local);
    EXPECT_LE(before, instant) << shown(local);
    EXPECT_GE(local_time(calendar, instant), local);
    EXPECT_LT(local_time(calendar, instant - milliseconds(1)), local) << shown(local);
    before = instant;
  }
}

// --- which days, which hours

struct DayRow {
  const char* date;
  bool works;
  const char* why;
};

const DayRow kDays[] = {
    {"2026-11-25", true, "a Wednesday"},
    {"2026-11-27", true, "a Friday"},
    {"2026-11-21", false, "a Saturday"},
    {"2026-11-22", false, "a Sunday"},
    {"2026-04-01", true, "the Wednesday before Easter"},
    {"2026-04-02", false, "Maundy Thursday"},
    {"2026-04-03", false, "Good Friday"},
    {"2026-04-06", false, "Easter Monday"},
    {"2026-04-07", true, "the Tuesday after Easter"},
    {"2026-05-01", false, "1 May"},
    {"2026-05-14", false, "Ascension Day"},
    {"2026-05-15", false, "closed on this date"},
    {"2027-05-14", true, "that date was closed in another year"},
    {"2026-05-25", false, "Whit Monday"},
    {"2026-12-24", false, "closed each year"},
    {"2027-12-24", false, "closed each year, 2027"},
    {"2026-12-25", false, "Christmas Day"},
    {"2026-12-31", true, "a short day"},
    {"2028-12-31", false, "a short day that falls on a Sunday"},
    {"2026-11-28", true, "a Saturday with hours of its own"},
};

LocalDay day_of(const char* date) {
  return std::chrono::floor<days>(on_wall(std::string(date) + " 00:00"));
}

class WorkingDay : public testing::TestWithParam<DayRow> {};

TEST_P(WorkingDay, IsWhatTheCalendarSays) {
  EXPECT_EQ(is_working_day(oslo_office(), day_of(GetParam().date)), GetParam().works);
}

INSTANTIATE_TEST_SUITE_P(Office, WorkingDay, testing::ValuesIn(kDays),
                         [](const auto& row) { return test_name(row.param.why); });

TEST(Calendar, AYearlyDayWithHoursOpensNoHolidayAndADateDoes) {
  Calendar calendar = oslo_office();
  const DayHours morning{hours(8), hours(12)};
  calendar.yearly[std::chrono::May / 17] = morning;
  EXPECT_EQ(hours_on(calendar, day_of("2027-05-17")), std::nullopt);
  calendar.dates[std::chrono::year{2027} / 5 / 17] = morning;
  EXPECT_EQ(hours_on(calendar, day_of("2027-05-17")), morning);
}

// --- working time

struct WorkRow {
  const char* name;
  const char* from;
  const char* to;
  minutes works;
};

constexpr minutes kDay = hours(7) + minutes(45);

const WorkRow kWork[] = {
    {"within a day", "2026-11-25 09:00", "2026-11-25 11:30", minutes(150)},
    {"a whole day", "2026-11-25 00:00", "2026-11-26 00:00", kDay},
    {"before opening", "2026-11-25 05:00", "2026-11-25 08:00", minutes(0)},
    {"from before opening", "2026-11-25 06:00", "2026-11-25 08:01", minutes(1)},
    {"past closing", "2026-11-25 15:30", "2026-11-25 22:00", minutes(15)},
    {"after closing", "2026-11-25 15:45", "2026-11-25 23:00", minutes(0)},
    {"over a night", "2026-11-25 15:00", "2026-11-26 09:00", minutes(45 + 60)},
    {"over a weekend", "2026-11-20 15:00", "2026-11-23 09:00", minutes(45 + 60)},
    {"within a weekend", "2026-11-21 09:00", "2026-11-22 15:00", minutes(0)},
    {"a week", "2026-11-16 08:00", "2026-11-23 08:00", 5 * kDay},
    {"the working Saturday", "2026-11-28 00:00", "2026-11-29 00:00", hours(4)},
    {"over Easter", "2026-04-01 15:00", "2026-04-07 08:30", minutes(45 + 30)},
    {"over Ascension Day and the closed day after it", "2026-05-13 15:45", "2026-05-18 08:10",
     minutes(10)},
    {"over Christmas", "2026-12-23 14:45", "2026-12-28 09:00", hours(2)},
    {"over New Year", "2026-12-30 15:45", "2027-01-04 08:00", hours(4)},
    {"on the short day", "2026-12-31 11:00", "2026-12-31 15:00", hours(1)},
    {"over the change to summer time", "2026-03-27 15:45", "2026-03-30 10:00", hours(2)},
    {"over the change to winter time", "2026-10-23 15:45", "2026-10-26 10:00", hours(2)},
    {"backwards", "2026-11-26 09:00", "2026-11-25 09:00", minutes(0)},
    {"nothing", "2026-11-25 09:00", "2026-11-25 09:00", minutes(0)},
    {"November 2026, with a Saturday", "2026-11-01 00:00", "2026-12-01 00:00",
     21 * kDay + hours(4)},
};

class WorkingTime : public testing::TestWithParam<WorkRow> {};

TEST_P(WorkingTime, IsCountedBetween) {
  const Calendar calendar = oslo_office();
  const auto& row = GetParam();
  const Instant from = instant_of(calendar, on_wall(row.from));
  EXPECT_EQ(working_time_between(calendar, from, instant_of(calendar, on_wall(row.to))), row.works);
}

INSTANTIATE_TEST_SUITE_P(Office, WorkingTime, testing::ValuesIn(kWork),
                         [](const auto& row) { return test_name(row.param.name); });

TEST(Calendar, ANightShiftIsAnHourShorterInSpringAndLongerInAutumn) {
  Calendar calendar = oslo_clock();
  const DayHours night{hours(0), hours(6)};
  calendar.week.emplace().fill(night);
  const auto worked = [&](const char* from, const char* to) {
    return working_time_between(calendar, instant_of(calendar, on_wall(from)),
                                instant_of(calendar, on_wall(to)));
  };
  EXPECT_EQ(worked("2026-03-28 00:00", "2026-03-29 00:00"), hours(6));
  EXPECT_EQ(worked("2026-03-29 00:00", "2026-03-30 00:00"), hours(5));
  EXPECT_EQ(worked("2026-10-25 00:00", "2026-10-26 00:00"), hours(7));
}

struct AfterRow {
  const char* name;
  const char* from;
  minutes amount;
  const char* then;
};

const AfterRow kAfter[] = {
    {"the same day", "2026-11-25 09:00", hours(2), "2026-11-25 11:00"},
    {"the next morning", "2026-11-25 15:00", hours(1), "2026-11-26 08:15"},
    {"at closing rather than at the next opening", "2026-11-25 08:00", kDay, "2026-11-25 15:45"},
    {"a minute more is the next day", "2026-11-25 08:00", kDay + minutes(1), "2026-11-26 08:01"},
    {"from the night", "2026-11-25 03:00", hours(1), "2026-11-25 09:00"},
    {"from the evening", "2026-11-25 20:00", hours(1), "2026-11-26 09:00"},
    {"from a Sunday", "2026-11-22 12:00", hours(1), "2026-11-23 09:00"},
    {"over a weekend", "2026-11-20 15:00", hours(1), "2026-11-23 08:15"},
    {"on the working Saturday", "2026-11-27 15:00", hours(1), "2026-11-28 10:15"},
    {"over Easter", "2026-04-01 15:00", hours(8), "2026-04-07 15:15"},
    {"over the short day", "2026-12-31 08:00", hours(5), "2027-01-04 09:00"},
    {"over Christmas", "2026-12-23 15:00", hours(1), "2026-12-28 08:15"},
    {"over the change to summer time", "2026-03-27 15:00", hours(1), "2026-03-30 08:15"},
    {"none is now", "2026-11-22 12:00", minutes(0), "2026-11-22 12:00"},
    {"a negative amount is now", "2026-11-22 12:00", minutes(-5), "2026-11-22 12:00"},
};

class AfterWorkingTime : public testing::TestWithParam<AfterRow> {};

TEST_P(AfterWorkingTime, IsTheFirstInstantByWhichItHasPassed) {
  const Calendar calendar = oslo_office();
  const auto& row = GetParam();
  const Instant from = instant_of(calendar, on_wall(row.from));
  EXPECT_EQ(shown(local_time(calendar, after_working_time(calendar, from, row.amount))), row.then);
}

INSTANTIATE_TEST_SUITE_P(Office, AfterWorkingTime, testing::ValuesIn(kAfter),
                         [](const auto& row) { return test_name(row.param.name); });

// Any time of three years, any amount up to some weeks: what passes until then is the amount, and a
// millisecond earlier it is less.
TEST(Calendar, AfterWorkingTimeAndWorkingTimeBetweenAgree) {
  std::mt19937_64 random(20261125);
  Calendar nights = oslo_clock();
  nights.week.emplace().fill(DayHours{hours(1), hours(5)});
  for (const Calendar& calendar : {oslo_office(), nights, oslo_clock(), Calendar{}}) {
    for (int i = 0; i < 400; ++i) {
      const Instant from = utc("2025-06-01T00:00:00Z") +
                           milliseconds(random() % milliseconds(days(3 * 365)).count());
      const milliseconds amount(1 + random() % milliseconds(weeks(2)).count());
      const Instant then = after_working_time(calendar, from, amount);
      EXPECT_EQ(working_time_between(calendar, from, then), amount) << shown(from);
      EXPECT_EQ(working_time_between(calendar, from, then - milliseconds(1)),
                amount - milliseconds(1));
    }
  }
}

TEST(Calendar, WorkingTimeOfTwoPartsIsThatOfTheWhole) {
  std::mt19937_64 random(17);
  const Calendar calendar = oslo_office();
  const Instant begin = utc("2026-01-01T00:00:00Z");
  for (int i = 0; i < 400; ++i) {
    const Instant end = begin + milliseconds(random() % milliseconds(days(400)).count());
    const Instant middle =
        begin + milliseconds(random() % static_cast<unsigned long>((end - begin).count() + 1));
    EXPECT_EQ(
        working_time_between(calendar, begin, middle) + working_time_between(calendar, middle, end),
        working_time_between(calendar, begin, end));
  }
}

TEST(Calendar, AnEmptyOneIsUtcWithAllTimeWorking) {
  const Calendar empty;
  const Instant noon = utc("2026-12-25T12:00:00Z");
  EXPECT_EQ(shown(local_time(empty, noon)), "2026-12-25 12:00");
  EXPECT_EQ(instant_of(empty, on_wall("2026-12-25 12:00")), noon);
  EXPECT_TRUE(is_working_day(empty, day_of("2026-12-25")));
  EXPECT_EQ(working_time_between(empty, noon, noon + hours(100)), hours(100));
  EXPECT_EQ(after_working_time(empty, noon, hours(100)), noon + hours(100));
}

TEST(Calendar, WithoutAnyWorkingTimeItStillAnswers) {
  Calendar never;
  never.week.emplace();
  const Instant noon = utc("2026-12-25T12:00:00Z");
  EXPECT_EQ(working_time_between(never, noon, noon + hours(100)), hours(0));
  EXPECT_EQ(shown(after_working_time(never, noon, hours(1))), "2200-01-01T00:00:00Z");
}

TEST(Calendar, InstantsOutsideAllReasonStillAnswer) {
  const Calendar calendar = oslo_office();
  EXPECT_GT(working_time_between(calendar, Instant::min(), Instant::max()), hours(300 * 1700));
  EXPECT_EQ(shown(after_working_time(calendar, Instant::max(), hours(1))), "2200-01-01T00:00:00Z");
  EXPECT_EQ(shown(local_time(calendar, Instant::min())), "1900-01-01 01:00");
}

TEST(Calendar, WritesTimesAsPeopleDo) {
  const Calendar calendar = oslo_office();
  const Instant winter = utc("2026-11-25T08:30:59Z");
  EXPECT_EQ(written(calendar, winter, Language::nb), "25.11.2026 kl. 09.30");
  EXPECT_EQ(written(calendar, winter, Language::en), "25 Nov 2026 09:30");
  const Instant summer = utc("2026-06-03T22:05:00Z");
  EXPECT_EQ(written(calendar, summer, Language::nb), "04.06.2026 kl. 00.05");
  EXPECT_EQ(written(calendar, summer, Language::en), "4 Jun 2026 00:05");
}

}  // namespace
}  // namespace saksbro::core
