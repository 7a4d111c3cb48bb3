// Why cctz and not date: for years after 2037 a tz file gives a rule only, and date 3.0.1 of
// Debian 12 does not read it: Norwegian summer time would end for good.
#include "bridge/load/zone.h"

#include <cctz/time_zone.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>

namespace saksbro::load {
namespace {

namespace fs = std::filesystem;

using Moment = cctz::time_point<cctz::seconds>;

// Where cctz looks as well.
fs::path folder() {
  const char* given = std::getenv("TZDIR");
  return given != nullptr && *given != '\0' ? given : "/usr/share/zoneinfo";
}

// Zones and their folders begin with a capital letter; posix/, right/ and the database's own tables
// do not.
bool is_named_as_zone(const fs::path& path) {
  return std::isupper(static_cast<unsigned char>(path.filename().string().front())) != 0;
}

Moment beginning_of(int year) {
  return std::chrono::time_point_cast<cctz::seconds>(
      std::chrono::sys_days{std::chrono::year{year} / 1 / 1});
}

core::ZoneOffset entry_from(const cctz::time_zone& zone, Moment moment) {
  return {std::chrono::time_point_cast<std::chrono::milliseconds>(moment),
          std::chrono::duration_cast<std::chrono::minutes>(
              std::chrono::seconds(zone.lookup(moment).offset))};
}

// cctz tells a change by what clocks show just after it. Where they show it for the second time,
// the change itself is meant and not the first time.
Moment moment_of(const cctz::time_zone& zone, const cctz::time_zone::civil_transition& change) {
  const auto found = zone.lookup(change.to);
  const bool again = found.kind == cctz::time_zone::civil_lookup::REPEATED;
  return again ? found.trans : found.pre;
}

}  // namespace

std::vector<std::string> zone_names() {
  std::vector<std::string> names;
  const fs::path root = folder();
  std::error_code problem;
  fs::recursive_directory_iterator entry(root, problem);
  for (; !problem && entry != fs::recursive_directory_iterator(); entry.increment(problem)) {
    std::error_code unreadable;
    if (!is_named_as_zone(entry->path())) {
      entry.disable_recursion_pending();
    } else if (entry->is_regular_file(unreadable)) {
      names.push_back(entry->path().lexically_relative(root).string());
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::optional<std::vector<core::ZoneOffset>> zone_offsets(const std::string& name) {
  const auto names = zone_names();
  cctz::time_zone zone;
  // A name that is a path leads to no other file.
  if (!std::binary_search(names.begin(), names.end(), name)) return std::nullopt;
  if (!cctz::load_time_zone(name, &zone)) return std::nullopt;
  Moment moment = beginning_of(2000);
  std::vector<core::ZoneOffset> offsets{entry_from(zone, moment)};
  cctz::time_zone::civil_transition change;
  while (zone.next_transition(moment, &change)) {
    const Moment next = moment_of(zone, change);
    if (next <= moment || next >= beginning_of(2061)) break;
    moment = next;
    const core::ZoneOffset entry = entry_from(zone, moment);
    if (entry.ahead != offsets.back().ahead) offsets.push_back(entry);
  }
  return offsets;
}

}  // namespace saksbro::load
