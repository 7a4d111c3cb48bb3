// How lengths of time are written, and where they end in a calendar.
#include "bridge/core/time/span.h"

#include <gtest/gtest.h>

#include "tests/core/oslo.h"

namespace saksbro::core {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

struct LaterRow {
  const char* span;
  const char* from;
  const char* then;
};

const LaterRow kLater[] = {
    {"15m", "2026-11-25 15:40", "2026-11-25 15:55"},
    {"4h", "2026-11-25 22:00", "2026-11-26 02:00"},
    {"2d", "2026-11-20 15:00", "2026-11-22 15:00"},
    {"1d", "2026-03-28 12:00", "2026-03-29 13:00"},  // 24 hours, one of them lost
    {"0m", "2026-11-25 15:40", "2026-11-25 15:40"},
    {"8 working hours", "2026-11-25 08:00", "2026-11-26 08:15"},
    {"1 working hour", "2026-11-20 15:30", "2026-11-23 08:45"},
    {"30 working minutes", "2026-11-20 15:30", "2026-11-23 08:15"},
    {"1 working day", "2026-11-20 10:00", "2026-11-23 10:00"},
    {"1 working day", "2026-11-20 08:00", "2026-11-20 15:45"},
    {"3 working days", "2026-11-23 10:00", "2026-11-26 10:00"},
    {"3 working days", "2026-03-31 10:00", "2026-04-08 10:00"},  // over Easter: from Tue to Wed
    {"1 working day", "2026-12-30 10:00", "2026-12-31 10:00"},
    {"2 working days", "2026-12-30 10:00", "2027-01-04 13:45"},  // the short day is half of one
};

TEST(Span, EndsWhereTheTableSays) {
  const Calendar calendar = oslo_office();
  for (const auto& [text, from, then] : kLater) {
    const auto span = parse_span(text);
    ASSERT_TRUE(span) << text;
    const Instant end = later(calendar, instant_of(calendar, on_wall(from)), *span);
    EXPECT_EQ(shown(local_time(calendar, end)), then) << text << " from " << from;
  }
}

TEST(Span, WithoutACalendarAllTimeWorksAndADayIs24Hours) {
  const Instant noon = utc("2026-12-25T12:00:00Z");
  EXPECT_EQ(later({}, noon, *parse_span("8 working hours")), noon + hours(8));
  EXPECT_EQ(later({}, noon, *parse_span("3 working days")), noon + hours(72));
}

TEST(Span, IsReadInTheseFormsOnly) {
  EXPECT_EQ(parse_span("15m"), (Span{Span::Kind::plain, minutes(15), 0}));
  EXPECT_EQ(parse_span("8 working hours"), (Span{Span::Kind::working_time, hours(8), 0}));
  EXPECT_EQ(parse_span("45 working minutes"), (Span{Span::Kind::working_time, minutes(45), 0}));
  EXPECT_EQ(parse_span("3 working days"), (Span{Span::Kind::working_days, {}, 3}));
  for (const char* wrong : {"", "8", "8 hours", "working hours", "8 working", "8 working weeks",
                            "-1 working days", "8  working hours", "8 working hours ",
                            "10001 working hours", "1.5 working days", "8h working"}) {
    EXPECT_EQ(parse_span(wrong), std::nullopt) << wrong;
  }
}

TEST(Span, IsWrittenForPeople) {
  const auto in = [](const char* text, Language language) {
    return written(*parse_span(text), language);
  };
  EXPECT_EQ(in("15m", Language::nb), "15 minutter");
  EXPECT_EQ(in("60m", Language::nb), "1 time");
  EXPECT_EQ(in("90m", Language::en), "90 minutes");
  EXPECT_EQ(in("2d", Language::nb), "2 døgn");
  EXPECT_EQ(in("2d", Language::en), "2 days");
  EXPECT_EQ(in("10s", Language::en), "10 seconds");
  EXPECT_EQ(in("250ms", Language::en), "250 ms");
  EXPECT_EQ(in("8 working hours", Language::nb), "8 arbeidstimer");
  EXPECT_EQ(in("48 working hours", Language::en), "48 working hours");
  EXPECT_EQ(in("1 working day", Language::nb), "1 arbeidsdag");
  EXPECT_EQ(in("3 working days", Language::nb), "3 arbeidsdager");
  EXPECT_EQ(in("3 working days", Language::en), "3 working days");
}

TEST(Span, AnOrdinaryDayIsWhatMostDaysOfTheWeekHave) {
  Calendar calendar = oslo_office();
  EXPECT_EQ(ordinary_day(calendar), hours(7) + minutes(45));
  calendar.week->at(4) = DayHours{hours(8), hours(14)};
  EXPECT_EQ(ordinary_day(calendar), hours(7) + minutes(45));
  calendar.week = Calendar::Week{DayHours{hours(8), hours(14)}, DayHours{hours(8), hours(15)}};
  EXPECT_EQ(ordinary_day(calendar), hours(7));
  EXPECT_EQ(ordinary_day(Calendar{}), hours(24));
}

}  // namespace
}  // namespace saksbro::core
