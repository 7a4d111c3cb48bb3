
#include "bridge/cli/cli.h"
#include "bridge/cli/open_secrets.h"
#include "bridge/cli/print.h"
#include "bridge/core/proof.h"
#include "bridge/rehearse/verdict.h"

namespace saksbro::cli {
namespace {

int complain_all(const Errors& errors) {
  complain(errors);
  print(stderr, "{} error{}\n", errors.size(), errors.size() == 1 ? "" : "s");
  return 1;
}

// What the process owner wrote down comes true, or not. `false`: not all of it.
bool play_scenarios(const load::Configuration& configuration) {
  const auto verdict = rehearse::judge(configuration.mapping, configuration.scenarios);
  const bool holds = verdict.differences.empty();
  print(holds ? stdout : stderr, "{}", Lines{rehearse::told(configuration.mapping, verdict)});
  return holds;
}

int check(const Chosen& chosen) {
  const auto instance = load_instance(chosen.configuration);
  if (!instance) return complain_all(instance.error());
  const Errors unsound = core::prove(instance->configuration.mapping);
  if (!unsound.empty()) return complain_all(load::in_order(unsound, chosen.configuration));
  const core::Mapping& mapping = instance->configuration.mapping;
  for (const core::Process& process : mapping.processes) {
    print("process {}: {} activities, \"{}\"\n", process.id.text(), process.activities.size(),
          process.title.nb);
  }
  for (const auto& system : instance->configuration.systems) {
    print("system {}: {}\n", system.name.text(), system.connector);
  }
  for (const std::string& finding : open_secrets(instance->configuration))
    print(stderr, "warning: {}\n", finding);
  if (!play_scenarios(instance->configuration)) return 1;
  print("{} is right\n", chosen.configuration);
  return 0;
}

}  // namespace

void add_check(CLI::App& app, Chosen& chosen) {
  auto* verb =
      app.add_subcommand("check", "checks the configuration and the mappings; exit 1 on errors");
  verb->callback([&chosen] { chosen.run = [&chosen] { return check(chosen); }; });
}

}  // namespace saksbro::cli
