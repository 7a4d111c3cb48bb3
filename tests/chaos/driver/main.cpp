#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <random>

#include "bridge/run/observe/log.h"
#include "tests/chaos/driver/options.h"

int main(int argc, char** argv) {
  using namespace saksbro::chaos;
  Options options;
  bool figures = false;
  CLI::App app("Chaos: kills, lost answers and outages, and nothing lost or twice at the end.");
  app.add_option("--minutes", options.minutes, "of kills and faults")->capture_default_str();
  app.add_option("--kills", options.kills, "go on until so many instead");
  app.add_option("--seed", options.seed, "of a run that is to be repeated");
  app.add_option("--creates", options.creates, "of the figures")->capture_default_str();
  app.add_flag("--figures", figures, "creates with a fifth of the answers lost, and no kills");
  CLI11_PARSE(app, argc, argv);
  if (options.seed == 0) options.seed = std::random_device{}();
  std::setvbuf(stdout, nullptr, _IOLBF, 0);  // also into a file
  saksbro::run::log::start("error");
  try {
    return figures ? run_figures(options) : run_chaos(options);
  } catch (const std::exception& error) {
    std::printf("seed %llu: %s\n", static_cast<unsigned long long>(options.seed), error.what());
    return 1;
  }
}
