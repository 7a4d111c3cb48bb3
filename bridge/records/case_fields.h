// The members of a case and of what it holds, each listed once for both writing and reading.
// A structured binding names every member, so one that is added later does not compile until it is
// recorded here too.
#pragma once

#include "bridge/core/model/case.h"
#include "bridge/records/json_writing.h"
#include "bridge/records/memory_fields.h"

namespace saksbro::records {

template <Of<core::SeenFile> Self>
void fields(Self& one, auto&& field) {
  auto& [name, media_type, size, place, entry, internal] = one;
  field("name", name);
  field("media_type", media_type, kAdded);
  field("size", size);
  field("place", place);
  field("entry", entry, kAdded);
  field("internal", internal, kAdded);
}

template <Of<core::TicketView> Self>
void fields(Self& one, auto&& field) {
  auto& [key, number, url, status, values, entries, updated, read_at, revision, gone, confidential,
         files] = one;
  field("key", key);
  field("number", number);
  field("url", url);
  field("status", status);
  field("fields", values);
  field("entries", entries);
  field("updated", updated);
  field("read_at", read_at);
  field("revision", revision);
  field("gone", gone);
  field("confidential", confidential, kAdded);
  field("files", files, kAdded);
}

template <Of<core::Intent> Self>
void fields(Self& one, auto&& field) {
  auto& [command, at, attribute, values] = one;
  field("command", command);
  field("at", at);
  field("attribute", attribute);
  field("values", values);
}

template <Of<core::PendingSignal> Self>
void fields(Self& one, auto&& field) {
  auto& [signal, at, by, need] = one;
  field("signal", signal);
  field("at", at);
  field("by", by);
  field("need", need);
}

template <Of<core::OrganisationReceipt> Self>
void fields(Self& one, auto&& field) {
  auto& [command, told_at, seen_at, informed_at] = one;
  field("command", command);
  field("told_at", told_at);
  field("seen_at", seen_at);
  field("informed_at", informed_at);
}

template <Of<core::Wanted> Self>
void fields(Self& one, auto&& field) {
  auto& [slot, value] = one;
  field("slot", slot);
  field("value", value);
}

template <Of<core::FailedCommand> Self>
void fields(Self& one, auto&& field) {
  auto& [at, verb, why, wanted] = one;
  field("at", at);
  field("verb", verb);
  field("why", why);
  field("wanted", wanted);
}

template <Of<core::Unseen> Self>
void fields(Self& one, auto&& field) {
  auto& [intent, verb, since, told] = one;
  field("intent", intent);
  field("verb", verb);
  field("since", since);
  field("told", told);
}

template <Of<core::Case> Self>
void fields(Self& one, auto&& field) {
  auto& [number, process, activity, entered_at, status, tickets, opening, values, intents, waiting,
         timers, organisation_receipts, stuck, deviations, said, closed, opened_at, unseen,
         memory] = one;
  field("number", number);
  field("process", process);
  field("activity", activity);
  field("entered_at", entered_at);
  field("status", status);
  field("tickets", tickets);
  field("opening", opening);
  field("values", values);
  field("intents", intents);
  field("waiting", waiting);
  field("timers", timers);
  field("tellings", organisation_receipts);
  field("stuck", stuck);
  field("deviations", deviations);
  field("said", said);
  field("closed", closed);
  field("opened_at", opened_at);
  field("unseen", unseen, kAdded);
  field("memory", memory, kAdded);
}

}  // namespace saksbro::records
