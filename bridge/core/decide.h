// What the process makes of what was seen. Pure: `now` and numbers come in, facts, commands and the
// reason go out. "Nothing to do" is a decision with a reason, too.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "bridge/contract/command.h"
#include "bridge/contract/delivery.h"
#include "bridge/contract/ids.h"
#include "bridge/contract/time.h"
#include "bridge/core/case.h"
#include "bridge/core/mapping.h"

namespace saksbro::core {

// A command with what the outbox needs to know about it.
struct Issued {
  Command command;
  std::string
      slot;  // a newer command for the same slot of a ticket replaces one not yet sent; empty: none
  std::string because;  // for people
  std::string where;    // the mapping line: "mappings/m1.yaml:41"
  friend bool operator==(const Issued&, const Issued&) = default;
};

// Commands that need not be sent any more: those that wait or are dead in this slot of the case's
// ticket.
struct Withdrawal {
  SystemName from;
  std::string slot;
  friend auto operator<=>(const Withdrawal&, const Withdrawal&) = default;
};

struct Decision {
  std::vector<Fact> facts;
  std::vector<Issued> commands;
  std::set<Withdrawal> withdrawals;  // before the commands above are queued
  std::set<SystemName>
      redrive;          // the case's ticket there changed: its dead letters get another try
  std::string because;  // whole sentences; each names the mapping line behind it where there is one
};

// How a command ended, come back as a delivery.
struct Settled {
  IdempotencyKey command;
  std::string verb;
  RemoteKey key;
  bool delivered = false;
  std::string why;  // when refused
};

struct TimerCame {
  std::string name;
};

// What the engine has found out about the surroundings of an event.
struct Surroundings {
  DeliveryId cause;  // commands derive their keys from it
  DeliveryKind kind = DeliveryKind::webhook;
  Instant now{};  // when the delivery was received, not when it is handled: a replay decides alike
  Instant epoch{};         // tickets registered before this start no case
  CaseNumber next_number;  // for a case that is born now
};

// `state` is the case of the ticket, or none when it belongs to no case.
[[nodiscard]] Decision decide(const Mapping& mapping, const std::optional<Case>& state,
                              const SystemName& at, const Observation& observation,
                              const Surroundings& around);
[[nodiscard]] Decision decide(const Mapping& mapping, const Case& state, const SystemName& at,
                              const Settled& settled, const Surroundings& around);
[[nodiscard]] Decision decide(const Mapping& mapping, const Case& state, const TimerCame& timer,
                              const Surroundings& around);

}  // namespace saksbro::core
