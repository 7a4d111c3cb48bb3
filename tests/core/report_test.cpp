// Who had a case, and what a month of it comes to: a supplier in Norwegian office hours.
#include "bridge/core/report/report.h"

#include <gtest/gtest.h>

#include "tests/core/oslo.h"

namespace saksbro::core {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

const SystemName kDesk{"desk"};
const SystemName kOperator{"operator"};
const SystemName kPayroll{"payroll"};
const Role kSecondLine{"second_line"};
const Role kFirstLine{"first_line"};
const Role kOperators{"operator"};
const Role kSource{"source_system"};
const ReportTerms kTerms{Status{"AVVENTER"}, Signal{"senere versjon"}};

Activity activity(const char* id, const Role& by, bool ends = false) {
  Activity one;
  one.id = ActivityId{id};
  one.by = {by};
  one.ends = ends;
  return one;
}

SystemMapping system_of(const SystemName& name, bool external, const Role& role) {
  SystemMapping system;
  system.name = name;
  system.external = external;
  system.roles = {{role, true, {}, {}}};
  return system;
}

Mapping mapping() {
  Mapping mapping;
  mapping.calendar = oslo_office();
  Process process;
  process.id = ProcessId{"M.1"};
  for (const Activity& one : {activity("takes", kSecondLine), activity("sends", kSecondLine),
                              activity("solves", kOperators), activity("delivers", kSource),
                              activity("tells", kFirstLine), activity("end", kFirstLine, true)})
    process.activities[one.id] = one;
  mapping.processes.push_back(process);
  mapping.systems[kDesk] = system_of(kDesk, false, kFirstLine);
  mapping.systems[kOperator] = system_of(kOperator, true, kOperators);
  mapping.systems[kPayroll] = system_of(kPayroll, true, kSource);
  return mapping;
}

class History {
 public:
  History& at(const char* local) {
    at_ = instant_of(oslo_office(), on_wall(local));
    return *this;
  }
  History& begins(const char* activity) {
    return fact(CaseOpened{ProcessId{"M.1"}}).enters(activity, "UNDER ARBEID");
  }
  History& enters(const char* activity, const char* status = nullptr) {
    fact(ActivityEntered{ActivityId{activity}});
    return status == nullptr ? *this : fact(StatusChanged{Status{status}});
  }
  History& opens(const SystemName& ticket) { return fact(TicketOpening{ticket, "k"}); }
  History& hears(const char* signal, const SystemName& there) {
    return fact(SignalHeard{Signal{signal}, there, kOperators, {}, ""});
  }
  History& fact(Fact one) {
    facts_.push_back({at_, std::move(one)});
    return *this;
  }
  [[nodiscard]] const std::vector<Dated>& facts() const { return facts_; }

 private:
  Instant at_{};
  std::vector<Dated> facts_;
};

Instant wall(const char* local) { return instant_of(oslo_office(), on_wall(local)); }

// Taken on Monday 09:00, with the operator from 10:00 to Wednesday 12:00, closed on Thursday 09:00.
History one_week() {
  return History{}
      .at("2026-11-16 09:00")
      .begins("takes")
      .at("2026-11-16 10:00")
      .enters("sends", "AVVENTER")
      .opens(kOperator)
      .enters("solves")
      .at("2026-11-17 08:30")
      .hears("svart", kOperator)
      .hears("svart", kDesk)
      .at("2026-11-18 12:00")
      .hears("løst", kOperator)
      .enters("tells", "LØST")
      .at("2026-11-19 09:00")
      .enters("end", "LUKKET")
      .fact(CaseClosed{});
}

Report november(const std::vector<History>& cases, const char* now = "2026-12-10 12:00") {
  const Mapping all = mapping();
  Report report =
      empty_report(all, month_of(all.calendar, std::chrono::year{2026} / std::chrono::November));
  for (const History& one : cases) add_case(report, all, kTerms, one.facts(), wall(now));
  return report;
}

TEST(Report, AMonthIsThatOfTheCalendar) {
  const Window window = month_of(oslo_office(), std::chrono::year{2026} / std::chrono::October);
  EXPECT_EQ(shown(window.from), "2026-09-30T22:00:00Z");
  EXPECT_EQ(shown(window.to), "2026-10-31T23:00:00Z");
  EXPECT_EQ(month_before(oslo_office(), utc("2026-10-31T22:59:00Z")),
            std::chrono::year{2026} / std::chrono::September);
  EXPECT_EQ(month_before(oslo_office(), utc("2026-12-31T23:00:00Z")),
            std::chrono::year{2026} / std::chrono::December);
}

TEST(Report, CountsWorkingTimeOfTheSupplierAndOfEachRole) {
  const Report report = november({one_week()});
  // Monday from 10:00 on, Tuesday, Wednesday until 12:00
  const auto with_operator = hours(5) + minutes(45) + hours(7) + minutes(45) + hours(4);
  EXPECT_EQ(report.cases, 1);
  EXPECT_EQ(report.suppliers.at(kOperator), (SupplierShare{1, with_operator, 2, 0, 0}));
  EXPECT_EQ(report.suppliers.at(kPayroll), SupplierShare{});
  EXPECT_EQ(report.roles,
            (std::map<Role, RoleShare>{{kSecondLine, {1, hours(1)}},
                                       {kOperators, {1, with_operator}},
                                       {kFirstLine, {1, hours(3) + minutes(45) + hours(1)}}}));
}

TEST(Report, OfSeveralCasesIsTheirSum) {
  const Report one = november({one_week()});
  const Report two = november({one_week(), one_week()});
  EXPECT_EQ(two.cases, 2);
  EXPECT_EQ(two.suppliers.at(kOperator).waiting, 2 * one.suppliers.at(kOperator).waiting);
  EXPECT_EQ(two.roles.at(kFirstLine), (RoleShare{2, 2 * one.roles.at(kFirstLine).held}));
}

TEST(Report, CountsOnlyThePartOfACaseThatLiesInTheMonth) {
  const History spans = History{}
                            .at("2026-10-30 09:00")
                            .begins("takes")
                            .opens(kOperator)
                            .enters("solves", "AVVENTER")
                            .hears("svart", kOperator)
                            .at("2026-11-02 10:00")
                            .enters("tells", "LØST");
  const Report report = november({spans}, "2026-11-02 11:00");
  EXPECT_EQ(report.suppliers.at(kOperator), (SupplierShare{1, hours(2), 0, 0, 0}));
  EXPECT_EQ(report.roles.at(kFirstLine).held, hours(1));
}

TEST(Report, LeavesOutACaseOfAnotherMonth) {
  const History before = History{}
                             .at("2026-10-30 09:00")
                             .begins("takes")
                             .opens(kOperator)
                             .enters("end", "LUKKET")
                             .fact(CaseClosed{});
  const History after = History{}.at("2026-12-01 00:00").begins("takes").opens(kOperator);
  const Report report = november({before, after});
  EXPECT_EQ(report.cases, 0);
  EXPECT_EQ(report.suppliers.at(kOperator), SupplierShare{});
  EXPECT_TRUE(report.roles.empty());
}

TEST(Report, CountsLaterVersionsAndDeviationsOfTheSupplier) {
  const History one = History{}
                          .at("2026-11-16 09:00")
                          .begins("solves")
                          .opens(kOperator)
                          .at("2026-11-17 09:00")
                          .hears("senere versjon", kOperator)
                          .fact(DeviationNoted{kOperator, {}, {}, {}, {}, "status"})
                          .fact(DeviationNoted{kDesk, {}, {}, {}, {}, "status"});
  const Report report = november({one}, "2026-11-17 10:00");
  EXPECT_EQ(report.suppliers.at(kOperator), (SupplierShare{1, hours(0), 1, 1, 1}));
}

struct AwaitedRow {
  const char* name;
  const char* activity;
  std::vector<SystemName> tickets;
  std::optional<SystemName> supplier;
};

// Which supplier a case waits for.
const AwaitedRow kAwaited[] = {
    {"the one whose role has the ball", "solves", {kOperator, kPayroll}, kOperator},
    {"the one whose role has it, without a ticket", "delivers", {kOperator}, kPayroll},
    {"with our own role the one whose ticket came last", "tells", {kPayroll, kOperator}, kOperator},
    {"and not the one whose ticket came first", "tells", {kOperator, kPayroll}, kPayroll},
    {"none without any ticket", "tells", {kDesk}, std::nullopt},
};

TEST(Course, SaysWhichSupplierACaseWaitsFor) {
  const Mapping all = mapping();
  for (const auto& [name, activity, tickets, supplier] : kAwaited) {
    History history;
    history.at("2026-11-16 09:00").begins(activity);
    for (const SystemName& ticket : tickets) history.opens(ticket);
    const auto course = course_of(all, history.facts(), wall("2026-11-16 10:00"));
    ASSERT_EQ(course.size(), 1U) << name;
    EXPECT_EQ(course.front().supplier, supplier) << name;
  }
}

TEST(Course, IsCutWhereTheCaseChangedHandsAndNowhereElse) {
  const auto course = course_of(mapping(), one_week().facts(), wall("2026-12-01 09:00"));
  std::vector<std::string> lines;
  for (const Stretch& one : course) {
    lines.push_back(shown(local_time(oslo_office(), one.from)) + " " + one.activity.text() + " " +
                    one.by.text() + " " + one.status.text());
  }
  EXPECT_EQ(lines, (std::vector<std::string>{"2026-11-16 09:00 takes second_line UNDER ARBEID",
                                             "2026-11-16 10:00 solves operator AVVENTER",
                                             "2026-11-18 12:00 tells first_line LØST"}));
  EXPECT_EQ(course.back().to, wall("2026-11-19 09:00"));
}

TEST(Course, OfACaseThatIsTakenUpAgainHasAGap) {
  History again = one_week();
  again.at("2026-11-23 09:00").enters("tells", "UNDER ARBEID");
  const auto course = course_of(mapping(), again.facts(), wall("2026-11-23 10:00"));
  ASSERT_EQ(course.size(), 4U);
  EXPECT_EQ(course[2].to, wall("2026-11-19 09:00"));
  EXPECT_EQ(course[3].from, wall("2026-11-23 09:00"));
}

TEST(Ball, IsWithTheRoleOfTheActivitySinceThatRoleGotIt) {
  History history;
  history.at("2026-11-16 09:00").begins("takes");
  history.at("2026-11-16 10:00").enters("sends", "AVVENTER");
  history.at("2026-11-16 11:00").hears("svart", kOperator);
  EXPECT_EQ(ball_of(mapping(), history.facts()),
            (Ball{kSecondLine, ActivityId{"sends"}, wall("2026-11-16 09:00")}));
  history.enters("solves");
  EXPECT_EQ(ball_of(mapping(), history.facts()),
            (Ball{kOperators, ActivityId{"solves"}, wall("2026-11-16 11:00")}));
}

TEST(Ball, OfACaseThatIsTakenUpAgainBeginsThen) {
  History again = one_week();
  again.at("2026-11-23 09:00").enters("tells", "UNDER ARBEID");
  EXPECT_EQ(ball_of(mapping(), again.facts()),
            (Ball{kFirstLine, ActivityId{"tells"}, wall("2026-11-23 09:00")}));
}

TEST(Ball, IsWithNobodyWhenTheCaseIsClosedOrHasNotBegun) {
  EXPECT_EQ(ball_of(mapping(), one_week().facts()), std::nullopt);
  EXPECT_EQ(ball_of(mapping(), {}), std::nullopt);
}

TEST(Report, AnActivityThatTheMappingHasNotIsNobodysAndIsCounted) {
  const History one = History{}.at("2026-11-16 09:00").begins("gone");
  const Report report = november({one}, "2026-11-16 10:00");
  EXPECT_EQ(report.roles, (std::map<Role, RoleShare>{{Role{}, {1, hours(1)}}}));
}

TEST(Report, AClockThatWasSetBackTakesNoTimeAway) {
  const History one =
      History{}.at("2026-11-16 10:00").begins("takes").at("2026-11-16 09:00").enters("tells");
  const Report report = november({one}, "2026-11-16 11:00");
  EXPECT_EQ(report.roles, (std::map<Role, RoleShare>{{kFirstLine, {1, hours(1)}}}));
}

}  // namespace
}  // namespace saksbro::core
