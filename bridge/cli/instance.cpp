
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <thread>

#include "bridge/cli/cli.h"
#include "bridge/cli/print.h"
#include "bridge/cli/speech.h"
#include "bridge/contract/nearest.h"
#include "bridge/load/system_abilities.h"
#include "bridge/run/observe/clock.h"
#include "bridge/store/sqlite/sqlite_store.h"
#include "connectors/registry.h"

namespace saksbro::cli {
namespace {

Result<std::string> read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return fail(path, "cannot be read: is the path right, and may this user read it?");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::optional<std::string> read_variable(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  if (value == nullptr) return std::nullopt;
  return std::string(value);
}

// Secrets that could not be read, or are empty: each has its error already (load/secrets.cpp).
void collect_unread(const Setting& setting, std::vector<Error>& unread) {
  if (const auto* secret = std::get_if<Secret>(&setting.value); secret && secret->empty()) {
    unread.push_back({setting.where, setting.path + ": "});
  } else if (const auto* list = std::get_if<Setting::List>(&setting.value)) {
    for (const Setting& item : *list) collect_unread(item, unread);
  } else if (const auto* map = std::get_if<Setting::Map>(&setting.value)) {
    for (const auto& [key, value] : *map) collect_unread(value, unread);
  }
}

// What a connector finds wrong with such a secret says nothing more.
void add_connectors_errors(const Errors& found, const Setting& settings, Errors& errors) {
  std::vector<Error> unread;
  collect_unread(settings, unread);
  std::copy_if(found.begin(), found.end(), std::back_inserter(errors), [&](const Error& one) {
    return std::none_of(unread.begin(), unread.end(), [&](const Error& secret) {
      return one.where == secret.where && one.what.starts_with(secret.what);
    });
  });
}

void make_system(const load::SystemConfiguration& system, const core::Mapping& mapping,
                 run::Systems& systems, Errors& errors) {
  const auto& all = connectors();
  const auto connector = all.find(system.connector);
  if (connector == all.end()) {
    std::vector<std::string> names;
    for (const auto& [name, configure] : all) names.push_back(name);
    errors.push_back({system.settings.where, system.settings.path + ": unknown connector \"" +
                                                 system.connector + "\"" +
                                                 did_you_mean_one_of(system.connector, names)});
    return;
  }
  auto configured = connector->second(system.name, system.settings);
  if (!configured) {
    add_connectors_errors(configured.error(), system.settings, errors);
    return;
  }
  const Errors unable = load::check_abilities(mapping, system, (*configured)->abilities());
  errors.insert(errors.end(), unable.begin(), unable.end());
  systems.emplace(system.name, std::move(*configured));
}

// Whoever only looks has no secrets at hand: each has a stand-in, as long as any must be.
load::Loaded load_mapping(const Chosen& chosen) {
  const std::string stand_in(64, '-');  // of systemd's directory of credentials, too
  return load::load_configuration(
      chosen.configuration,
      [&](const std::string& path) -> Result<std::string> {
        if (path.starts_with(stand_in)) return stand_in;
        return read_file(path);
      },
      [&](const std::string&) { return stand_in; });
}

tl::expected<Instance, Errors> load_with(const std::string& path, const load::ReadFile& read) {
  load::Loaded loaded = load::load_configuration(path, read, read_variable);
  Instance instance{std::move(loaded.configuration), {}};
  for (const auto& system : instance.configuration.systems) {
    make_system(system, instance.configuration.mapping, instance.systems, loaded.errors);
  }
  if (!loaded.errors.empty()) return tl::unexpected(load::in_order(loaded.errors, path));
  return instance;
}

// Every file that a load has read, as it was then.
class ReadFiles {
 public:
  Result<std::string> read(const std::string& path) {
    auto text = read_file(path);
    texts_[path] = text ? *text : text.error().text();
    return text;
  }
  [[nodiscard]] bool still_the_same() const {
    return std::all_of(texts_.begin(), texts_.end(), [](const auto& one) {
      const auto text = read_file(one.first);
      return one.second == (text ? *text : text.error().text());
    });
  }

 private:
  std::map<std::string, std::string> texts_;
};

}  // namespace

tl::expected<Instance, Errors> load_instance(const std::string& path) {
  return load_with(path, read_file);
}

tl::expected<Instance, Errors> load_settled_instance(const std::string& path) {
  constexpr int kLooksMost = 20;
  constexpr std::chrono::milliseconds kMoment{300};
  for (int look = 1;; ++look) {
    ReadFiles files;
    auto instance = load_with(path, [&](const std::string& file) { return files.read(file); });
    std::this_thread::sleep_for(kMoment);
    if (files.still_the_same()) return instance;
    if (look == kLooksMost)
      return tl::unexpected(Errors{{path,
                                    "this file, or one that it names, keeps changing while it is "
                                    "read: the configuration is not reloaded"}});
  }
}

tl::expected<load::Configuration, Errors> load_to_look(const Chosen& chosen) {
  load::Loaded loaded = load_mapping(chosen);
  if (!loaded.errors.empty()) return tl::unexpected(std::move(loaded.errors));
  return std::move(loaded.configuration);
}

load::Configuration look_at(const Chosen& chosen) { return load_mapping(chosen).configuration; }

Result<std::string> store_path(const Chosen& chosen) {
  const load::Loaded loaded = load_mapping(chosen);
  if (loaded.configuration.store.empty()) {
    return tl::unexpected(loaded.errors.empty() ? Error{chosen.configuration, "names no store"}
                                                : loaded.errors.front());
  }
  return loaded.configuration.store;
}

// Looking at cases needs the store's path only.
Result<std::unique_ptr<store::Store>> open_store(const Chosen& chosen) {
  const auto path = store_path(chosen);
  if (!path) return tl::unexpected(path.error());
  return store::open_sqlite(*path, store::Use::look, run::SystemClock{}.now());
}

Result<std::unique_ptr<store::Store>> open_store_to_order(const Chosen& chosen) {
  if (auto there = open_store(chosen); !there) return there;
  const auto path = store_path(chosen);
  if (!path) return tl::unexpected(path.error());
  return store::open_sqlite(*path, store::Use::command, run::SystemClock{}.now());
}

int complain(const Errors& errors) {
  for (const Error& error : errors) print(stderr, "{}\n", error.text());
  return 1;
}

Error refusal(Phrase why) { return {"", in_english(why), std::move(why)}; }

int complain(const Speech& speech, const Error& error) {
  print(stderr, "{}\n", speech.say(error.told(), {}));
  return 1;
}

int complain(const Chosen& chosen, const Error& error) {
  return complain(speech_of(chosen), error);
}

namespace {

// " (desk)": the systems where the case's ticket has that number.
std::string where_called(store::Reader& reader, const CaseNumber& number, const std::string& name) {
  std::string systems;
  const auto found = reader.cases().find(number);
  if (!found || !*found) return systems;
  for (const auto& [system, view] : (*found)->tickets) {
    if (name == view.number || "#" + name == view.number || name == view.key.text())
      systems += (systems.empty() ? "" : ", ") + system.text();
  }
  return systems.empty() ? "" : " (" + systems + ")";
}

}  // namespace

Result<CaseNumber> find_named(store::Reader& reader, const std::string& name) {
  const auto numbers = reader.cases().named(name);
  if (!numbers) return tl::unexpected(numbers.error());
  if (numbers->empty())
    return fail("", Phrase("no case and no ticket of a case has the number \"{typed}\"",
                           {{"typed", name}}));
  if (numbers->size() == 1) return numbers->front();
  std::string list;
  for (const CaseNumber& number : *numbers)
    list += (list.empty() ? "" : ", ") + number.text() + where_called(reader, number, name);
  return fail("", Phrase("\"{typed}\" names several cases: {cases}; choose one of them",
                         {{"typed", name}, {"cases", list}}));
}

Result<std::vector<core::Dated>> dated_facts(store::Reader& reader, const CaseNumber& number) {
  const auto rows = reader.cases().facts(number);
  if (!rows) return tl::unexpected(rows.error());
  std::vector<core::Dated> facts;
  facts.reserve(rows->size());
  for (const store::FactRow& row : *rows) facts.push_back({row.at, row.fact});
  return facts;
}

}  // namespace saksbro::cli
