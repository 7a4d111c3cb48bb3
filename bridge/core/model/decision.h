// What a decision is made of: what comes in beside the case, and what goes out.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "bridge/contract/command.h"
#include "bridge/contract/delivery.h"
#include "bridge/contract/ids.h"
#include "bridge/contract/phrase.h"
#include "bridge/contract/time.h"
#include "bridge/core/model/case.h"
#include "bridge/core/model/mapping.h"

namespace saksbro::core {

// The slot of a comment that brings or names files begins so; what follows is its own.
inline constexpr std::string_view kFilesSlot = "files/";

// A command with what the outbox needs to know about it.
struct Issued {
  Command command;
  std::string
      slot;  // a newer command for the same slot of a ticket replaces one not yet sent; empty: none
  Phrase because;     // for people
  std::string where;  // the mapping line: "mappings/m1.yaml:41"
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
  // A case is to begin, and has no number yet: decide again with one. The facts are what is known
  // of it until then; nothing of this decision is to be carried out.
  bool needs_number = false;
  std::optional<Case> after;  // the case with all `facts`; none: there are no facts
  std::vector<Fact> facts;
  std::vector<Issued> commands;
  std::set<Withdrawal> withdrawals;  // before the commands above are queued
  std::set<SystemName>
      redrive;      // the case's ticket there changed: its dead letters get another try
  Phrases because;  // each names the mapping line behind it where there is one
};

// How a command ended, come back as a delivery.
struct CommandResult {
  IdempotencyKey command;
  std::string verb;
  RemoteKey key;
  bool delivered = false;
  Phrase why;  // when refused
  // The system can be looked at again: what was done there must show.
  bool can_be_seen = false;
  std::optional<BlobRef> file{};  // FetchFile: what lies in the spool now
  std::string looks_like{};       // and what media type its bytes look like
  bool decide_again = false;      // not sent: it was held back, see file_guard.h
};

struct TimerFired {
  std::string name;
};

// A signal that did not come by a ticket: somebody pressed the button behind a link of ours, gave
// an order on the command line, or a version was released.
struct ExternalSignal {
  Signal signal;
  Role role;
  Person by;                 // as far as it is known
  std::string organisation;  // on whose behalf; may be empty
  std::string text;
  Phrase how;  // "the link in a mail": for explanations
};

// A person wants what was parked to be tried again: values that something rewrites.
struct Resumed {
  Phrase how;  // "a person asked"
};

// A solved case that is like the one at hand.
struct SimilarCase {
  CaseNumber number;
  std::string title;
  std::string solution;
  std::string organisation;

  friend bool operator==(const SimilarCase&, const SimilarCase&) = default;
};

// What a link of ours allows the one who follows it.
struct LinkClaim {
  CaseNumber number;
  Signal signal;
  Role role;
  std::string organisation;  // may be empty

  friend bool operator==(const LinkClaim&, const LinkClaim&) = default;
};

// Makes the address of a link that proves its claim. The same claim gives the same address.
class Links {
 public:
  Links() = default;
  Links(const Links&) = delete;
  Links& operator=(const Links&) = delete;
  virtual ~Links() = default;
  [[nodiscard]] virtual std::string address(const LinkClaim& claim) const = 0;
};

// What the engine has found out about the surroundings of an event.
struct Surroundings {
  DeliveryId cause;  // commands derive their keys from it
  DeliveryKind kind = DeliveryKind::webhook;
  Instant now{};  // when the delivery was received, not when it is handled: a replay decides alike
  Instant epoch{};                     // tickets registered before this start no case
  CaseNumber next_number;              // for a case that is born now
  std::vector<SimilarCase> similar{};  // the most similar first; for a case that is born now
  const Links* links = nullptr;        // none: texts that speak of links have none
  // The store was restored from a backup: what our own accounts did, a store did that is lost.
  bool recovering = false;
  std::string copied{};  // while recovering: the case number that is another ticket's
  // It was held back for a while: what is newer has been seen meanwhile, and its words still count.
  bool late = false;
  int turn = 0;  // how many decisions of the same delivery came before this one
};

}  // namespace saksbro::core
