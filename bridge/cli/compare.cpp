#include "bridge/run/maintain/compare.h"

#include <algorithm>

#include "bridge/cli/cli.h"
#include "bridge/cli/print.h"
#include "bridge/contract/nearest.h"
#include "bridge/run/observe/clock.h"

namespace saksbro::cli {
namespace {

// Through the inbox like everything else: the service does it, and a replay sees it.
int compare(const Chosen& chosen, const std::string& only) {
  const auto configuration = load_to_look(chosen);
  if (!configuration) return complain(configuration.error());
  std::vector<std::string> names;
  for (const auto& [name, system] : configuration->mapping.systems) names.push_back(name.text());
  if (!only.empty() && std::find(names.begin(), names.end(), only) == names.end())
    return complain(chosen,
                    refusal(Phrase("unknown system \"{name}\"{meant}",
                                   {{"name", only}, {"meant", perhaps_meant(only, names)}})));
  auto store = open_store_to_order(chosen);
  if (!store) return complain(chosen, store.error());
  const Instant now = run::SystemClock{}.now();
  auto tx = (*store)->begin();
  if (!tx) return complain(chosen, tx.error());
  const std::string when = "ordered-" + std::to_string(now.time_since_epoch().count());
  auto stored = (*tx)->inbox().receive(run::compare_order(SystemName{only}, when, now));
  if (!stored) return complain(chosen, stored.error());
  if (auto committed = (*tx)->commit(); !committed) return complain(chosen, committed.error());
  if (chosen.json) {
    print_json(
        {{"ordered", "compare"}, {"system", only.empty() ? codec::Json() : codec::Json(only)}});
    return 0;
  }
  print("Queued: the service reads all open cases' tickets{}, a page at a time.\n",
        only.empty() ? "" : " in " + only);
  return 0;
}

}  // namespace

void add_compare(CLI::App& app, Chosen& chosen) {
  auto* verb = app.add_subcommand("compare", "run the full comparison now");
  auto only = std::make_shared<std::string>();
  verb->add_option("--system", *only, "only this system; default: all");
  verb->add_flag("--json", chosen.json, "print JSON");
  verb->callback(
      [&chosen, only] { chosen.run = [&chosen, only] { return compare(chosen, *only); }; });
}

}  // namespace saksbro::cli
