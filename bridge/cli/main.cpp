#include "bridge/cli/cli.h"
#include "bridge/cli/print.h"

namespace saksbro::cli {
namespace {

// What could not be printed was not done, for whoever reads it.
int ended(int code) {
  const auto output = end_output();
  if (output) return code;
  complain(output.error());
  return code == 0 ? 1 : code;
}

}  // namespace

int main(int count, const char* const* words) {
  CLI::App app{"Saksbro runs a support process over the issue trackers that people already use."};
  app.name("saksbro");
  app.set_version_flag("--version", "saksbro 0.1.0");
  app.require_subcommand(1);
  Chosen chosen;
  app.add_option("-c,--config", chosen.configuration, "the configuration file")
      ->capture_default_str();
  app.add_option("--lang", chosen.language,
                 "nb or en: what is answered in; without it the configuration's, else $LANG")
      ->check(CLI::IsMember({"nb", "en"}));
  app.fallthrough();
  add_serve(app, chosen);
  add_check(app, chosen);
  add_cases(app, chosen);
  add_compare(app, chosen);
  add_explain(app, chosen);
  add_outbox(app, chosen);
  add_process(app, chosen);
  add_redrive(app, chosen);
  add_export(app, chosen);
  add_version(app, chosen);
  add_deviations(app, chosen);
  add_report(app, chosen);
  add_solutions(app, chosen);
  add_token(app, chosen);
  add_backup(app, chosen);
  add_restore(app, chosen);
  add_status(app, chosen);
  try {
    app.parse(count, words);
  } catch (const CLI::ParseError& problem) {
    const int code = app.exit(problem);
    return ended(code == 0 ? 0 : 2);
  }
  return ended(chosen.run());
}

}  // namespace saksbro::cli
