
#include <map>

#include "bridge/cli/cli.h"
#include "bridge/cli/print.h"
#include "bridge/cli/speech.h"
#include "bridge/contract/nearest.h"
#include "bridge/records/order_record.h"
#include "bridge/run/observe/clock.h"

namespace saksbro::cli {
namespace {

// The cases of one version: those that wait for it, and those that have been told, with the time.
struct Waiting {
  std::vector<std::string> cases;
  std::vector<std::string> told;
  std::string when;  // the first of `told`
};
using Versions = std::map<std::string, Waiting>;

void add(Versions& versions, const core::Mapping& mapping, const core::Case& one) {
  for (const core::Process& process : mapping.processes) {
    if (!process.release || process.id != one.process) continue;
    const auto version = one.values.find(process.release->value);
    if (version == one.values.end() || version->second.empty()) continue;
    Waiting& waiting = versions[version->second];
    const auto& told = one.memory.told_version;
    if (!told || told->version != version->second) {
      waiting.cases.push_back(one.number.text());
    } else {
      waiting.told.push_back(one.number.text());
      waiting.when = told->when;
    }
  }
}

Result<Versions> versions_in(store::Store& store, const core::Mapping& mapping) {
  auto reader = store.reader();
  if (!reader) return tl::unexpected(reader.error());
  const auto cases = (*reader)->cases().list();
  if (!cases) return tl::unexpected(cases.error());
  Versions versions;
  for (auto one = cases->rbegin(); one != cases->rend(); ++one) add(versions, mapping, *one);
  return versions;
}

std::string list_of(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
  return list;
}

int nobody_waits(const Speech& speech, const Versions& versions, const std::string& version) {
  std::vector<std::string> known;
  for (const auto& [name, waiting] : versions) {
    if (!waiting.cases.empty()) known.push_back(name);
  }
  const Phrase meant = perhaps_meant(version, known);
  print("{}{}\n{}\n",
        speech.line("Ingen sak venter på versjon {}", "No case waits for version {}", version),
        meant.empty() ? "." : speech.say(meant, {}),
        known.empty() ? speech.in("Ingen versjon ventes på.", "No case waits for a version.")
                      : speech.line("Det ventes på: {}.", "Cases wait for: {}.", list_of(known)));
  return 0;
}

// Through the inbox like everything else. Who was told is not told again, also where the same
// version is announced by two ways.
int order(const Speech& speech, store::Store& store, const std::string& version,
          const Waiting& waiting) {
  const Instant now = run::SystemClock{}.now();
  auto tx = store.begin();
  if (!tx) return complain(speech, tx.error());
  const DeliveryId id{"announce:" + version + ":" + std::to_string(now.time_since_epoch().count())};
  const records::Order order{"announce", {}, {}, std::nullopt, version};
  auto stored =
      (*tx)->inbox().receive({kOrderSystem, id, DeliveryKind::order, now, records::write(order)});
  if (!stored) return complain(speech, stored.error());
  if (auto committed = (*tx)->commit(); !committed) return complain(speech, committed.error());
  const bool one = waiting.cases.size() == 1;
  print("{}\n",
        speech.line(one ? "Kunngjort: versjon {} er ute. Tjenesten sier det i {} sak: {}."
                        : "Kunngjort: versjon {} er ute. Tjenesten sier det i {} saker: {}.",
                    one ? "Announced: version {} is released. The service notifies {} case: {}."
                        : "Announced: version {} is released. The service notifies {} cases: {}.",
                    version, waiting.cases.size(), list_of(waiting.cases)));
  return 0;
}

int announce(const Chosen& chosen, const std::string& version) {
  const auto configuration = load_to_look(chosen);
  if (!configuration) return complain(configuration.error());
  auto store = open_store_to_order(chosen);
  if (!store) return complain(chosen, store.error());
  const auto versions = versions_in(**store, configuration->mapping);
  if (!versions) return complain(chosen, versions.error());
  const auto found = versions->find(version);
  const Speech speech(language_of(chosen, *configuration), configuration->mapping);
  if (found == versions->end()) return nobody_waits(speech, *versions, version);
  if (!found->second.cases.empty()) return order(speech, **store, version, found->second);
  print("{}\n", speech.line("Allerede kunngjort {}: {}.", "Already announced on {}: {}.",
                            found->second.when, list_of(found->second.told)));
  return 0;
}

int list_versions(const Chosen& chosen) {
  const auto configuration = load_to_look(chosen);
  if (!configuration) return complain(configuration.error());
  auto store = open_store(chosen);
  if (!store) return complain(chosen, store.error());
  const auto versions = versions_in(**store, configuration->mapping);
  if (!versions) return complain(chosen, versions.error());
  const Speech speech(language_of(chosen, *configuration), configuration->mapping);
  if (versions->empty())
    print("{}\n", speech.in("Ingen sak venter på en versjon.", "No case waits for a version."));
  for (const auto& [name, waiting] : *versions) {
    if (!waiting.cases.empty())
      print("{}\n",
            speech.line("{}  ventes på av: {}", "{}  waits: {}", name, list_of(waiting.cases)));
    if (!waiting.told.empty())
      print("{}\n", speech.line("{}  kunngjort {}: {}", "{}  announced on {}: {}", name,
                                waiting.when, list_of(waiting.told)));
  }
  return 0;
}

}  // namespace

void add_version(CLI::App& app, Chosen& chosen) {
  auto* verb = app.add_subcommand("version", "manage the versions that cases wait for");
  verb->require_subcommand(0, 1);
  auto* list_verb =
      verb->add_subcommand("list", "list the versions, and the cases that wait for them");
  verb->callback([&chosen, verb] {
    if (verb->get_subcommands().empty()) chosen.run = [&chosen] { return list_versions(chosen); };
  });
  list_verb->callback([&chosen] { chosen.run = [&chosen] { return list_versions(chosen); }; });
  auto* announce_verb = verb->add_subcommand(
      "announce", "announce that a version is released: cases that wait for it continue");
  auto version = std::make_shared<std::string>();
  announce_verb->add_option("name", *version, "the version as the cases name it, like 7.2")
      ->required();
  announce_verb->callback([&chosen, version] {
    chosen.run = [&chosen, version] { return announce(chosen, *version); };
  });
}

}  // namespace saksbro::cli
