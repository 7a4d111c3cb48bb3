#include <fmt/core.h>

#include "bridge/cli/cli.h"

namespace saksbro::cli {
namespace {

int check(const Chosen& chosen) {
  const auto instance = load_instance(chosen.configuration);
  if (!instance) {
    complain(instance.error());
    fmt::print(stderr, "{} error{}\n", instance.error().size(),
               instance.error().size() == 1 ? "" : "s");
    return 1;
  }
  const core::Mapping& mapping = instance->configuration.mapping;
  for (const core::Process& process : mapping.processes) {
    fmt::print("process {}: {} activities, \"{}\"\n", process.id.text(), process.activities.size(),
               process.title.nb);
  }
  for (const auto& system : instance->configuration.systems) {
    fmt::print("system {}: {}\n", system.name.text(), system.connector);
  }
  fmt::print("{} is right\n", chosen.configuration);
  return 0;
}

}  // namespace

void add_check(CLI::App& app, Chosen& chosen) {
  auto* verb =
      app.add_subcommand("check", "checks the configuration and the mappings; exit 1 on errors");
  verb->callback([&chosen] { chosen.run = [&chosen] { return check(chosen); }; });
}

}  // namespace saksbro::cli
