#include "bridge/load/configuration.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <functional>
#include <iterator>
#include <map>
#include <set>
#include <tuple>

#include "bridge/contract/nearest.h"
#include "bridge/load/calendar.h"
#include "bridge/load/compare.h"
#include "bridge/load/delivery_terms.h"
#include "bridge/load/fingerprint.h"
#include "bridge/load/mapping_files.h"
#include "bridge/load/scenario_file.h"
#include "bridge/load/webhooks_together.h"

namespace saksbro::load {
namespace {

namespace fs = std::filesystem;

// The keys of a system that are the bridge's; all others are its connector's.
const std::set<std::string> kBridgeKeys{"connector", "mapping", "external",
                                        "compare",   "limits",  "doubt"};

// Anyone who has a link can try secrets against it, at home and without end.
constexpr std::size_t kLinkSecretLeast = 32;

constexpr std::size_t kPrefixMost = 20;

bool stands_in_a_number(char letter) {
  const auto byte = static_cast<unsigned char>(letter);
  return byte >= 0x80 || std::isalnum(byte) != 0 || letter == '-' || letter == '_';
}

class ConfigurationFile {
 public:
  ConfigurationFile(std::string path, const ReadFile& read, const ReadVariable& variable)
      : path_(std::move(path)),
        folder_(fs::path(path_).parent_path().string()),
        read_(read),
        variable_(variable) {
    if (folder_.empty()) folder_ = ".";
  }

  Loaded load() {
    auto file = tree(path_, nullptr);
    if (!file) return finish();
    config().secret_files = resolve_secrets(*file, folder_, variable_, read_, loaded_.errors);
    SettingsReader reader(*file);
    read_store(*file, reader);
    read_instance_language(*file, reader);
    read_listeners(reader);
    const Setting* systems = reader.map("systems");
    const Setting* channels = reader.map("channels");
    const Setting* links = reader.map("links");
    const Setting* mappings = reader.map("mappings");
    const Setting* calendar = reader.map("calendar");
    const Setting* report = reader.map("report");
    const UpkeepBlocks upkeep{reader.map("retention"), reader.map("disk"), reader.map("recovery")};
    if (systems == nullptr) reader.error("\"systems\" is missing");
    if (mappings == nullptr) reader.error("\"mappings\" is missing");
    take(reader.finish());
    config().upkeep = read_upkeep(upkeep, loaded_.errors);
    config().files = read_files(reader.map("files"), loaded_.errors);
    if (systems != nullptr) read_systems(*systems, false);
    if (channels != nullptr) read_systems(*channels, true);
    check_webhooks(config(), loaded_.errors);
    known_.links = links != nullptr;
    if (mappings != nullptr) read_mappings(*mappings);
    if (links != nullptr) read_links(*links);
    known_.links = links != nullptr;
    if (report != nullptr) read_report(*report);
    if (calendar != nullptr) config().mapping.calendar = read_calendar(*calendar, loaded_.errors);
    // With a file missing, names that it would have given are not unknown.
    if (all_read_) check_together(config().mapping, mentions_, known_, loaded_.errors);
    for (const Mention& old : mentions_.old_keys)
      config().warnings.push_back(
          {old.where, old.path + " is the old name of \"" + old.name + "\", and still accepted"});
    read_all_scenarios();
    return finish();
  }

 private:
  Configuration& config() { return loaded_.configuration; }

  void take(const Errors& errors) {
    loaded_.errors.insert(loaded_.errors.end(), errors.begin(), errors.end());
  }

  Loaded finish() {
    loaded_.errors = in_order(loaded_.errors, path_);
    return std::move(loaded_);
  }

  // Paths in the configuration are relative to its own folder.
  std::string beside(const std::string& path) const {
    if (path.empty() || path.starts_with('/')) return path;
    return (fs::path(folder_) / path).lexically_normal().string();
  }

  // `named_by`: the setting that names the file; none for the configuration itself.
  std::optional<Setting> tree(const std::string& path, const Setting* named_by) {
    const auto text = read_(path);
    const std::size_t errors_before = loaded_.errors.size();
    std::optional<Setting> tree;
    if (text) {
      tree = parse_yaml(path, *text, loaded_.errors);
    } else if (named_by == nullptr) {
      loaded_.errors.push_back(text.error());
    } else {
      loaded_.errors.push_back(
          {named_by->where, named_by->path + ": " + path + ": " + text.error().what});
    }
    // Of a key that stands there twice one was left out, too.
    all_read_ = all_read_ && tree.has_value() && loaded_.errors.size() == errors_before;
    return tree;
  }

  void read_instance_language(const Setting& file, SettingsReader& reader) {
    config().mapping.language = read_language(reader, core::Language::nb);
    if (file.find("language") != nullptr) config().language = config().mapping.language;
  }

  // Where the system's own files lie, a service may not write: it would fail when it starts.
  void read_store(const Setting& file, SettingsReader& reader) {
    const std::string text = reader.text("store");
    config().store = beside(text);
    for (const char* folder : {"/boot/", "/dev/", "/etc/", "/proc/", "/sys/", "/usr/"}) {
      if (!config().store.starts_with(folder)) continue;
      reader.error(*file.find("store"),
                   (text.starts_with('/') ? "" : "\"" + text + "\" is ") + config().store +
                       "; the service must not write below " +
                       std::string(folder, std::string_view(folder).size() - 1) +
                       ": use /var/lib/saksbro/saksbro.db");
    }
  }

  void read_listeners(SettingsReader& reader) {
    const Setting* listen = reader.map("listen");
    if (listen == nullptr) {
      reader.error(
          "\"listen\" is missing: { webhooks: 127.0.0.1:8480, operations: 127.0.0.1:8481 }");
      return;
    }
    config().listen = load::read_listeners(
        *listen, [this](const std::string& path) { return beside(path); }, read_, loaded_.errors);
  }

  void read_links(const Setting& map) {
    SettingsReader reader(map);
    LinksConfiguration links;
    links.url = reader.url("url");
    add_secret(reader, map, "secret", reader.secret("secret"), links);
    if (auto old = reader.secret_if_given("old_secret"))
      add_secret(reader, map, "old_secret", *std::move(old), links);
    if (all_read_ && !config().mapping.texts.link)
      reader.error("the house file has no \"link_page\": the texts of the page behind a link");
    take(reader.finish());
    config().links = std::move(links);
  }

  static void add_secret(SettingsReader& reader, const Setting& map, const char* key, Secret secret,
                         LinksConfiguration& links) {
    const Setting* at = map.find(key);
    if (at == nullptr || !std::holds_alternative<Secret>(at->value)) return;
    if (secret.reveal().size() < kLinkSecretLeast) {
      reader.error(*at,
                   "the secret is shorter than 32 bytes: anybody with a link could guess it. "
                   "Create one with: openssl rand -hex 32");
    }
    links.secrets.push_back(std::move(secret));
  }

  void read_systems(const Setting& map, bool channels) {
    for (const auto& [name, setting] : std::get<Setting::Map>(map.value)) {
      const SystemName system{name};
      if (known_.systems.contains(system)) {
        loaded_.errors.push_back(
            {setting.where, setting.path + ": a system has this name already"});
        continue;
      }
      (channels ? known_.channels : known_.systems).insert(system);
      read_one(system, setting, channels);
    }
  }

  void read_one(const SystemName& name, const Setting& setting, bool channel) {
    const auto* map = std::get_if<Setting::Map>(&setting.value);
    if (map == nullptr) {
      loaded_.errors.push_back({setting.where, setting.path + ": expected a map of settings"});
      return;
    }
    Setting ours{setting.where, setting.path, Setting::Map{}};
    Setting theirs{setting.where, setting.path, Setting::Map{}};
    for (const auto& entry : *map) {
      std::get<Setting::Map>((kBridgeKeys.contains(entry.key) ? ours : theirs).value)
          .push_back(entry);
    }
    SettingsReader reader(ours);
    const std::string connector = reader.text("connector");
    std::optional<std::chrono::minutes> compare;
    if (!channel) {
      read_system_mapping(name, ours, theirs, reader);
      compare = read_compare(reader, ours);
    }
    const core::DeliveryPolicy delivery = read_delivery(reader, loaded_.errors);
    take(reader.finish());
    const std::int64_t print = fingerprint(theirs, mapping_prints_[name]);
    config().systems.push_back({name, connector, std::move(theirs), delivery, print, compare});
  }

  void read_system_mapping(const SystemName& name, const Setting& ours, const Setting& theirs,
                           SettingsReader& reader) {
    const std::string path = reader.text("mapping");
    const bool external = reader.flag_or("external", false);
    if (path.empty()) return;
    const auto file = tree(beside(path), ours.find("mapping"));
    if (!file) return;
    core::SystemMapping mapping =
        read_system(*file, name, config().mapping.language, mentions_, loaded_.errors);
    check_with_settings(*file, theirs, mapping, loaded_.errors);
    mapping.external = external;
    mapping_prints_[name] = fingerprint(*file);
    config().mapping.systems.emplace(name, std::move(mapping));
  }

  void read_mappings(const Setting& mappings) {
    SettingsReader reader(mappings);
    const std::string house = reader.text("house");
    read_prefix(mappings, reader);
    const Setting* processes = reader.list("processes");
    if (processes == nullptr) reader.error("\"processes\" is missing: a list of process files");
    const std::string organisations = reader.text_or("organisations", "");
    scenarios_ = reader.list("scenarios");
    take(reader.finish());
    if (!organisations.empty()) {
      if (const auto file = tree(beside(organisations), mappings.find("organisations")))
        read_organisations(*file, known_, config().mapping, mentions_, loaded_.errors);
    }
    if (!house.empty()) {
      if (const auto file = tree(beside(house), mappings.find("house"))) {
        config().mapping.texts = read_house(*file, mentions_, loaded_.errors);
      }
    }
    if (processes == nullptr) return;
    for (const Setting& item : std::get<Setting::List>(processes->value)) read_one_process(item);
  }

  // It stands in texts, in marks and in commands, where a blank ends a word.
  void read_prefix(const Setting& mappings, SettingsReader& reader) {
    const std::string prefix = reader.text_or("case_prefix", "SAK");
    const bool right = !prefix.empty() && prefix.size() <= kPrefixMost &&
                       std::all_of(prefix.begin(), prefix.end(), stands_in_a_number);
    if (!right)
      reader.error(*mappings.find("case_prefix"),
                   "\"" + prefix +
                       "\" cannot begin a case number: expected letters and digits, "
                       "- and _ between them, at most 20 bytes, like SAK");
    config().mapping.case_prefix = prefix;
  }

  void read_one_process(const Setting& item) {
    const auto* path = std::get_if<Setting::Text>(&item.value);
    if (path == nullptr) {
      loaded_.errors.push_back({item.where, item.path + ": expected the path of a process file"});
      return;
    }
    const auto file = tree(beside(*path), &item);
    if (!file) return;
    config().mapping.processes.push_back(read_process(*file, known_, mentions_, loaded_.errors));
  }

  // Last: they speak of all the others.
  void read_all_scenarios() {
    if (scenarios_ == nullptr || !all_read_) return;
    const ScenarioNames names{config().mapping, known_.channels, mentions_.kept};
    for (const Setting& item : std::get<Setting::List>(scenarios_->value)) {
      const auto* path = std::get_if<Setting::Text>(&item.value);
      if (path == nullptr) {
        loaded_.errors.push_back(
            {item.where, item.path + ": expected the path of a scenario file"});
        continue;
      }
      const auto file = tree(beside(*path), &item);
      if (!file) continue;
      auto more = read_scenarios(*file, names, loaded_.errors);
      std::move(more.begin(), more.end(), std::back_inserter(config().scenarios));
    }
  }

  // The words must be those of the mappings, which have been read by now.
  void read_report(const Setting& map) {
    SettingsReader reader(map);
    std::vector<std::string> statuses;
    for (const core::Process& process : config().mapping.processes) {
      for (const core::Status& status : process.statuses) statuses.push_back(status.text());
    }
    std::vector<std::string> signals;
    for (const auto& [name, system] : config().mapping.systems) {
      for (const auto& [signal, cues] : system.signals) signals.push_back(signal.text());
    }
    const std::string waiting = reader.text("waiting");
    const std::string later = reader.text_or("later_version", "");
    check_word(reader, map, "waiting", "status", waiting, statuses);
    check_word(reader, map, "later_version", "signal", later, signals);
    config().report = {core::Status{waiting}, core::Signal{later}};
    take(reader.finish());
  }

  // With a file missing, words that it would have given are not unknown.
  void check_word(SettingsReader& reader, const Setting& map, const char* key, const char* kind,
                  const std::string& word, const std::vector<std::string>& words) const {
    const bool known = std::find(words.begin(), words.end(), word) != words.end();
    if (word.empty() || known || !all_read_) return;
    reader.error(*map.find(key), std::string("no mapping knows the ") + kind + " \"" + word + "\"" +
                                     did_you_mean(word, words));
  }

  std::string path_;
  std::string folder_;
  const ReadFile& read_;
  const ReadVariable& variable_;
  Loaded loaded_;
  Known known_;
  Mentions mentions_;
  std::map<SystemName, std::int64_t> mapping_prints_;
  bool all_read_ = true;
  const Setting* scenarios_ = nullptr;
};

struct Place {
  std::string file;
  long long line = 0;
  long long column = 0;
};

// "mappings/m1.yaml:3:12"
Place place_of(const std::string& where) {
  const std::size_t second = where.rfind(':');
  const std::size_t first =
      second == where.npos || second == 0 ? where.npos : where.rfind(':', second - 1);
  if (first == where.npos) return {where, 0, 0};
  return {where.substr(0, first),
          parse_whole_number(where.substr(first + 1, second - first - 1)).value_or(0),
          parse_whole_number(where.substr(second + 1)).value_or(0)};
}

}  // namespace

Errors in_order(const Errors& errors, const std::string& first) {
  std::map<std::string, std::size_t> ranks{{first, 0}};
  using Key = std::tuple<std::size_t, long long, long long>;
  std::vector<std::pair<Key, Error>> keyed;
  for (const Error& error : errors) {
    const Place place = place_of(error.where);
    const std::size_t rank = ranks.emplace(place.file, ranks.size()).first->second;
    const bool known = std::any_of(keyed.begin(), keyed.end(),
                                   [&](const auto& one) { return one.second == error; });
    if (!known) keyed.push_back({Key{rank, place.line, place.column}, error});
  }
  std::stable_sort(keyed.begin(), keyed.end(),
                   [](const auto& one, const auto& other) { return one.first < other.first; });
  Errors sorted;
  for (auto& [key, error] : keyed) sorted.push_back(std::move(error));
  return sorted;
}

Loaded load_configuration(const std::string& path, const ReadFile& read,
                          const ReadVariable& variable) {
  return ConfigurationFile(path, read, variable).load();
}

}  // namespace saksbro::load
