// saksbro export: the case log for process mining.

#include <ctime>
#include <optional>

#include "bridge/cli/cli.h"
#include "bridge/cli/print.h"
#include "bridge/cli/speech.h"
#include "bridge/views/case_log.h"

namespace saksbro::cli {
namespace {

struct WantedLog {
  std::string format = "xes";
  std::string from;
  std::string to;
  std::optional<std::string> organisation;
  std::string file;
};

struct Period {
  std::optional<Instant> from;
  std::optional<Instant> before;

  [[nodiscard]] bool has(Instant instant) const {
    return (!from || instant >= *from) && (!before || instant < *before);
  }
};

// The beginning of a day, `days` later, in the machine's zone; none: no such date.
std::optional<Instant> day(const std::string& date, int days) {
  std::tm parts{};
  const char* end = strptime(date.c_str(), "%Y-%m-%d", &parts);
  if (date.size() != 10 || end == nullptr || *end != '\0') return std::nullopt;
  const int wanted = parts.tm_mday;
  parts.tm_isdst = -1;
  std::tm checked = parts;
  if (std::mktime(&checked) == -1 || checked.tm_mday != wanted) return std::nullopt;
  parts.tm_mday += days;
  return Instant{std::chrono::seconds{std::mktime(&parts)}};
}

Result<Period> period_of(const WantedLog& wanted) {
  Period period;
  const auto read = [](const std::string& text, const char* option, int days,
                       std::optional<Instant>& into) -> Result<void> {
    if (text.empty()) return {};
    into = day(text, days);
    if (!into)
      return fail(option,
                  Phrase("\"{typed}\" is not a date; write it as 2026-11-23", {{"typed", text}}));
    return {};
  };
  if (auto done = read(wanted.from, "--from", 0, period.from); !done)
    return tl::unexpected(done.error());
  if (auto done = read(wanted.to, "--to", 1, period.before); !done)
    return tl::unexpected(done.error());
  return period;
}

Result<int> write_cases(store::Reader& reader, const Period& period, views::CaseLog& log,
                        Sink& sink) {
  auto cases = reader.cases().list();
  if (!cases) return tl::unexpected(cases.error());
  int count = 0;
  for (auto one = cases->rbegin(); one != cases->rend(); ++one) {  // oldest first
    if (!period.has(one->opened_at)) continue;
    auto facts = reader.cases().facts(one->number);
    if (!facts) return tl::unexpected(facts.error());
    views::LoggedCase logged{std::move(*one), {}};
    for (store::FactRow& row : *facts)
      logged.facts.push_back({row.seq, row.at, std::move(row.fact)});
    sink.write(log.of_case(logged));
    ++count;
  }
  return count;
}

int run(const Chosen& chosen, const WantedLog& wanted) {
  const auto loaded = load_to_look(chosen);
  if (!loaded) return complain(loaded.error());
  const auto period = period_of(wanted);
  if (!period) return complain(chosen, period.error());
  auto store = open_store(chosen);
  if (!store) return complain(chosen, store.error());
  auto reader = (*store)->reader();
  if (!reader) return complain(chosen, reader.error());
  const views::LogOptions options{{language_of(chosen, *loaded), {}},
                                  wanted.organisation.value_or(loaded->mapping.organisation_value)};
  const core::Mapping& mapping = loaded->mapping;
  const auto log = wanted.format == "ocel" ? views::ocel_log(mapping, options)
                                           : views::xes_log(mapping, options);
  Sink sink(wanted.file);
  sink.write(log->opening());
  const auto count = write_cases(**reader, *period, *log, sink);
  if (!count) return complain(chosen, count.error());
  sink.write(log->closing());
  if (const auto done = sink.close(); !done) return complain(chosen, done.error());
  if (!wanted.file.empty()) print("{}: {} cases\n", wanted.file, *count);
  return 0;
}

}  // namespace

void add_export(CLI::App& app, Chosen& chosen) {
  auto* verb =
      app.add_subcommand("export", "export the case log for process mining; it names no person");
  auto wanted = std::make_shared<WantedLog>();
  verb->add_option("--format", wanted->format, "xes (IEEE 1849) or ocel (OCEL 2.0 JSON)")
      ->check(CLI::IsMember({"xes", "ocel"}))
      ->capture_default_str();
  verb->add_option("--from", wanted->from, "cases that were opened on this day or later");
  verb->add_option("--to", wanted->to, "cases that were opened on this day or earlier");
  verb->add_option("--organisation", wanted->organisation,
                   "the value of a case that names its organisation; '' names none")
      ->default_str("as the mapping says");
  verb->add_option("-o,--output", wanted->file, "write to this file, not to standard output");
  verb->callback(
      [&chosen, wanted] { chosen.run = [&chosen, wanted] { return run(chosen, *wanted); }; });
}

}  // namespace saksbro::cli
