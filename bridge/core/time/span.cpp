#include "bridge/core/time/span.h"

#include <array>
#include <map>
#include <utility>

#include "bridge/contract/settings.h"

namespace saksbro::core {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;

constexpr long long kMost = 10'000;

struct Unit {
  milliseconds length;
  Words one;
  Words several;
};

// Days are those of the clock ("døgn"): two days from now it is as late as now.
const std::array<Unit, 4>& units() {
  static const std::array<Unit, 4> kUnits{
      Unit{hours(24), {"døgn", "day"}, {"døgn", "days"}},
      Unit{hours(1), {"time", "hour"}, {"timer", "hours"}},
      Unit{minutes(1), {"minutt", "minute"}, {"minutter", "minutes"}},
      Unit{std::chrono::seconds(1), {"sekund", "second"}, {"sekunder", "seconds"}}};
  return kUnits;
}

std::string counted(long long count, const Unit& unit, bool working, Language language) {
  const std::string& word = (count == 1 ? unit.one : unit.several).in(language);
  const std::string prefix = !working ? "" : language == Language::nb ? "arbeids" : "working ";
  return std::to_string(count) + " " + prefix + word;
}

// "8 working hours" -> 8, "hours"
std::optional<std::pair<long long, std::string_view>> working_in(std::string_view text) {
  static constexpr std::string_view kWorking = " working ";
  const std::size_t found = text.find(kWorking);
  if (found == text.npos) return std::nullopt;
  const auto count = parse_whole_number(text.substr(0, found));
  if (!count || *count < 0 || *count > kMost) return std::nullopt;
  return std::pair{*count, text.substr(found + kWorking.size())};
}

}  // namespace

milliseconds ordinary_day(const Calendar& calendar) {
  if (!calendar.week) return hours(24);
  std::map<milliseconds, int> lengths;
  for (const auto& open : *calendar.week) {
    if (open) ++lengths[open->closes - open->opens];
  }
  std::pair<milliseconds, int> best{0, 0};
  for (const auto& [length, count] : lengths) {
    if (count >= best.second) best = {length, count};
  }
  return best.first;
}

Instant later(const Calendar& calendar, Instant from, const Span& span) {
  switch (span.kind) {
    case Span::Kind::plain:
      return from + span.length;
    case Span::Kind::working_time:
      return after_working_time(calendar, from, span.length);
    case Span::Kind::working_days:
      return after_working_time(calendar, from, span.days * ordinary_day(calendar));
  }
  return from;
}

std::optional<Span> parse_span(std::string_view text) {
  if (const auto length = parse_duration(text)) return Span{Span::Kind::plain, *length, 0};
  const auto working = working_in(text);
  if (!working) return std::nullopt;
  const auto& [count, unit] = *working;
  if (unit == "days" || unit == "day")
    return Span{Span::Kind::working_days, {}, static_cast<int>(count)};
  if (unit == "hours" || unit == "hour") return Span{Span::Kind::working_time, hours(count), 0};
  if (unit == "minutes" || unit == "minute")
    return Span{Span::Kind::working_time, minutes(count), 0};
  return std::nullopt;
}

std::string written(const Span& span, Language language) {
  if (span.kind == Span::Kind::working_days) {
    static const Unit kDay{{}, {"dag", "day"}, {"dager", "days"}};
    return counted(span.days, kDay, true, language);
  }
  const bool working = span.kind == Span::Kind::working_time;
  for (const Unit& unit : units()) {
    if (working && unit.length == hours(24)) continue;
    if (span.length >= unit.length && span.length % unit.length == milliseconds(0))
      return counted(span.length / unit.length, unit, working, language);
  }
  return std::to_string(span.length.count()) + " ms";
}

}  // namespace saksbro::core
