// A report as people read it, as a spreadsheet takes it, and as programs do. Text only.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>

#include "bridge/codec/json.h"
#include "bridge/core/report/report.h"

namespace saksbro::cli {

struct Sheet {
  core::Report report;
  std::optional<std::chrono::year_month> month;  // none: the whole life of a case
  std::optional<CaseNumber> only;                // a report on one case
  std::string waiting;                           // the status, as the process calls it
  core::Calendar calendar;
  std::map<core::Role, core::Words> titles;
};

// What people call them, where the mapping says.
[[nodiscard]] std::map<core::Role, core::Words> titles_of(const core::Mapping& mapping);

[[nodiscard]] std::string report_table(const Sheet& sheet, core::Language language);

// For Excel as it is set up in Norway, whatever language the headings have, because Excel goes by
// the machine's region: semicolons between the cells, since the comma is in the numbers; a decimal
// comma, else 12.50 becomes a date or a text; a byte order mark, else æøå are read as Windows-1252.
[[nodiscard]] std::string report_csv(const Sheet& sheet, core::Language language);

// Hours as numbers, rounded to hundredths as in the other two.
[[nodiscard]] codec::Json report_json(const Sheet& sheet);

}  // namespace saksbro::cli
