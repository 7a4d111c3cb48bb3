// Facts: what has been decided about a case, past tense, and what a case keeps of them.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "bridge/contract/phrase.h"
#include "bridge/core/model/memory.h"
#include "bridge/core/model/process.h"
#include "bridge/core/model/process_action.h"
#include "bridge/core/model/ticket_view.h"

namespace saksbro::core {

// A signal that waits for words, e.g. "solved" without a solution.
struct PendingSignal {
  Signal signal;
  SystemName at;
  Person by;
  std::string need;

  friend bool operator==(const PendingSignal&, const PendingSignal&) = default;
};

// What an organisation was told last, and what it has done with that.
struct OrganisationReceipt {
  IdempotencyKey command;
  std::optional<Instant> told_at;
  std::optional<Instant> seen_at;
  std::optional<Instant> informed_at;

  friend bool operator==(const OrganisationReceipt&, const OrganisationReceipt&) = default;
};

// What a command writes that a newer one can replace. `slot`: "status", "fields/" and the field's
// name, "file/" and the file's id, "note", "alert"; `value`: what the ticket shows when it is done,
// empty for the last three.
struct Wanted {
  std::string slot;
  std::string value;

  friend bool operator==(const Wanted&, const Wanted&) = default;
};

// A command that was refused, as long as it is still wanted.
struct FailedCommand {
  SystemName at;
  std::string verb;
  Phrase why;
  std::optional<Wanted> wanted{};  // none: nothing replaces it (a comment, a create, a notice)

  friend bool operator==(const FailedCommand&, const FailedCommand&) = default;
};

// A command that was done, and whose effect no look at the ticket has shown yet.
struct Unseen {
  Intent intent;
  std::string verb;
  Instant since{};
  bool told = false;  // it has been missed for so long that people are told

  friend bool operator==(const Unseen&, const Unseen&) = default;
};

struct CaseOpened {
  ProcessId process;
  friend bool operator==(const CaseOpened&, const CaseOpened&) = default;
};
struct TicketOpening {
  SystemName at;
  std::string marker;
  friend bool operator==(const TicketOpening&, const TicketOpening&) = default;
};
struct TicketLinked {
  SystemName at;
  RemoteKey key;
  std::string number;
  std::string url;
  friend bool operator==(const TicketLinked&, const TicketLinked&) = default;
};
struct TicketSeen {
  SystemName at;
  TicketView view;
  friend bool operator==(const TicketSeen&, const TicketSeen&) = default;
};
struct TicketLost {
  SystemName at;
  Phrase why;
  friend bool operator==(const TicketLost&, const TicketLost&) = default;
};
struct SignalHeard {
  Signal signal;
  SystemName at;
  Role role;
  Person by;
  std::string text;
  friend bool operator==(const SignalHeard&, const SignalHeard&) = default;
};
struct ActivityEntered {
  ActivityId activity;
  friend bool operator==(const ActivityEntered&, const ActivityEntered&) = default;
};
struct StatusChanged {
  Status status;
  friend bool operator==(const StatusChanged&, const StatusChanged&) = default;
};
struct ValueKept {  // one that people give, read or are asked for
  std::string name;
  std::string value;
  friend bool operator==(const ValueKept&, const ValueKept&) = default;
};
struct CommandIssued {  // `attribute` empty: nothing to recognise (reads, alerts)
  Intent intent;
  std::string verb;
  friend bool operator==(const CommandIssued&, const CommandIssued&) = default;
};
struct CommandSettled {
  IdempotencyKey command;
  SystemName at;
  std::string verb;
  bool delivered = false;
  Phrase why;
  friend bool operator==(const CommandSettled&, const CommandSettled&) = default;
};
struct EchoRecognised {
  IdempotencyKey command;
  std::string entry;
  friend bool operator==(const EchoRecognised&, const EchoRecognised&) = default;
};
struct SignalDeferred {  // a signal waits for words; empty need: the waiting is over
  std::optional<PendingSignal> waiting;
  friend bool operator==(const SignalDeferred&, const SignalDeferred&) = default;
};
struct DeviationNoted {
  SystemName at;
  Person by;
  Role role;
  Signal signal;  // empty: a status that is no signal
  Phrase how;
  Phrase what;
  friend bool operator==(const DeviationNoted&, const DeviationNoted&) = default;
};
struct DeviationEnded {  // what it had changed is as the case has it, or the routine goes on there
  SystemName at;
  friend bool operator==(const DeviationEnded&, const DeviationEnded&) = default;
};
struct TimerSet {
  std::string name;
  Instant due{};
  friend bool operator==(const TimerSet&, const TimerSet&) = default;
};
struct TimerStopped {
  std::string name;
  friend bool operator==(const TimerStopped&, const TimerStopped&) = default;
};
struct OrganisationTold {  // the command that tells it is on its way
  std::string organisation;
  IdempotencyKey command;
  friend bool operator==(const OrganisationTold&, const OrganisationTold&) = default;
};
struct ReceiptGiven {
  std::string organisation;
  Receipt receipt = Receipt::told;
  friend bool operator==(const ReceiptGiven&, const ReceiptGiven&) = default;
};
struct DeadlinePassed {
  ActivityId activity;
  Instant due{};
  friend bool operator==(const DeadlinePassed&, const DeadlinePassed&) = default;
};
// Somebody changed at once, or back to what it was, what we had written. `slot`: "status", or
// "fields/" and the field's name.
struct WriteUndone {
  SystemName at;
  std::string slot;
  std::string value;  // what it is now
  friend bool operator==(const WriteUndone&, const WriteUndone&) = default;
};
struct LoopCut {  // undone too often: from now on neither written nor heard
  SystemName at;
  std::string slot;
  std::string value;  // what it was left at
  friend bool operator==(const LoopCut&, const LoopCut&) = default;
};
struct LoopEnded {
  SystemName at;
  std::string slot;
  Phrase how;  // "quiet for an hour", "a person asked"
  friend bool operator==(const LoopEnded&, const LoopEnded&) = default;
};
struct ConflictSettled {  // a value was changed in two systems at once
  std::string value;
  SystemName winner;
  SystemName loser;
  std::string kept;
  std::string lost;
  friend bool operator==(const ConflictSettled&, const ConflictSettled&) = default;
};
struct TicketRenumbered {  // moved: the same ticket, called otherwise
  SystemName at;
  RemoteKey key;
  std::string before;
  std::string number;
  std::string url;
  friend bool operator==(const TicketRenumbered&, const TicketRenumbered&) = default;
};
// Commands of that slot need not be done any more; see Withdrawal.
struct CommandsWithdrawn {
  SystemName at;
  std::string slot;
  friend bool operator==(const CommandsWithdrawn&, const CommandsWithdrawn&) = default;
};
struct EffectAwaited {  // done, and not seen yet
  Intent intent;
  std::string verb;
  friend bool operator==(const EffectAwaited&, const EffectAwaited&) = default;
};
struct EffectMissed {  // still not seen after some minutes
  IdempotencyKey command;
  SystemName at;
  std::string verb;
  friend bool operator==(const EffectMissed&, const EffectMissed&) = default;
};
struct EffectSeen {
  IdempotencyKey command;
  friend bool operator==(const EffectSeen&, const EffectSeen&) = default;
};
// The core's own book-keeping: nothing that people read.
struct Remembered {
  Memo memo;
  friend bool operator==(const Remembered&, const Remembered&) = default;
};
struct CaseReopened {
  friend bool operator==(const CaseReopened&, const CaseReopened&) = default;
};
struct CaseClosed {
  friend bool operator==(const CaseClosed&, const CaseClosed&) = default;
};

using Fact =
    std::variant<CaseOpened, TicketOpening, TicketLinked, TicketSeen, TicketLost, SignalHeard,
                 ActivityEntered, StatusChanged, ValueKept, CommandIssued, CommandSettled,
                 EchoRecognised, SignalDeferred, DeviationNoted, TimerSet, TimerStopped, CaseClosed,
                 OrganisationTold, ReceiptGiven, DeadlinePassed, CaseReopened, WriteUndone, LoopCut,
                 LoopEnded, ConflictSettled, TicketRenumbered, CommandsWithdrawn, DeviationEnded,
                 EffectAwaited, EffectMissed, EffectSeen, Remembered>;

// "TicketLinked": the fact's name, as it is stored.
[[nodiscard]] const char* name_of(const Fact& fact);

}  // namespace saksbro::core
