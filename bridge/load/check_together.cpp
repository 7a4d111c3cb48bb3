#include <algorithm>

#include "bridge/contract/nearest.h"
#include "bridge/core/text.h"
#include "bridge/load/mapping_files.h"

namespace saksbro::load {
namespace {

// Said by the bridge itself when a ticket that it opened is registered.
constexpr const char* kRegistered = "registrert";

void unknown(const Mention& mention, const std::string& what, const std::vector<std::string>& names,
             Errors& errors) {
  errors.push_back({mention.where, mention.path + ": unknown " + what + " \"" + mention.name +
                                       "\"" + did_you_mean(mention.name, names)});
}

std::vector<std::string> value_names(const Mentions& mentions, const Known& known) {
  std::vector<std::string> names{"title", "text", "reporter", "case.number"};
  names.insert(names.end(), mentions.kept.begin(), mentions.kept.end());
  for (const SystemName& system : known.systems) {
    names.push_back(system.text() + ".number");
    names.push_back(system.text() + ".url");
  }
  return names;
}

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

void check_values(const Mentions& mentions, const Known& known, Errors& errors) {
  std::vector<std::string> names = value_names(mentions, known);
  for (const Mention& mention : mentions.values) {
    if (!contains(names, mention.name)) unknown(mention, "value", names, errors);
  }
  names.emplace_back("said");
  for (const TextUse& use : mentions.texts) {
    for (const std::string& text : {use.words.nb, use.words.en}) {
      for (const std::string& name : core::placeholders(text)) {
        if (contains(names, name)) continue;
        errors.push_back(
            {use.where, use.path + ": unknown value {" + name + "}" + did_you_mean(name, names)});
      }
    }
  }
}

void check_signals(const Mentions& mentions, Errors& errors) {
  std::vector<std::string> said{kRegistered};
  for (const Mention& mention : mentions.said) said.push_back(mention.name);
  for (const Mention& mention : mentions.signals) {
    if (contains(said, mention.name)) continue;
    unknown(mention, "signal (no system's mapping says it)", said, errors);
  }
  std::vector<std::string> heard;
  for (const Mention& mention : mentions.signals) heard.push_back(mention.name);
  for (const Mention& mention : mentions.said) {
    if (contains(heard, mention.name)) continue;
    errors.push_back({mention.where, mention.path + ": no process waits for this signal" +
                                         did_you_mean(mention.name, heard)});
  }
}

void check_roles(const core::Mapping& mapping, const Mentions& mentions, Errors& errors) {
  std::vector<std::string> roles{"end_user"};  // has no tracker: 1st line speaks for it
  for (const auto& [name, system] : mapping.systems) {
    for (const core::RoleRule& rule : system.roles) roles.push_back(rule.role.text());
  }
  for (const Mention& mention : mentions.roles) {
    if (!contains(roles, mention.name))
      unknown(mention, "role (no system's mapping gives it to anybody)", roles, errors);
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

void check_moves(const core::Mapping& mapping, const std::vector<core::Deed>& deeds,
                 Errors& errors) {
  for (const core::Deed& deed : deeds) {
    const auto* move = std::get_if<core::MoveTicket>(&deed.doing);
    const auto* system = move == nullptr ? nullptr : mapping.system(move->at);
    if (system == nullptr || system->status_words.contains(move->status)) continue;
    errors.push_back(
        {deed.where, "move: " + system->where + " has no word for " + move->status.text()});
  }
}

}  // namespace

void check_together(const core::Mapping& mapping, const Mentions& mentions, const Known& known,
                    Errors& errors) {
  check_values(mentions, known, errors);
  check_signals(mentions, errors);
  check_roles(mapping, mentions, errors);
  check_statuses(mapping, mentions, errors);
  for (const core::Process& process : mapping.processes) {
    for (const auto& [id, activity] : process.activities) {
      check_moves(mapping, activity.deeds, errors);
      for (const core::Transition& transition : activity.transitions) {
        check_moves(mapping, transition.deeds, errors);
      }
    }
  }
}

}  // namespace saksbro::load
