// A case: what has been decided about it so far. The state is nothing but its facts, folded by
// evolve().
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "bridge/core/model/facts.h"
#include "bridge/core/model/mapping.h"
#include "bridge/core/model/memory.h"

namespace saksbro::core {

struct Case {
  CaseNumber number;
  ProcessId process;
  ActivityId activity;
  Instant entered_at{};  // the activity
  Status status;
  std::map<SystemName, TicketView> tickets;   // linked ones
  std::set<SystemName> opening;               // a create is on its way
  std::map<std::string, std::string> values;  // that people give, read and are asked for
  std::vector<Intent> intents;
  std::optional<PendingSignal> waiting;
  std::map<std::string, Instant> timers;                             // name -> due
  std::map<std::string, OrganisationReceipt> organisation_receipts;  // by organisation
  std::map<IdempotencyKey, FailedCommand> failed_commands;
  std::map<SystemName, Phrase> deviations;  // in the present activity: the last one there
  int said = 0;                             // comments so far: numbers the references
  bool closed = false;
  Instant opened_at{};
  std::map<IdempotencyKey, Unseen> unseen{};
  Memory memory{};

  friend bool operator==(const Case&, const Case&) = default;
};

// A refused command whose place a newer one has taken meanwhile, or which was withdrawn: nobody
// misses it.
[[nodiscard]] bool is_superseded(const Case& state, const CommandSettled& settled);

// One of its tickets is: its words go to no other ticket, party or person.
[[nodiscard]] bool is_confidential(const Case& state);

// The state after `fact`. Total: any fact fits any state.
[[nodiscard]] Case evolve(Case state, const Fact& fact, Instant at);

}  // namespace saksbro::core
