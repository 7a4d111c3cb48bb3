// What a month says of the suppliers and of everybody who had cases. Pure: facts and `now` come in.
//
// Time is working time of the mapping's calendar. A case that spans months counts in each with the
// part that lies in it.
#pragma once

#include <chrono>
#include <map>
#include <span>

#include "bridge/core/report/course.h"

namespace saksbro::core {

// [from, to)
struct Window {
  Instant from{};
  Instant to{};
  friend bool operator==(const Window&, const Window&) = default;
};

// Words of the process that the report must know; the configuration gives them.
struct ReportTerms {
  Status waiting;        // "AVVENTER": in it a case waits for a supplier
  Signal later_version;  // "senere versjon"; empty: not counted

  friend bool operator==(const ReportTerms&, const ReportTerms&) = default;
};

struct SupplierShare {
  int cases = 0;  // that were open and had a ticket there, or waited for it
  std::chrono::milliseconds
      waiting{};           // working time in `waiting`, for this supplier: see course.h
  int answers = 0;         // heard in its system and led on: comments, solutions, later versions
  int later_versions = 0;  // of these
  int deviations = 0;      // moves made there that the process does not allow

  friend bool operator==(const SupplierShare&, const SupplierShare&) = default;
};

struct RoleShare {
  int cases = 0;                     // of which it had the ball
  std::chrono::milliseconds held{};  // working time

  friend bool operator==(const RoleShare&, const RoleShare&) = default;
};

struct Report {
  Window window;
  int cases = 0;                                  // open at some time of the window
  std::map<SystemName, SupplierShare> suppliers;  // every external system
  std::map<Role, RoleShare> roles;                // empty: an activity that the mapping has not

  friend bool operator==(const Report&, const Report&) = default;
};

[[nodiscard]] Window month_of(const Calendar& calendar, std::chrono::year_month month);
[[nodiscard]] std::chrono::year_month month_before(const Calendar& calendar, Instant now);

[[nodiscard]] Report empty_report(const Mapping& mapping, const Window& window);

// Adds one case, all its facts in the order of time. An open case counts until `now`.
void add_case(Report& report, const Mapping& mapping, const ReportTerms& terms,
              std::span<const Dated> facts, Instant now);

}  // namespace saksbro::core
