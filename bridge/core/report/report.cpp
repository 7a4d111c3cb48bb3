#include "bridge/core/report/report.h"

#include <algorithm>
#include <set>

namespace saksbro::core {
namespace {

using std::chrono::days;
using std::chrono::milliseconds;

bool within(const Window& window, Instant instant) {
  return instant >= window.from && instant < window.to;
}

// The systems and roles that a case is counted for, once.
struct Counted {
  bool open = false;
  std::set<SystemName> suppliers;
  std::set<Role> roles;
};

void add_stretch(Report& report, const Mapping& mapping, const ReportTerms& terms,
                 const Stretch& stretch, Counted& counted) {
  const Instant from = std::max(stretch.from, report.window.from);
  const Instant to = std::min(stretch.to, report.window.to);
  if (from >= to) return;
  const milliseconds worked = working_time_between(mapping.calendar, from, to);
  counted.open = true;
  counted.roles.insert(stretch.by);
  report.roles[stretch.by].held += worked;
  counted.suppliers.insert(stretch.suppliers.begin(), stretch.suppliers.end());
  if (stretch.status != terms.waiting || !stretch.supplier) return;
  counted.suppliers.insert(*stretch.supplier);
  report.suppliers[*stretch.supplier].waiting += worked;
}

void add_fact(Report& report, const ReportTerms& terms, const Fact& fact) {
  if (const auto* heard = std::get_if<SignalHeard>(&fact)) {
    const auto supplier = report.suppliers.find(heard->at);
    if (supplier == report.suppliers.end()) return;
    ++supplier->second.answers;
    if (heard->signal == terms.later_version) ++supplier->second.later_versions;
  } else if (const auto* deviation = std::get_if<DeviationNoted>(&fact)) {
    const auto supplier = report.suppliers.find(deviation->at);
    if (supplier != report.suppliers.end()) ++supplier->second.deviations;
  }
}

}  // namespace

Window month_of(const Calendar& calendar, std::chrono::year_month month) {
  const auto begin_of = [&](std::chrono::year_month one) {
    return instant_of(calendar, LocalTime(LocalDay(one / 1)));
  };
  return {begin_of(month), begin_of(month + std::chrono::months(1))};
}

std::chrono::year_month month_before(const Calendar& calendar, Instant now) {
  const std::chrono::year_month_day today(std::chrono::floor<days>(local_time(calendar, now)));
  return today.year() / today.month() - std::chrono::months(1);
}

Report empty_report(const Mapping& mapping, const Window& window) {
  Report report;
  report.window = window;
  for (const auto& [name, system] : mapping.systems) {
    if (system.external) report.suppliers[name];
  }
  return report;
}

void add_case(Report& report, const Mapping& mapping, const ReportTerms& terms,
              std::span<const Dated> facts, Instant now) {
  Counted counted;
  for (const Stretch& stretch : course_of(mapping, facts, now))
    add_stretch(report, mapping, terms, stretch, counted);
  report.cases += counted.open ? 1 : 0;
  for (const SystemName& supplier : counted.suppliers) ++report.suppliers[supplier].cases;
  for (const Role& role : counted.roles) ++report.roles[role].cases;
  for (const Dated& dated : facts) {
    if (within(report.window, dated.at)) add_fact(report, terms, dated.fact);
  }
}

}  // namespace saksbro::core
