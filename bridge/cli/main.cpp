#include <algorithm>
#include <optional>
#include <string_view>

#include "bridge/cli/cli.h"
#include "bridge/cli/help.h"
#include "bridge/cli/print.h"
#include "bridge/cli/program_version.h"
#include "bridge/cli/speech.h"
#include "bridge/contract/nearest.h"

namespace saksbro::cli {
namespace {

// What could not be printed was not done, for whoever reads it.
int ended(const Chosen& chosen, int code) {
  const auto output = end_output();
  if (output) return code;
  complain(chosen, output.error());
  return code == 0 ? 1 : code;
}

// The parser would only say that something was not expected.
std::optional<Error> unknown_verb(const CLI::App& app, int count, const char* const* words) {
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    if (word == "-c" || word == "--config" || word == "--lang") {
      ++i;
    } else if (!word.starts_with('-')) {
      std::vector<std::string> verbs;
      for (const CLI::App* verb : app.get_subcommands(nullptr)) verbs.push_back(verb->get_name());
      if (std::find(verbs.begin(), verbs.end(), word) != verbs.end()) return std::nullopt;
      if (const Phrase meant = perhaps_meant(word, verbs); !meant.empty())
        return refusal(
            Phrase("unknown verb \"{typed}\"{meant}", {{"typed", word}, {"meant", meant}}));
      return refusal(
          Phrase("unknown verb \"{typed}\"; `saksbro --help` lists them", {{"typed", word}}));
    }
  }
  return std::nullopt;
}

// After a parse that failed: of `saksbro`, or of a verb that has verbs of its own.
std::optional<Error> missing_verb(const CLI::App& app) {
  const CLI::App* last = &app;
  std::string command = app.get_name();
  while (!last->get_subcommands().empty()) {
    last = last->get_subcommands().front();
    command += " " + last->get_name();
  }
  if (last->get_require_subcommand_min() == 0) return std::nullopt;
  std::string verbs;
  for (const CLI::App* verb : last->get_subcommands(nullptr))
    verbs += (verbs.empty() ? "" : ", ") + verb->get_name();
  return refusal(Phrase("`{command}` needs a verb: {verbs}; `{command} --help` describes them",
                        {{"command", command}, {"verbs", verbs}}));
}

// A command line that could not be parsed has said how it wants to be answered all the same.
void read_how_to_answer(Chosen& chosen, int count, const char* const* words) {
  const auto value = [&](int at, std::string_view option) -> std::string_view {
    const std::string_view word(words[at]);
    if (word == option && at + 1 < count) return words[at + 1];
    if (word.starts_with(option) && word.substr(option.size()).starts_with('='))
      return word.substr(option.size() + 1);
    return {};
  };
  for (int i = 1; i < count; ++i) {
    const std::string_view language = value(i, "--lang");
    if (language == "nb" || language == "en") chosen.language = language;
    for (const char* option : {"-c", "--config"}) {
      if (const std::string_view path = value(i, option); !path.empty())
        chosen.configuration = path;
    }
  }
}

// Help, the version, or what is wrong with the command line.
int answer(CLI::App& app, const CLI::ParseError& problem, const Chosen& chosen) {
  if (dynamic_cast<const CLI::CallForVersion*>(&problem) != nullptr) return app.exit(problem);
  const core::Language language = speech_of(chosen).language();
  if (dynamic_cast<const CLI::CallForHelp*>(&problem) != nullptr) {
    if (language == core::Language::nb) put_into_norwegian(app);
    return app.exit(problem);
  }
  put(stderr, told_usage(problem, language));
  return 2;
}

// When there is nothing to run: with which code to end.
std::optional<int> parse(CLI::App& app, Chosen& chosen, int count, const char* const* words) {
  auto wrong = unknown_verb(app, count, words);
  try {
    app.parse(count, words);
  } catch (const CLI::ParseError& problem) {
    const bool lacks = dynamic_cast<const CLI::RequiredError*>(&problem) != nullptr;
    if (!wrong && lacks) wrong = missing_verb(app);
    read_how_to_answer(chosen, count, words);
    if (!wrong) return answer(app, problem, chosen);
  }
  if (!wrong) return std::nullopt;
  complain(chosen, *wrong);
  return 2;
}

}  // namespace

int main(int count, const char* const* words) {
  CLI::App app{"Saksbro runs a support process over the issue trackers that people already use."};
  app.name("saksbro");
  app.require_subcommand(1);
  Chosen chosen;
  app.add_option("-c,--config", chosen.configuration, "the configuration file")
      ->envname("SAKSBRO_CONFIG")
      ->take_last()
      ->capture_default_str();
  app.add_option("--lang", chosen.language,
                 "language of the output: nb or en; default: the configuration's, else $LANG")
      ->check(CLI::IsMember({"nb", "en"}));
  // After the two above: it ends the parse, and what cannot be printed is told by them.
  app.set_version_flag("--version", std::string("saksbro ") + program_version());
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
  const auto code = parse(app, chosen, count, words);
  return ended(chosen, code ? *code : chosen.run());
}

}  // namespace saksbro::cli
