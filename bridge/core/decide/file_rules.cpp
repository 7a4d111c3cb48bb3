// Since when the mapping's rules for files are in force. A case knows the rules that it has met;
// at a new one, what its tickets have already goes nowhere by it.
#include <algorithm>
#include <map>
#include <set>

#include "bridge/core/decide/file_hops.h"
#include "bridge/core/decide/files.h"

namespace saksbro::core {
namespace {

std::string rule_id(const SystemName& to, const FileRule& rule) {
  return to.text() + " <- " + rule.from.text();
}

std::set<std::string> rules_in_force(const Mapping& mapping) {
  std::set<std::string> all;
  for (const auto& [name, system] : mapping.systems) {
    for (const FileRule& rule : system.files) all.insert(rule_id(name, rule));
  }
  return all;
}

bool may_be_from(const DecisionBuilder& b, const FileRule& rule, const SystemName& system) {
  const auto party = b.process().parties.find(rule.from);
  if (party == b.process().parties.end()) return rule.from == system;
  const auto& all = party->second.systems;
  return std::find(all.begin(), all.end(), system) != all.end();
}

void keep_what_is_there(DecisionBuilder& b, const SystemName& to, const FileRule& rule) {
  const auto tickets = b.state().tickets;  // facts change the state
  for (const auto& [from, ticket] : tickets) {
    if (from == to || !may_be_from(b, rule, from)) continue;
    for (const auto& [id, file] : ticket.files) {
      const FileCopy& copy = file_copy(b, from, id);
      if (!copy.left && !copy.sent_to.contains(to)) b.remember(FileKept{from, id, to});
    }
  }
}

// A program that knew no files may have seen the tickets last: then only their time tells which
// files were there.
void leave_files_until_now(DecisionBuilder& b) {
  std::map<SystemName, Instant> seen;
  for (const auto& [name, ticket] : b.state().tickets) seen[name] = ticket.read_at;
  for (const auto& [name, when] : seen) {
    if (when != Instant{}) b.remember(FilesFrom{name, when});
  }
}

}  // namespace

void take_up_file_rules(DecisionBuilder& b) {
  if (b.state().process.empty()) return;
  const std::set<std::string> known = b.state().memory.file_rules;
  std::set<std::string> rules = rules_in_force(b.mapping());
  if (rules == known) return;
  for (const auto& [to, system] : b.mapping().systems) {
    for (const FileRule& rule : system.files) {
      if (!known.contains(rule_id(to, rule))) keep_what_is_there(b, to, rule);
    }
  }
  if (known.empty()) leave_files_until_now(b);
  b.remember(FileRulesKnown{std::move(rules)});
}

}  // namespace saksbro::core
