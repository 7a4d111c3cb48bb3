#include "bridge/load/calendar.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "bridge/contract/nearest.h"
#include "bridge/load/zone.h"

namespace saksbro::load {
namespace {

using core::DayHours;
using std::chrono::hours;
using std::chrono::minutes;

const std::vector<std::string> kWeekdays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

std::string scalar_text(const Setting& setting) {
  const auto* text = std::get_if<Setting::Text>(&setting.value);
  return text == nullptr ? "" : *text;
}

// `count` digits and nothing else: "08".
std::optional<int> digits(std::string_view text, std::size_t count) {
  const bool all = text.size() == count && text.find_first_not_of("0123456789") == text.npos;
  const auto number = all ? parse_whole_number(text) : std::nullopt;
  return number ? std::optional(static_cast<int>(*number)) : std::nullopt;
}

// "08:00"; "24:00" is the end of the day.
std::optional<minutes> clock_time(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto hour = digits(text.substr(0, 2), 2);
  const auto minute = digits(text.substr(3), 2);
  if (!hour || !minute || *minute > 59) return std::nullopt;
  const minutes since_midnight = hours(*hour) + minutes(*minute);
  return since_midnight > hours(24) ? std::nullopt : std::optional(since_midnight);
}

// "08:00-15:45"
std::optional<DayHours> day_hours(std::string_view text) {
  if (text.size() != 11 || text[5] != '-') return std::nullopt;
  const auto opens = clock_time(text.substr(0, 5));
  const auto closes = clock_time(text.substr(6));
  if (!opens || !closes || *opens >= *closes) return std::nullopt;
  return DayHours{*opens, *closes};
}

std::optional<std::chrono::year_month_day> date_of(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = digits(text.substr(0, 4), 4);
  const auto month = digits(text.substr(5, 2), 2);
  const auto day = digits(text.substr(8), 2);
  if (!year || !month || !day) return std::nullopt;
  const auto date = std::chrono::year{*year} / *month / *day;
  return date.ok() ? std::optional(date) : std::nullopt;
}

class CalendarSettings {
 public:
  CalendarSettings(const Setting& map, Errors& errors) : map_(map), reader_(map), errors_(errors) {}

  core::Calendar read() {
    read_zone();
    if (const Setting* week = reader_.map("hours")) read_week(*week);
    if (reader_.one_of("holidays", {"norway", "none"}, "none") == "norway")
      calendar_.holidays = core::Holidays::norway;
    if (const Setting* own = reader_.map("days")) {
      for (const auto& [date, setting] : std::get<Setting::Map>(own->value))
        read_day(date, setting);
    }
    const Errors found = reader_.finish();
    errors_.insert(errors_.end(), found.begin(), found.end());
    return std::move(calendar_);
  }

 private:
  void read_zone() {
    calendar_.zone = reader_.text("zone");
    if (calendar_.zone.empty()) return;
    const Setting& setting = *map_.find("zone");
    const auto names = zone_names();
    if (names.empty()) {
      reader_.error(setting, "the tz database is missing on this machine: install tzdata");
    } else if (auto offsets = zone_offsets(calendar_.zone)) {
      calendar_.offsets = std::move(*offsets);
    } else {
      reader_.error(setting, "unknown zone \"" + calendar_.zone +
                                 "\": expected a name of the tz database, like Europe/Oslo" +
                                 did_you_mean(calendar_.zone, names));
    }
  }

  void read_week(const Setting& map) {
    calendar_.week.emplace();
    const auto& entries = std::get<Setting::Map>(map.value);
    if (entries.empty()) reader_.error(map, "expected at least one weekday with hours");
    for (const auto& [weekdays, setting] : entries) read_hours(weekdays, setting);
  }

  void read_hours(const std::string& weekdays, const Setting& setting) {
    const std::size_t dash = weekdays.find('-');
    const auto first = weekday(weekdays.substr(0, dash), setting);
    const auto last = dash == weekdays.npos ? first : weekday(weekdays.substr(dash + 1), setting);
    if (!first || !last) return;
    if (*first > *last) {
      reader_.error(setting, "the week begins with mon: write two entries");
      return;
    }
    const auto open = day_hours(scalar_text(setting));
    if (!open) {
      reader_.error(setting, "expected hours like 08:00-15:45, within one day");
      return;
    }
    for (std::size_t day = *first; day <= *last; ++day) set_hours(day, *open, setting);
  }

  void set_hours(std::size_t day, const DayHours& open, const Setting& setting) {
    auto& place = calendar_.week->at(day);
    if (place) reader_.error(setting, kWeekdays[day] + " has hours already");
    place = open;
  }

  std::optional<std::size_t> weekday(const std::string& name, const Setting& setting) {
    const auto found = std::find(kWeekdays.begin(), kWeekdays.end(), name);
    if (found != kWeekdays.end()) return static_cast<std::size_t>(found - kWeekdays.begin());
    reader_.error(setting, "unknown weekday \"" + name + "\": expected one like mon, or mon-fri" +
                               did_you_mean(name, kWeekdays));
    return std::nullopt;
  }

  void read_day(const std::string& date, const Setting& setting) {
    const std::string text = scalar_text(setting);
    const auto open = day_hours(text);
    if (!open && text != "closed")
      reader_.error(setting,
                    "expected hours like 08:00-12:00, or closed" + did_you_mean(text, {"closed"}));
    const bool once = date.size() == 10;
    // A leap year stands for each year: 02-29 comes, if not always.
    const auto full = date_of(once ? date : "2000-" + date);
    if (!full) {
      reader_.error(setting,
                    "invalid date: expected MM-DD for each year, like 12-24, or YYYY-MM-DD");
    } else if (once) {
      calendar_.dates[*full] = open;
    } else {
      calendar_.yearly[full->month() / full->day()] = open;
    }
  }

  const Setting& map_;
  SettingsReader reader_;
  Errors& errors_;
  core::Calendar calendar_;
};

}  // namespace

core::Calendar read_calendar(const Setting& map, Errors& errors) {
  return CalendarSettings(map, errors).read();
}

std::optional<std::chrono::local_days> parse_day(std::string_view text) {
  const auto date = date_of(text);
  return date ? std::optional(std::chrono::local_days(*date)) : std::nullopt;
}

std::optional<core::Span> read_span(const Setting& setting, Errors& errors) {
  auto span = core::parse_span(scalar_text(setting));
  if (!span) {
    errors.push_back(
        {setting.where, setting.path +
                            ": expected a time span like 15m, 4h or 2d, or working time like 45 "
                            "working minutes, 8 working hours or 3 working days"});
  }
  return span;
}

}  // namespace saksbro::load
