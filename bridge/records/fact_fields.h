// The members of each fact, listed once for both writing and reading: see case_fields.h.
#pragma once

#include "bridge/core/model/case.h"
#include "bridge/records/case_fields.h"

namespace saksbro::records {

template <Of<core::CaseOpened> Self>
void fields(Self& one, auto&& field) {
  auto& [process] = one;
  field("process", process);
}

template <Of<core::TicketOpening> Self>
void fields(Self& one, auto&& field) {
  auto& [at, marker] = one;
  field("at", at);
  field("marker", marker);
}

template <Of<core::TicketLinked> Self>
void fields(Self& one, auto&& field) {
  auto& [at, key, number, url] = one;
  field("at", at);
  field("key", key);
  field("number", number);
  field("url", url);
}

template <Of<core::TicketSeen> Self>
void fields(Self& one, auto&& field) {
  auto& [at, view] = one;
  field("at", at);
  field("view", view);
}

template <Of<core::TicketLost> Self>
void fields(Self& one, auto&& field) {
  auto& [at, why] = one;
  field("at", at);
  field("why", why);
}

template <Of<core::SignalHeard> Self>
void fields(Self& one, auto&& field) {
  auto& [signal, at, role, by, text] = one;
  field("signal", signal);
  field("at", at);
  field("role", role);
  field("by", by);
  field("text", text);
}

template <Of<core::ActivityEntered> Self>
void fields(Self& one, auto&& field) {
  auto& [activity] = one;
  field("activity", activity);
}

template <Of<core::StatusChanged> Self>
void fields(Self& one, auto&& field) {
  auto& [status] = one;
  field("status", status);
}

template <Of<core::ValueKept> Self>
void fields(Self& one, auto&& field) {
  auto& [name, value] = one;
  field("name", name);
  field("value", value);
}

template <Of<core::Remembered> Self>
void fields(Self& one, auto&& field) {
  auto& [memo] = one;
  field("memo", memo);
}

template <Of<core::CommandIssued> Self>
void fields(Self& one, auto&& field) {
  auto& [intent, verb] = one;
  field("intent", intent);
  field("verb", verb);
}

template <Of<core::CommandSettled> Self>
void fields(Self& one, auto&& field) {
  auto& [command, at, verb, delivered, why] = one;
  field("command", command);
  field("at", at);
  field("verb", verb);
  field("delivered", delivered);
  field("why", why);
}

template <Of<core::EchoRecognised> Self>
void fields(Self& one, auto&& field) {
  auto& [command, entry] = one;
  field("command", command);
  field("entry", entry);
}

template <Of<core::SignalDeferred> Self>
void fields(Self& one, auto&& field) {
  auto& [waiting] = one;
  field("waiting", waiting);
}

template <Of<core::DeviationNoted> Self>
void fields(Self& one, auto&& field) {
  auto& [at, by, role, signal, how, what] = one;
  field("at", at);
  field("by", by);
  field("role", role);
  field("signal", signal);
  field("how", how);
  field("what", what);
}

template <Of<core::DeviationEnded> Self>
void fields(Self& one, auto&& field) {
  auto& [at] = one;
  field("at", at);
}

template <Of<core::TimerSet> Self>
void fields(Self& one, auto&& field) {
  auto& [name, due] = one;
  field("name", name);
  field("due", due);
}

template <Of<core::TimerStopped> Self>
void fields(Self& one, auto&& field) {
  auto& [name] = one;
  field("name", name);
}

template <Of<core::CaseClosed> Self>
void fields(Self&, auto&&) {}

template <Of<core::OrganisationTold> Self>
void fields(Self& one, auto&& field) {
  auto& [organisation, command] = one;
  field("organisation", organisation);
  field("command", command);
}

template <Of<core::ReceiptGiven> Self>
void fields(Self& one, auto&& field) {
  auto& [organisation, receipt] = one;
  field("organisation", organisation);
  field("receipt", receipt);
}

template <Of<core::DeadlinePassed> Self>
void fields(Self& one, auto&& field) {
  auto& [activity, due] = one;
  field("activity", activity);
  field("due", due);
}

template <Of<core::CaseReopened> Self>
void fields(Self&, auto&&) {}

template <Of<core::WriteUndone> Self>
void fields(Self& one, auto&& field) {
  auto& [at, slot, value] = one;
  field("at", at);
  field("slot", slot);
  field("value", value);
}

template <Of<core::LoopCut> Self>
void fields(Self& one, auto&& field) {
  auto& [at, slot, value] = one;
  field("at", at);
  field("slot", slot);
  field("value", value);
}

template <Of<core::LoopEnded> Self>
void fields(Self& one, auto&& field) {
  auto& [at, slot, how] = one;
  field("at", at);
  field("slot", slot);
  field("how", how);
}

template <Of<core::ConflictSettled> Self>
void fields(Self& one, auto&& field) {
  auto& [value, winner, loser, kept, lost] = one;
  field("value", value);
  field("winner", winner);
  field("loser", loser);
  field("kept", kept);
  field("lost", lost);
}

template <Of<core::EffectAwaited> Self>
void fields(Self& one, auto&& field) {
  auto& [intent, verb] = one;
  field("intent", intent);
  field("verb", verb);
}

template <Of<core::EffectMissed> Self>
void fields(Self& one, auto&& field) {
  auto& [command, at, verb] = one;
  field("command", command);
  field("at", at);
  field("verb", verb);
}

template <Of<core::EffectSeen> Self>
void fields(Self& one, auto&& field) {
  auto& [command] = one;
  field("command", command);
}

template <Of<core::TicketRenumbered> Self>
void fields(Self& one, auto&& field) {
  auto& [at, key, before, number, url] = one;
  field("at", at);
  field("key", key);
  field("before", before);
  field("number", number);
  field("url", url);
}

template <Of<core::CommandsWithdrawn> Self>
void fields(Self& one, auto&& field) {
  auto& [at, slot] = one;
  field("at", at);
  field("slot", slot);
}

}  // namespace saksbro::records
