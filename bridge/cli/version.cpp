
#include <map>

#include "bridge/cli/cli.h"
#include "bridge/cli/print.h"
#include "bridge/contract/nearest.h"
#include "bridge/core/memory.h"
#include "bridge/records/order_record.h"
#include "bridge/run/clock.h"

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
    const auto told = one.values.find(core::told_of_version(version->second));
    if (told == one.values.end() || told->second.empty()) {
      waiting.cases.push_back(one.number.text());
    } else {
      waiting.told.push_back(one.number.text());
      waiting.when = told->second;
    }
  }
}

Result<Versions> versions_in(store::Store& store, const core::Mapping& mapping) {
  auto reader = store.reader();
  if (!reader) return tl::unexpected(reader.error());
  const auto cases = (*reader)->cases();
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

int nobody_waits(const Versions& versions, const std::string& version) {
  std::vector<std::string> known;
  for (const auto& [name, waiting] : versions) {
    if (!waiting.cases.empty()) known.push_back(name);
  }
  const std::string meant = did_you_mean(version, known);
  print("No case waits for version {}{}\n{}\n", version, meant.empty() ? "." : meant,
        known.empty() ? "No version is waited for." : "Waited for: " + list_of(known) + ".");
  return 0;
}

// Through the inbox like everything else. Who was told is not told again, also where the same
// version is announced by two ways.
int order(store::Store& store, const std::string& version, const Waiting& waiting) {
  const Instant now = run::SystemClock{}.now();
  auto tx = store.begin();
  if (!tx) return complain(tx.error());
  const DeliveryId id{"announce:" + version + ":" + std::to_string(now.time_since_epoch().count())};
  const records::Order order{"announce", {}, {}, std::nullopt, version};
  auto stored = (*tx)->receive({kOrderSystem, id, DeliveryKind::order, now, records::write(order)});
  if (!stored) return complain(stored.error());
  if (auto committed = (*tx)->commit(); !committed) return complain(committed.error());
  print("Announced: version {} is out. The service tells {} case{}: {}.\n", version,
        waiting.cases.size(), waiting.cases.size() == 1 ? "" : "s", list_of(waiting.cases));
  return 0;
}

int announce(const Chosen& chosen, const std::string& version) {
  const auto configuration = load_to_look(chosen);
  if (!configuration) return complain(configuration.error());
  auto store = open_store_to_order(chosen);
  if (!store) return complain(store.error());
  const auto versions = versions_in(**store, configuration->mapping);
  if (!versions) return complain(versions.error());
  const auto found = versions->find(version);
  if (found == versions->end()) return nobody_waits(*versions, version);
  if (!found->second.cases.empty()) return order(**store, version, found->second);
  print("Already announced on {}: {}.\n", found->second.when, list_of(found->second.told));
  return 0;
}

int list(const Chosen& chosen) {
  const auto configuration = load_to_look(chosen);
  if (!configuration) return complain(configuration.error());
  auto store = open_store(chosen);
  if (!store) return complain(store.error());
  const auto versions = versions_in(**store, configuration->mapping);
  if (!versions) return complain(versions.error());
  if (versions->empty()) print("No case waits for a version.\n");
  for (const auto& [name, waiting] : *versions) {
    if (!waiting.cases.empty()) print("{}  waits: {}\n", name, list_of(waiting.cases));
    if (!waiting.told.empty())
      print("{}  announced on {}: {}\n", name, waiting.when, list_of(waiting.told));
  }
  return 0;
}

}  // namespace

void add_version(CLI::App& app, Chosen& chosen) {
  auto* verb = app.add_subcommand("version", "versions that cases wait for");
  verb->require_subcommand(0, 1);
  auto* list_verb = verb->add_subcommand("list", "versions, and the cases that wait for them");
  verb->callback([&chosen, verb] {
    if (verb->get_subcommands().empty()) chosen.run = [&chosen] { return list(chosen); };
  });
  list_verb->callback([&chosen] { chosen.run = [&chosen] { return list(chosen); }; });
  auto* announce_verb =
      verb->add_subcommand("announce", "says that a version is out: cases that wait for it wake");
  auto version = std::make_shared<std::string>();
  announce_verb->add_option("name", *version, "as it was written on the cases: 7.2")->required();
  announce_verb->callback([&chosen, version] {
    chosen.run = [&chosen, version] { return announce(chosen, *version); };
  });
}

}  // namespace saksbro::cli
