#include <algorithm>
#include <optional>

#include "bridge/cli/cli.h"
#include "bridge/cli/print.h"
#include "bridge/cli/program_version.h"
#include "bridge/contract/nearest.h"

namespace saksbro::cli {
namespace {

// What could not be printed was not done, for whoever reads it.
int ended(int code) {
  const auto output = end_output();
  if (output) return code;
  complain(output.error());
  return code == 0 ? 1 : code;
}

// The parser would only say that a verb is missing.
std::optional<std::string> unknown_verb(const CLI::App& app, int count, const char* const* words) {
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    if (word == "-c" || word == "--config" || word == "--lang") {
      ++i;
    } else if (!word.starts_with('-')) {
      std::vector<std::string> verbs;
      for (const CLI::App* verb : app.get_subcommands(nullptr)) verbs.push_back(verb->get_name());
      if (std::find(verbs.begin(), verbs.end(), word) != verbs.end()) return std::nullopt;
      return "there is no verb \"" + word + "\"" + did_you_mean(word, verbs) +
             (nearest(word, verbs) ? "" : "; `saksbro --help` lists them");
    }
  }
  return std::nullopt;
}

}  // namespace

int main(int count, const char* const* words) {
  CLI::App app{"Saksbro runs a support process over the issue trackers that people already use."};
  app.name("saksbro");
  app.set_version_flag("--version", std::string("saksbro ") + program_version());
  app.require_subcommand(1);
  Chosen chosen;
  app.add_option("-c,--config", chosen.configuration, "the configuration file")
      ->envname("SAKSBRO_CONFIG")
      ->take_last()
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
  if (const auto wrong = unknown_verb(app, count, words)) {
    complain(Error{"", *wrong});
    return ended(2);
  }
  try {
    app.parse(count, words);
  } catch (const CLI::ParseError& problem) {
    const int code = app.exit(problem);
    return ended(code == 0 ? 0 : 2);
  }
  return ended(chosen.run());
}

}  // namespace saksbro::cli
