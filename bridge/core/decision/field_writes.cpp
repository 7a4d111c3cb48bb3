#include "bridge/core/decision/field_writes.h"

#include <map>
#include <utility>

namespace saksbro::core {
namespace {

std::string field_in(const Intent& intent) {
  const std::string& last = intent.values.back();
  return last.substr(0, last.find('='));
}

bool goes_together(const Issued& issued, const std::set<SystemName>& apart) {
  return std::holds_alternative<SetFields>(issued.command.action) &&
         !apart.contains(issued.command.to);
}

// Puts `from` into the earlier command `into`.
void join(Issued& into, Issued& from, std::map<IdempotencyKey, IdempotencyKey>& keys) {
  auto& all = std::get<SetFields>(into.command.action).fields;
  auto& more = std::get<SetFields>(from.command.action).fields;
  for (auto& [field, value] : more) {
    all[field] = std::move(value);
    into.slot += "+" + field;
    into.because.args["field"].words += ", " + field;
  }
  keys[from.command.key] = into.command.key;
}

}  // namespace

std::set<SystemName> with_field_writes_under_way(const Case& state) {
  std::set<SystemName> all;
  for (const Intent& intent : state.intents) {
    if (intent.attribute == "fields") all.insert(intent.at);
  }
  for (const auto& [command, stuck] : state.failed_commands) {
    if (stuck.verb == "fields") all.insert(stuck.at);
  }
  return all;
}

Decision with_field_writes_together(Decision decision, const std::set<SystemName>& apart) {
  std::map<SystemName, std::size_t> first;
  std::map<IdempotencyKey, IdempotencyKey> keys;
  std::vector<Issued> kept;
  for (Issued& issued : decision.commands) {
    if (goes_together(issued, apart)) {
      const auto [place, fresh] = first.emplace(issued.command.to, kept.size());
      if (!fresh) {
        join(kept[place->second], issued, keys);
        continue;
      }
    }
    kept.push_back(std::move(issued));
  }
  decision.commands = std::move(kept);
  for (Fact& fact : decision.facts) {
    auto* issued = std::get_if<CommandIssued>(&fact);
    if (issued == nullptr) continue;
    const auto joined = keys.find(issued->intent.command);
    if (joined != keys.end()) issued->intent.command = joined->second;
  }
  if (!decision.after) return decision;
  for (Intent& intent : decision.after->intents) {
    const auto joined = keys.find(intent.command);
    if (joined != keys.end()) intent.command = joined->second;
  }
  return decision;
}

std::vector<Intent> written_together(const Case& state, const IdempotencyKey& command) {
  std::vector<Intent> all;
  for (const Intent& intent : state.intents) {
    if (intent.command == command && intent.attribute == "fields") all.push_back(intent);
  }
  if (all.size() < 2) all.clear();
  return all;
}

std::string slot_of_fields(const std::vector<Intent>& intents) {
  std::string slot = "fields/";
  for (const Intent& intent : intents)
    slot += (&intent == &intents.front() ? "" : "+") + field_in(intent);
  return slot;
}

}  // namespace saksbro::core
