#include <algorithm>

#include "bridge/contract/nearest.h"
#include "bridge/core/text/text.h"
#include "bridge/load/mapping_files.h"

namespace saksbro::load {
namespace {

void unknown(const Mention& mention, const std::string& what, const std::vector<std::string>& names,
             Errors& errors) {
  errors.push_back({mention.where, mention.path + ": unknown " + what + " \"" + mention.name +
                                       "\"" + did_you_mean(mention.name, names)});
}

std::vector<std::string> value_names(const Mentions& mentions, const Known& known) {
  std::vector<std::string> names{"title", "text", "reporter", "reporter.role", "case.number"};
  names.insert(names.end(), mentions.kept.begin(), mentions.kept.end());
  std::set<SystemName> parties = known.systems;
  parties.insert(mentions.parties.begin(), mentions.parties.end());
  for (const SystemName& system : parties) {
    names.push_back(system.text() + ".number");
    names.push_back(system.text() + ".url");
    names.push_back(system.text() + ".ticket");
    names.push_back(system.text() + ".status");
  }
  for (const char* receipt : {"told", "seen", "informed", "missing"})
    names.push_back("receipts." + std::string(receipt));
  return names;
}

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

void check_link(const TextUse& use, const std::string& signal, const Mentions& mentions,
                const Known& known, Errors& errors) {
  if (!known.links) {
    errors.push_back({use.where, use.path + ": {link." + signal +
                                     "} needs \"links\" in the configuration: the URL at which "
                                     "people reach Saksbro, and a secret"});
    return;
  }
  std::vector<std::string> heard;
  for (const Mention& mention : mentions.signals) heard.push_back(mention.name);
  if (contains(heard, signal)) return;
  errors.push_back({use.where, use.path + ": no process waits for \"" + signal + "\" of {link." +
                                   signal + "}" + did_you_mean(signal, heard)});
}

void check_text(const TextUse& use, const std::string& text, const std::vector<std::string>& names,
                const Mentions& mentions, const Known& known, Errors& errors) {
  for (const std::string& name : core::placeholders(text)) {
    if (contains(names, name)) continue;
    if (name.starts_with("link.")) {
      check_link(use, name.substr(5), mentions, known, errors);
    } else {
      errors.push_back(
          {use.where, use.path + ": unknown value {" + name + "}" + did_you_mean(name, names)});
    }
  }
}

void check_values(const Mentions& mentions, const Known& known, Errors& errors) {
  std::vector<std::string> names = value_names(mentions, known);
  for (const Mention& mention : mentions.values) {
    if (!contains(names, mention.name)) unknown(mention, "value", names, errors);
  }
  for (const char* only_in_texts : {"said", "said by", "solutions", "organisation"})
    names.emplace_back(only_in_texts);
  std::set<SystemName> parties = known.systems;
  parties.insert(mentions.parties.begin(), mentions.parties.end());
  for (const SystemName& system : parties) names.push_back(system.text() + ".name");
  for (const TextUse& use : mentions.texts) {
    for (const std::string& text : {use.words.nb, use.words.en})
      check_text(use, text, names, mentions, known, errors);
  }
}

void check_signals(const Mentions& mentions, Errors& errors) {
  std::vector<std::string> said;
  for (const Mention& mention : mentions.said_by_bridge) said.push_back(mention.name);
  for (const Mention& mention : mentions.said) said.push_back(mention.name);
  for (const Mention& mention : mentions.signals) {
    if (contains(said, mention.name)) continue;
    unknown(mention, "signal (no system's mapping sends it)", said, errors);
  }
  std::vector<std::string> heard;
  for (const Mention& mention : mentions.signals) heard.push_back(mention.name);
  for (const Mention& mention : mentions.said_by_bridge) {
    if (!contains(heard, mention.name))
      unknown(mention, "signal (no activity waits for it)", heard, errors);
  }
  for (const Mention& mention : mentions.starts) {
    heard.push_back(mention.name);
    if (!contains(said, mention.name))
      unknown(mention, "signal (no system's mapping sends it)", said, errors);
  }
  for (const Mention& mention : mentions.said) {
    if (contains(heard, mention.name)) continue;
    errors.push_back({mention.where, mention.path + ": no process waits for this signal" +
                                         did_you_mean(mention.name, heard)});
  }
  for (const Mention& mention : mentions.deviations) {
    if (!contains(heard, mention.name))
      unknown(mention, "signal (no process waits for it)", heard, errors);
  }
}

void check_roles(const core::Mapping& mapping, const Mentions& mentions, Errors& errors) {
  std::vector<std::string> roles{"end_user",  // has no tracker: 1st line speaks for it
                                 "saksbro"};  // says that a version is out
  for (const auto& [name, system] : mapping.systems) {
    for (const core::RoleRule& rule : system.roles) roles.push_back(rule.role.text());
  }
  roles.insert(roles.end(), mentions.titled_roles.begin(), mentions.titled_roles.end());
  for (const Mention& mention : mentions.roles) {
    if (!contains(roles, mention.name))
      unknown(mention, "role (no system's mapping gives it to anybody)", roles, errors);
  }
}

// A misspelt role in a system's mapping would be a role that says nothing to anybody.
void check_role_rules(const Mentions& mentions, Errors& errors) {
  std::set<std::string> names{"end_user", "saksbro"};
  names.insert(mentions.titled_roles.begin(), mentions.titled_roles.end());
  for (const Mention& mention : mentions.roles) names.insert(mention.name);
  const std::vector<std::string> known(names.begin(), names.end());
  for (const Mention& rule : mentions.role_rules) {
    if (!contains(known, rule.name))
      errors.push_back({rule.where, rule.path + ": no process has this role" +
                                        did_you_mean_one_of(rule.name, known)});
  }
}

// Each status that a process uses must have a word where it is shown.
void check_statuses(const core::Mapping& mapping, const Mentions& mentions, Errors& errors) {
  for (const auto& [name, system] : mapping.systems) {
    const auto table = mentions.status_tables.find(name);
    if (!system.follows_status || table == mentions.status_tables.end()) continue;
    for (const core::Process& process : mapping.processes) {
      for (const core::Status& status : process.statuses) {
        if (system.status_words.contains(status)) continue;
        errors.push_back({table->second, "status: no word for " + status.text() +
                                             ", which process " + process.id.text() + " uses"});
      }
    }
  }
}

void check_moves(const core::Mapping& mapping, const core::Process& process,
                 const std::vector<core::ProcessAction>& actions, Errors& errors) {
  for (const core::ProcessAction& action : actions) {
    const auto* move = std::get_if<core::MoveTicket>(&action.kind);
    if (move == nullptr) continue;
    const auto party = process.parties.find(move->at);
    const auto systems =
        party == process.parties.end() ? std::vector{move->at} : party->second.systems;
    for (const SystemName& name : systems) {
      const auto* system = mapping.system(name);
      // A system without any status (mail) has none to move: the action is left out there.
      if (system == nullptr || system->status_words.empty()) continue;
      if (system->status_words.contains(move->status)) continue;
      errors.push_back(
          {action.where, "move: " + system->where + " has no word for " + move->status.text()});
    }
  }
}

void check_all_moves(const core::Mapping& mapping, const core::Process& process, Errors& errors) {
  const auto check = [&](const std::vector<core::Transition>& transitions) {
    for (const core::Transition& one : transitions)
      check_moves(mapping, process, one.actions, errors);
  };
  for (const auto& [id, activity] : process.activities) {
    check_moves(mapping, process, activity.actions, errors);
    check(activity.transitions);
    for (const core::TimedMove& timed : activity.timed)
      check_moves(mapping, process, timed.move.actions, errors);
  }
  check(process.anywhere);
}

// The words that a system's table gives a value are those that the processes know.
void check_read_words(const core::Mapping& mapping, Errors& errors) {
  for (const auto& [name, system] : mapping.systems) {
    for (const core::ReadField& read : system.reads) {
      for (const core::Process& process : mapping.processes) {
        const auto value = process.values.find(read.value);
        if (value == process.values.end() || value->second.words.empty()) continue;
        for (const auto& [theirs, ours] : read.words) {
          if (contains(value->second.words, ours)) continue;
          errors.push_back({system.where, "read." + read.value + ": unknown word \"" + ours + "\"" +
                                              did_you_mean(ours, value->second.words)});
        }
      }
    }
  }
}

// Only who writes a value can be its owner, and only several can be at odds.
void check_owners(const core::Mapping& mapping, const Mentions& mentions, const Known& known,
                  Errors& errors) {
  std::vector<std::string> systems;
  for (const SystemName& name : known.systems) systems.push_back(name.text());
  for (const Owning& owning : mentions.owners) {
    std::vector<std::string> readers;
    for (const auto& [name, system] : mapping.systems) {
      const auto& reads = system.reads;
      const bool has = std::any_of(reads.begin(), reads.end(), [&](const core::ReadField& read) {
        return read.value == owning.value;
      });
      if (has) readers.push_back(name.text());
    }
    if (!contains(systems, owning.system.name)) {
      unknown(owning.system, "system", systems, errors);
    } else if (!contains(readers, owning.system.name)) {
      std::string all;
      for (const std::string& one : readers) all += (all.empty() ? "" : ", ") + one;
      errors.push_back(
          {owning.system.where, owning.system.path + ": " + owning.system.name +
                                    " does not read \"" + owning.value +
                                    "\"; it is read from: " + (all.empty() ? "nowhere" : all)});
    }
  }
}

void check_sources(const Mentions& mentions, const Known& known, Errors& errors) {
  std::vector<std::string> names;
  for (const SystemName& name : known.systems) names.push_back(name.text());
  for (const SystemName& name : mentions.parties) names.push_back(name.text());
  for (const Mention& one : mentions.sources) {
    if (!contains(names, one.name)) unknown(one, "system or party", names, errors);
  }
}

// Who would read the other language there.
void check_languages(const core::Mapping& mapping, const Mentions& mentions, Errors& errors) {
  for (const OneLanguage& one : mentions.one_language) {
    const auto reads =
        std::find_if(mapping.systems.begin(), mapping.systems.end(),
                     [&](const auto& system) { return system.second.language == one.missing; });
    if (reads == mapping.systems.end()) continue;
    const std::string missing = one.missing == core::Language::nb ? "nb" : "en";
    errors.push_back({one.where, one.path + ": \"" + missing + "\" is missing, and " +
                                     reads->first.text() +
                                     " receives texts in it: expected { nb: ..., en: ... }, or one "
                                     "text for all languages"});
  }
}

}  // namespace

void check_together(const core::Mapping& mapping, const Mentions& mentions, const Known& known,
                    Errors& errors) {
  check_values(mentions, known, errors);
  check_signals(mentions, errors);
  check_roles(mapping, mentions, errors);
  check_role_rules(mentions, errors);
  check_statuses(mapping, mentions, errors);
  check_read_words(mapping, errors);
  check_owners(mapping, mentions, known, errors);
  check_sources(mentions, known, errors);
  check_languages(mapping, mentions, errors);
  for (const core::Process& process : mapping.processes) check_all_moves(mapping, process, errors);
}

}  // namespace saksbro::load
