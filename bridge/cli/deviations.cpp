
#include "bridge/cli/cli.h"
#include "bridge/cli/describe.h"
#include "bridge/cli/print.h"
#include "bridge/cli/speech.h"
#include "bridge/codec/rfc3339.h"

namespace saksbro::cli {
namespace {

struct Row {
  CaseNumber number;
  core::ProcessId process;
  Instant at{};
  core::DeviationNoted deviation;
};

Result<std::vector<Row>> deviations(store::Reader& reader) {
  const auto cases = reader.cases().list();
  if (!cases) return tl::unexpected(cases.error());
  std::vector<Row> rows;
  for (const core::Case& one : *cases) {
    const auto facts = reader.cases().facts(one.number);
    if (!facts) return tl::unexpected(facts.error());
    for (const store::FactRow& row : *facts) {
      if (const auto* noted = std::get_if<core::DeviationNoted>(&row.fact))
        rows.push_back({one.number, one.process, row.at, *noted});
    }
  }
  return rows;
}

// By role, not by name: who it was stands in the tracker's own history.
codec::Json row_json(const Row& row) {
  return {{"case", row.number.text()},
          {"at", codec::write_rfc3339(row.at)},
          {"system", row.deviation.at.text()},
          {"role", row.deviation.role.text()},
          {"signal", row.deviation.signal.text()},
          {"what", in_english(row.deviation.what)}};
}

int list_deviations(const Chosen& chosen) {
  auto store = open_store(chosen);
  if (!store) return complain(chosen, store.error());
  auto reader = (*store)->reader();
  if (!reader) return complain(chosen, reader.error());
  const auto rows = deviations(**reader);
  if (!rows) return complain(chosen, rows.error());
  if (chosen.json) {
    codec::Json all = codec::Json::array();
    for (const Row& row : *rows) all.push_back(row_json(row));
    print_json(all);
    return 0;
  }
  const Speech speech = speech_of(chosen);
  if (rows->empty()) {
    print("{}\n", speech.in("Ingen avvik.", "No deviations."));
    return 0;
  }
  for (const Row& row : *rows) {
    print("{}  {}  {}  {}\n", padded(row.number.text(), 15), speech.time(row.at),
          padded(row.deviation.at.text(), 10), speech.say(row.deviation.what, row.process));
  }
  print("{}\n", speech.zone());
  return 0;
}

}  // namespace

void add_deviations(CLI::App& app, Chosen& chosen) {
  auto* verb = app.add_subcommand("deviations", "list the moves that the process does not allow");
  verb->add_flag("--json", chosen.json, "print JSON");
  verb->callback([&chosen] { chosen.run = [&chosen] { return list_deviations(chosen); }; });
}

}  // namespace saksbro::cli
