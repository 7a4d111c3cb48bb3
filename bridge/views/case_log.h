// The case log for process mining: what happened to the cases, as events.
//
// No person is in it: no names, no user ids, no titles, no free text. What a value of the case
// says is taken over only when its process gives it a closed list of words, and for organisations.
// Written a case at a time, so that memory does not grow with the texts of all cases.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "bridge/core/model/case.h"
#include "bridge/views/look.h"

namespace saksbro::views {

struct LoggedFact {
  std::int64_t number = 0;  // in the order of the store, unique
  Instant at{};
  core::Fact fact;
};

struct LoggedCase {
  core::Case state;
  std::vector<LoggedFact> facts;
};

struct LogOptions {
  Look look;
  std::string organisation;  // the case value that names the organisation; empty: names none at all
};

// Call opening(), then once for each case of_case(), then closing(); the texts in this order are
// the log. Borrows the mapping.
class CaseLog {
 public:
  CaseLog() = default;
  CaseLog(const CaseLog&) = delete;
  CaseLog& operator=(const CaseLog&) = delete;
  virtual ~CaseLog() = default;

  [[nodiscard]] virtual std::string opening() = 0;
  [[nodiscard]] virtual std::string of_case(const LoggedCase& one) = 0;
  [[nodiscard]] virtual std::string closing() = 0;
};

// IEEE 1849 XES: a trace a case, with the extensions concept, time, lifecycle and org.
[[nodiscard]] std::unique_ptr<CaseLog> xes_log(const core::Mapping& mapping,
                                               const LogOptions& options);
// OCEL 2.0 as JSON: cases, tickets and organisations as objects.
[[nodiscard]] std::unique_ptr<CaseLog> ocel_log(const core::Mapping& mapping,
                                                const LogOptions& options);

}  // namespace saksbro::views
