#include <fmt/core.h>

#include <set>

#include "bridge/cli/cli.h"
#include "bridge/cli/describe.h"
#include "bridge/codec/rfc3339.h"

namespace saksbro::cli {
namespace {

codec::Json outage_json(const store::Outage& outage) {
  return {{"system", outage.system.text()},
          {"since", codec::write_rfc3339(outage.since)},
          {"why", outage.why},
          {"parked", outage.parked_at.has_value()}};
}

// One line an incident, however much waits behind it.
void print(const store::Outage& outage) {
  const std::string& system = outage.system.text();
  fmt::print(
      "{} lets nothing through since {}: {}{}\n", system, local_time(outage.since), outage.why,
      outage.parked_at ? "\n  parked; when it is back: saksbro redrive --system " + system : "");
}

// What is for a system that is not configured any more is kept, but nobody sends it.
std::string way_of(const std::set<SystemName>& configured, const store::OutboxRow& row) {
  const SystemName& to = row.issued.command.to;
  if (configured.contains(to)) return row.last_why.empty() ? "" : ": " + row.last_why;
  return fmt::format(": no system \"{}\" is configured; kept until there is one", to.text());
}

int outbox(const Chosen& chosen) {
  const auto configuration = load_to_look(chosen);
  if (!configuration) return complain(configuration.error());
  std::set<SystemName> configured;
  for (const load::SystemConfiguration& one : configuration->systems) configured.insert(one.name);
  auto store = open_store(chosen);
  if (!store) return complain(store.error());
  auto reader = (*store)->reader();
  if (!reader) return complain(reader.error());
  const auto rows = (*reader)->outbox(std::nullopt, true);
  if (!rows) return complain(rows.error());
  const auto parked = (*reader)->parked();
  if (!parked) return complain(parked.error());
  const auto outages = (*reader)->outages();
  if (!outages) return complain(outages.error());
  if (chosen.json) {
    codec::Json all{{"commands", codec::Json::array()},
                    {"parked", codec::Json::array()},
                    {"outages", codec::Json::array()}};
    for (const store::Outage& one : *outages) all["outages"].push_back(outage_json(one));
    for (const store::OutboxRow& row : *rows) all["commands"].push_back(to_json(row));
    for (const auto& one : *parked) {
      all["parked"].push_back(
          {{"seq", one.row.seq}, {"delivery", one.row.delivery.id.text()}, {"why", one.why}});
    }
    fmt::print("{}\n", codec::write_json(all));
    return 0;
  }
  for (const store::Outage& one : *outages) print(one);
  if (rows->empty() && parked->empty() && outages->empty())
    fmt::print("Nothing waits, and there are no dead letters.\n");
  for (const store::OutboxRow& row : *rows) {
    fmt::print("{}  {}  {}  {}  {}{}\n", padded(std::to_string(row.id), 5),
               padded(word(row.state), 11), padded(row.case_number.text(), 15),
               padded(row.issued.command.to.text(), 10), row.issued.because,
               way_of(configured, row));
  }
  for (const auto& one : *parked) {
    fmt::print("parked delivery {} from {}: {}\n", one.row.seq, one.row.delivery.system.text(),
               one.why);
  }
  return 0;
}

}  // namespace

void add_outbox(CLI::App& app, Chosen& chosen) {
  auto* verb =
      app.add_subcommand("outbox", "what waits to be sent, dead letters, and deliveries put aside");
  verb->add_flag("--json", chosen.json, "for programs");
  verb->callback([&chosen] { chosen.run = [&chosen] { return outbox(chosen); }; });
}

}  // namespace saksbro::cli
