#include "bridge/core/model/case.h"

#include <algorithm>
#include <array>

#include "bridge/core/model/overloaded.h"

namespace saksbro::core {
namespace {

// The field that an intent is about; "" for a status.
std::string field_of(const Intent& intent) {
  return intent.attribute == "fields"
             ? intent.values.back().substr(0, intent.values.back().find('='))
             : "";
}

// A newer status or value replaces one not yet sent; either may still be what we see, so both count
// as ours until the newer one is settled.
void remember(std::vector<Intent>& intents, Intent intent) {
  const auto replaced = [&](const Intent& older) {
    return intent.attribute != "comment" && intent.attribute != "file" && older.at == intent.at &&
           older.attribute == intent.attribute && field_of(older) == field_of(intent);
  };
  std::vector<std::string> values;
  for (const Intent& older : intents) {
    if (replaced(older)) values.insert(values.end(), older.values.begin(), older.values.end());
  }
  std::erase_if(intents, replaced);
  intent.values.insert(intent.values.begin(), values.begin(), values.end());
  intents.push_back(std::move(intent));
}

// What the command of that intent writes, where a newer command of its kind replaces it.
std::optional<Wanted> wanted_by(const std::string& verb, const Intent& intent) {
  if (verb == "status") return Wanted{verb, intent.values.empty() ? "" : intent.values.back()};
  if (verb == "fields" && !intent.values.empty()) {
    const std::string field = field_of(intent);
    return Wanted{field_slot(field), intent.values.back().substr(field.size() + 1)};
  }
  if (verb == "file" && !intent.values.empty()) return Wanted{"file/" + intent.values.back(), ""};
  if (verb == "note" || verb == "alert") return Wanted{verb, ""};
  return std::nullopt;
}

// What was told of its refusals goes with a command: it can be refused no more.
void forget_failed(Case& state, auto is_over) {
  for (auto one = state.failed_commands.begin(); one != state.failed_commands.end();) {
    if (!is_over(one->second)) {
      ++one;
      continue;
    }
    state.memory.refusals.erase(one->first);
    one = state.failed_commands.erase(one);
  }
}

void no_longer_stuck(Case& state, const SystemName& at, const std::string& slot) {
  forget_failed(state, [&](const FailedCommand& one) {
    return one.at == at && one.wanted && one.wanted->slot == slot;
  });
}

void apply(Case& state, const CommandIssued& issued) {
  if (issued.verb == "comment") ++state.said;
  const auto wanted = wanted_by(issued.verb, issued.intent);
  if (wanted) no_longer_stuck(state, issued.intent.at, wanted->slot);
  if (!issued.intent.attribute.empty()) remember(state.intents, issued.intent);
}

const Intent* intent_of(const Case& state, const IdempotencyKey& command) {
  const auto found = std::find_if(state.intents.begin(), state.intents.end(),
                                  [&](const Intent& one) { return one.command == command; });
  return found == state.intents.end() ? nullptr : &*found;
}

void refuse(Case& state, const CommandSettled& settled) {
  if (is_superseded(state, settled)) return;
  FailedCommand stuck{settled.at, settled.verb, settled.why, {}};
  if (const Intent* intent = intent_of(state, settled.command)) {
    stuck.wanted = wanted_by(settled.verb, *intent);
  } else if (const auto before = state.failed_commands.find(settled.command);
             before != state.failed_commands.end()) {
    stuck.wanted = before->second.wanted;
  } else {
    stuck.wanted = wanted_by(settled.verb, Intent{});
  }
  state.failed_commands[settled.command] = std::move(stuck);
}

void apply(Case& state, const CommandSettled& settled, Instant at) {
  if (settled.delivered) {
    state.failed_commands.erase(settled.command);
    state.memory.refusals.erase(settled.command);
    for (auto& [organisation, telling] : state.organisation_receipts) {
      if (telling.command == settled.command) telling.told_at = at;
    }
  } else {
    refuse(state, settled);
  }
  std::erase_if(state.intents,
                [&](const Intent& intent) { return intent.command == settled.command; });
}

void apply(Case& state, const TicketLinked& linked) {
  TicketView view;
  view.key = linked.key;
  view.number = linked.number;
  view.url = linked.url;
  state.tickets[linked.at] = std::move(view);
  state.opening.erase(linked.at);
  // A create that was refused, and found its ticket in another way.
  forget_failed(
      state, [&](const FailedCommand& one) { return one.at == linked.at && one.verb == "create"; });
}

void apply(Case& state, const TicketLost& lost) {
  const auto found = state.tickets.find(lost.at);
  if (found != state.tickets.end()) found->second.gone = true;
}

void apply(Case& state, const ReceiptGiven& given, Instant at) {
  OrganisationReceipt& telling = state.organisation_receipts[given.organisation];
  switch (given.receipt) {
    case Receipt::told:
      telling.told_at = at;
      return;
    case Receipt::seen:
      telling.seen_at = at;
      return;
    case Receipt::informed:
      telling.informed_at = at;
      return;
  }
}

void apply(Case& state, const WriteUndone& undone, Instant at) {
  remember_undone(state.memory.tickets[undone.at], undone.slot, at);
}

void apply(Case& state, const LoopCut& cut) {
  TicketMemory& ticket = state.memory.tickets[cut.at];
  ticket.cut[cut.slot] = cut.value;
  ticket.undone.erase(cut.slot);
}

// What we wrote last is forgotten too: the next write is the first of a new count.
void apply(Case& state, const LoopEnded& ended) {
  TicketMemory& ticket = state.memory.tickets[ended.at];
  ticket.cut.erase(ended.slot);
  ticket.undone.erase(ended.slot);
  ticket.writes.erase(ended.slot);
}

void apply(Case& state, const EffectAwaited& awaited, Instant at) {
  state.unseen[awaited.intent.command] = {awaited.intent, awaited.verb, at, false};
}

void apply(Case& state, const EffectMissed& missed) {
  const auto found = state.unseen.find(missed.command);
  if (found != state.unseen.end()) found->second.told = true;
}

void apply(Case& state, const TicketRenumbered& moved) {
  const auto found = state.tickets.find(moved.at);
  if (found == state.tickets.end()) return;
  found->second.number = moved.number;
  found->second.url = moved.url;
}

}  // namespace

// Its intent was replaced by the newer one's; or that was done, and nothing of either is left.
bool is_superseded(const Case& state, const CommandSettled& settled) {
  const bool replaceable =
      settled.verb == "status" || settled.verb == "fields" || settled.verb == "note";
  return replaceable && intent_of(state, settled.command) == nullptr &&
         !state.failed_commands.contains(settled.command);
}

bool is_confidential(const Case& state) {
  return std::any_of(state.tickets.begin(), state.tickets.end(),
                     [](const auto& ticket) { return ticket.second.confidential; });
}

const char* name_of(const Fact& fact) {
  static constexpr std::array<const char*, std::variant_size_v<Fact>> kNames{
      "CaseOpened",      "TicketOpening",    "TicketLinked",      "TicketSeen",
      "TicketLost",      "SignalHeard",      "ActivityEntered",   "StatusChanged",
      "ValueKept",       "CommandIssued",    "CommandSettled",    "EchoRecognised",
      "Waited",          "DeviationNoted",   "TimerSet",          "TimerStopped",
      "CaseClosed",      "OrganisationTold", "ReceiptGiven",      "DeadlinePassed",
      "CaseReopened",    "WriteUndone",      "LoopCut",           "LoopEnded",
      "ConflictSettled", "TicketRenumbered", "CommandsWithdrawn", "DeviationEnded",
      "EffectAwaited",   "EffectMissed",     "EffectSeen",        "Remembered"};
  return kNames.at(fact.index());
}

Case evolve(Case state, const Fact& fact, Instant at) {
  std::visit(Overloaded{
                 [&](const CaseOpened& f) {
                   state.process = f.process;
                   state.opened_at = at;
                 },
                 [&](const TicketOpening& f) { state.opening.insert(f.at); },
                 [&](const TicketLinked& f) { apply(state, f); },
                 [&](const TicketSeen& f) { state.tickets[f.at] = f.view; },
                 [&](const TicketLost& f) { apply(state, f); },
                 [&](const SignalHeard&) {},
                 [&](const ActivityEntered& f) {
                   state.activity = f.activity;
                   state.entered_at = at;
                   state.deviations.clear();
                 },
                 [&](const StatusChanged& f) { state.status = f.status; },
                 [&](const ValueKept& f) { state.values[f.name] = f.value; },
                 [&](const CommandIssued& f) { apply(state, f); },
                 [&](const CommandSettled& f) { apply(state, f, at); },
                 [&](const EchoRecognised&) {},
                 [&](const SignalDeferred& f) { state.waiting = f.waiting; },
                 [&](const DeviationNoted& f) { state.deviations[f.at] = f.how; },
                 [&](const TimerSet& f) { state.timers[f.name] = f.due; },
                 [&](const TimerStopped& f) { state.timers.erase(f.name); },
                 [&](const CaseClosed&) { state.closed = true; },
                 [&](const OrganisationTold& f) {
                   state.organisation_receipts[f.organisation] =
                       OrganisationReceipt{f.command, {}, {}, {}};
                 },
                 [&](const ReceiptGiven& f) { apply(state, f, at); },
                 [&](const DeadlinePassed&) {},
                 [&](const CaseReopened&) { state.closed = false; },
                 [&](const WriteUndone& f) { apply(state, f, at); },
                 [&](const LoopCut& f) { apply(state, f); },
                 [&](const LoopEnded& f) { apply(state, f); },
                 [&](const ConflictSettled&) {},
                 [&](const TicketRenumbered& f) { apply(state, f); },
                 [&](const CommandsWithdrawn& f) { no_longer_stuck(state, f.at, f.slot); },
                 [&](const DeviationEnded& f) { state.deviations.erase(f.at); },
                 [&](const EffectAwaited& f) { apply(state, f, at); },
                 [&](const EffectMissed& f) { apply(state, f); },
                 [&](const EffectSeen& f) { state.unseen.erase(f.command); },
                 [&](const Remembered& f) { remember(state.memory, f.memo); },
             },
             fact);
  return state;
}

}  // namespace saksbro::core
