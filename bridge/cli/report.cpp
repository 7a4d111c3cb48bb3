
#include "bridge/cli/cli.h"
#include "bridge/cli/print.h"
#include "bridge/cli/report_text.h"
#include "bridge/cli/speech.h"
#include "bridge/run/observe/clock.h"

namespace saksbro::cli {
namespace {

struct Asked {
  std::string month;
  std::string only;  // any party's number of one case
  bool csv = false;
};

// "2026-11"
std::optional<std::chrono::year_month> parse_month(const std::string& text) {
  if (text.size() != 7 || text.find_first_not_of("0123456789") != 4) return std::nullopt;
  if (text[4] != '-' || text.find_first_not_of("0123456789", 5) != text.npos) return std::nullopt;
  const auto year = parse_whole_number(text.substr(0, 4));
  const auto month = parse_whole_number(text.substr(5));
  if (!year || !month) return std::nullopt;
  const auto parsed = std::chrono::year{static_cast<int>(*year)} /
                      std::chrono::month{static_cast<unsigned>(*month)};
  return parsed.ok() ? std::optional(parsed) : std::nullopt;
}

std::string month_problem(const std::string& text) {
  return parse_month(text) ? "" : "expected a month like 2026-11";
}

// From its beginning to its end, or until now. What ended it, at its last instant, belongs to it.
core::Window life_of(const core::Mapping& mapping, const std::vector<core::Dated>& facts,
                     Instant now) {
  const auto course = core::course_of(mapping, facts, now);
  if (course.empty()) return {now, now};
  return {course.front().from, course.back().to + std::chrono::milliseconds(1)};
}

Result<core::Report> one_case(store::Reader& reader, const load::Configuration& configuration,
                              const CaseNumber& number, std::optional<core::Window> window,
                              Instant now) {
  const core::Mapping& mapping = configuration.mapping;
  const auto facts = dated_facts(reader, number);
  if (!facts) return tl::unexpected(facts.error());
  core::Report report =
      core::empty_report(mapping, window ? *window : life_of(mapping, *facts, now));
  core::add_case(report, mapping, configuration.report, *facts, now);
  return report;
}

Result<core::Report> all_cases(store::Reader& reader, const load::Configuration& configuration,
                               const core::Window& window, Instant now) {
  core::Report report = core::empty_report(configuration.mapping, window);
  const auto cases = reader.cases().list();
  if (!cases) return tl::unexpected(cases.error());
  for (const core::Case& one : *cases) {
    if (one.opened_at >= window.to) continue;
    const auto facts = dated_facts(reader, one.number);
    if (!facts) return tl::unexpected(facts.error());
    core::add_case(report, configuration.mapping, configuration.report, *facts, now);
  }
  return report;
}

Result<Sheet> sheet_of(store::Reader& reader, const load::Configuration& configuration,
                       const Asked& asked, Instant now) {
  const core::Calendar& calendar = configuration.mapping.calendar;
  Sheet sheet;
  sheet.calendar = calendar;
  sheet.titles = titles_of(configuration.mapping);
  sheet.waiting = configuration.report.waiting.text();
  sheet.month = parse_month(asked.month);
  if (!sheet.month && asked.only.empty()) sheet.month = core::month_before(calendar, now);
  const auto window =
      sheet.month ? std::optional(core::month_of(calendar, *sheet.month)) : std::nullopt;
  if (!asked.only.empty()) {
    const auto number = find_named(reader, asked.only);
    if (!number) return tl::unexpected(number.error());
    sheet.only = *number;
  }
  auto report = sheet.only ? one_case(reader, configuration, *sheet.only, window, now)
                           : all_cases(reader, configuration, *window, now);
  if (!report) return tl::unexpected(report.error());
  sheet.report = std::move(*report);
  return sheet;
}

void print_sheet(const Sheet& sheet, const Asked& asked, core::Language language, bool json) {
  if (json) {
    print_json(report_json(sheet));
  } else {
    put(stdout, asked.csv ? report_csv(sheet, language) : report_table(sheet, language));
  }
}

int report(const Chosen& chosen, const Asked& asked) {
  const auto configuration = load_to_look(chosen);
  if (!configuration) return complain(configuration.error());
  if (configuration->report.waiting.empty()) {
    return complain(
        Errors{{chosen.configuration,
                "\"report\" is missing: in which status does a case wait for a supplier? "
                "report: { waiting: AVVENTER }"}});
  }
  auto store = open_store(chosen);
  if (!store) return complain(chosen, store.error());
  auto reader = (*store)->reader();
  if (!reader) return complain(chosen, reader.error());
  const auto sheet = sheet_of(**reader, *configuration, asked, run::SystemClock{}.now());
  if (!sheet) return complain(chosen, sheet.error());
  print_sheet(*sheet, asked, language_of(chosen, *configuration), chosen.json);
  return 0;
}

}  // namespace

void add_report(CLI::App& app, Chosen& chosen) {
  auto* verb = app.add_subcommand(
      "report", "report a month: the suppliers, and how long each role had cases");
  auto asked = std::make_shared<Asked>();
  verb->add_option("--month", asked->month, "YYYY-MM; default: the last month")
      ->check(month_problem);
  verb->add_option("--case", asked->only,
                   "only this case, by any party's number; without --month its whole life");
  auto* json = verb->add_flag("--json", chosen.json, "print JSON");
  verb->add_flag("--csv", asked->csv, "print CSV for Excel with Norwegian settings")
      ->excludes(json);
  verb->callback(
      [&chosen, asked] { chosen.run = [&chosen, asked] { return report(chosen, *asked); }; });
}

}  // namespace saksbro::cli
