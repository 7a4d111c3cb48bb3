// The files of mappings/ as values of core. Internal to load.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "bridge/contract/settings.h"
#include "bridge/core/model/mapping.h"

namespace saksbro::load {

// What the configuration knows: names that mappings may use.
struct Known {
  std::set<SystemName> systems;
  std::set<SystemName> channels;  // that have no tickets: alerts, notices
  bool links = false;             // texts may have {link....}
};

// A text's use is remembered with its place, so that its placeholders can be checked when all
// values are known.
struct TextUse {
  core::Words words;
  std::string where;
  std::string path;
};

// A name that must exist somewhere else; checked when all files are read.
struct Mention {
  std::string name;
  std::string where;
  std::string path;
};

// A text that is there in one language only.
struct OneLanguage {
  core::Language missing = core::Language::en;
  std::string where;
  std::string path;
};

// A system whose word counts for a case value.
struct Owning {
  std::string value;
  Mention system;
};

struct Mentions {
  std::vector<Mention> values;          // case values that are read: conditions, needs
  std::vector<Mention> signals;         // that transitions wait for
  std::vector<Mention> said_by_bridge;  // signals that a process calls the bridge's own
  std::vector<Mention> starts;          // signals that ask for a case on an older ticket
  std::vector<Mention> said;            // signals that a system's mapping says
  std::vector<Mention> roles;
  std::vector<Mention> role_rules;                  // of systems: who has which role there
  std::map<SystemName, std::string> status_tables;  // where each system's `status:` stands
  std::set<std::string> kept;                       // case values that something writes
  std::set<SystemName> parties;
  std::set<std::string> titled_roles;  // that a process names; some have no tracker
  std::vector<Mention> deviations;     // signals that a process has a rule for
  std::vector<TextUse> texts;
  std::vector<Owning> owners;
  std::vector<Mention> sources;  // systems and parties whose files go elsewhere
  std::vector<OneLanguage> one_language;
  std::vector<Mention> old_keys;  // `name`: what the key is called now
};

// One process file; a process with errors is returned as far as it could be read.
[[nodiscard]] core::Process read_process(const Setting& file, const Known& known,
                                         Mentions& mentions, Errors& errors);
// `language`: what is written there when the file says nothing else.
[[nodiscard]] core::SystemMapping read_system(const Setting& file, const SystemName& name,
                                              core::Language language, Mentions& mentions,
                                              Errors& errors);
// `registered`, `start` and `solution` of a process file. `reader` reads `file`.
void read_own_words(const Setting& file, SettingsReader& reader, Mentions& mentions,
                    core::Process& process);
// `attachments` of a system's mapping: into `system`.
void read_file_rules(const Setting* map, core::SystemMapping& system, Mentions& mentions,
                     Errors& errors);
// What the mapping and the connector's settings say of one system must fit: `settings` is the
// connector's part of the system's entry, `file` the mapping's.
void check_with_settings(const Setting& file, const Setting& settings, core::SystemMapping& mapping,
                         Errors& errors);
// The 1st lines that are told things: into `mapping`.
void read_organisations(const Setting& file, const Known& known, core::Mapping& mapping,
                        Mentions& mentions, Errors& errors);
[[nodiscard]] core::HouseTexts read_house(const Setting& file, Mentions& mentions, Errors& errors);

// "text", which is the same in all languages, or { nb: ..., en: ... }. One that is there in one
// language only is read in the other, too; check_together() says where somebody misses it.
[[nodiscard]] core::Words read_words(const Setting& setting, Mentions& mentions, Errors& errors);
// "nb", "en"
[[nodiscard]] core::Language read_language(SettingsReader& reader, core::Language otherwise);

// What no single file can tell: names that meet across files.
void check_together(const core::Mapping& mapping, const Mentions& mentions, const Known& known,
                    Errors& errors);

}  // namespace saksbro::load
