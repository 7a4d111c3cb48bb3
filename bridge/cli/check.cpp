#include <filesystem>

#include "bridge/cli/cli.h"
#include "bridge/cli/open_secrets.h"
#include "bridge/cli/print.h"
#include "bridge/cli/speech.h"
#include "bridge/core/proof/needed_moves.h"
#include "bridge/core/proof/proof.h"
#include "bridge/rehearse/verdict.h"
#include "bridge/store/files/place.h"
#include "bridge/views/moves.h"

namespace saksbro::cli {
namespace {

// Programs get all errors, and none where all is right.
int tell_programs(const Errors& errors) {
  codec::Json all = codec::Json::array();
  for (const Error& error : errors) all.push_back({{"where", error.where}, {"what", error.what}});
  print_json({{"right", errors.empty()}, {"errors", all}});
  return errors.empty() ? 0 : 1;
}

int complain_all(const Errors& errors) {
  complain(errors);
  print(stderr, "{} error{}\n", errors.size(), errors.size() == 1 ? "" : "s");
  return 1;
}

// What the process owner wrote down comes true, or not. `false`: not all of it.
bool play_scenarios(const Speech& speech, const load::Configuration& configuration) {
  const auto verdict = rehearse::judge(configuration.mapping, configuration.scenarios);
  const bool holds = verdict.differences.empty();
  print(holds ? stdout : stderr, "{}",
        Lines{rehearse::told(configuration.mapping, verdict, speech.language())});
  return holds;
}

struct Wish {
  bool moves = false;
};

const char* word_of_from(core::NeededMove::From from) {
  switch (from) {
    case core::NeededMove::From::new_ticket:
      return "new";
    case core::NeededMove::From::any:
      return "any";
    case core::NeededMove::From::status:
      return "status";
  }
  return "status";
}

codec::Json json_of(const core::Mapping& mapping, const std::vector<core::NeededMove>& moves,
                    core::Language language) {
  codec::Json all = codec::Json::array();
  for (const core::NeededMove& move : moves) {
    codec::Json one{{"system", move.at.text()},
                    {"from", word_of_from(move.from)},
                    {"to", views::after_word(mapping, move)},
                    {"because", views::cause_words(move, language)}};
    if (move.by) one["role"] = move.by->text();
    if (move.from == core::NeededMove::From::status)
      one["status"] = views::before_words(mapping, move, language);
    all.push_back(std::move(one));
  }
  return all;
}

int print_moves(const Chosen& chosen) {
  const auto configuration = load_to_look(chosen);
  if (!configuration) return complain_all(configuration.error());
  const core::Mapping& mapping = configuration->mapping;
  const core::Language language = language_of(chosen, *configuration);
  const auto moves = core::needed_moves(mapping);
  if (chosen.json)
    print_json(json_of(mapping, moves, language));
  else
    print("{}", Lines{views::moves_text(mapping, moves, language)});
  return 0;
}

tl::expected<Instance, Errors> sound_instance(const Chosen& chosen) {
  auto instance = load_instance(chosen.configuration);
  if (!instance) return instance;
  const Errors unsound = core::prove(instance->configuration.mapping);
  if (!unsound.empty()) return tl::unexpected(load::in_order(unsound, chosen.configuration));
  if (const auto place = store::may_be_written(instance->configuration.store); !place)
    return tl::unexpected(Errors{place.error()});
  return instance;
}

// What is there, and what the trackers must allow.
void describe(const Speech& speech, const load::Configuration& configuration) {
  print("{} {}\n", speech.in("lager", "store"),
        std::filesystem::absolute(configuration.store).string());
  const core::Mapping& mapping = configuration.mapping;
  for (const core::Process& process : mapping.processes) {
    print("{}\n", speech.line("prosess {}: {} aktiviteter, «{}»",
                              "process {}: {} activities, \"{}\"", process.id.text(),
                              process.activities.size(), process.title.in(speech.language())));
  }
  for (const auto& system : configuration.systems) {
    print("system {}: {}\n", system.name.text(), system.connector);
  }
  for (const std::string& finding : open_secrets(configuration))
    print(stderr, "{}: {}\n", speech.in("advarsel", "warning"), finding);
  for (const Error& one : configuration.warnings)
    print(stderr, "{}: {}\n", speech.in("advarsel", "warning"), one.text());
  const std::size_t moves = core::needed_moves(mapping).size();
  if (moves == 0) return;
  print("{}\n", speech.line("statusoverganger som sakssystemenes arbeidsflyt må tillate: {}; check "
                            "--moves viser dem",
                            "status transitions that the trackers' workflows must allow: {}; check "
                            "--moves lists them",
                            moves));
}

int check(const Chosen& chosen) {
  const auto instance = sound_instance(chosen);
  if (!instance) return complain_all(instance.error());
  const Speech speech(language_of(chosen, instance->configuration),
                      instance->configuration.mapping);
  describe(speech, instance->configuration);
  if (!play_scenarios(speech, instance->configuration)) return 1;
  print("{}\n", speech.line("{} er riktig", "{} is right", chosen.configuration));
  return 0;
}

int check_for_programs(const Chosen& chosen) {
  const auto instance = sound_instance(chosen);
  if (!instance) return tell_programs(instance.error());
  const load::Configuration& configuration = instance->configuration;
  Errors differing;
  const auto verdict = rehearse::judge(configuration.mapping, configuration.scenarios);
  for (const auto& [name, difference] : verdict.differences)
    differing.push_back({difference.where,
                         name + ": expected " + difference.expected + "; seen " + difference.seen});
  return tell_programs(differing);
}

}  // namespace

void add_check(CLI::App& app, Chosen& chosen) {
  auto* verb = app.add_subcommand(
      "check", "check the configuration and the mappings; exit status 1 on errors");
  auto wish = std::make_shared<Wish>();
  verb->add_flag("--moves", wish->moves,
                 "list the status transitions that each tracker's workflow must allow");
  verb->add_flag("--json", chosen.json, "print JSON");
  verb->callback([&chosen, wish] {
    chosen.run = [&chosen, wish] {
      if (wish->moves) return print_moves(chosen);
      return chosen.json ? check_for_programs(chosen) : check(chosen);
    };
  });
}

}  // namespace saksbro::cli
