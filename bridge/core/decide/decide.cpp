#include "bridge/core/decide/decide.h"

#include <algorithm>

#include "bridge/core/decide/acted.h"
#include "bridge/core/decide/births.h"
#include "bridge/core/decide/departures.h"
#include "bridge/core/decide/files.h"
#include "bridge/core/decide/files_unsent.h"
#include "bridge/core/decide/loop_ends.h"
#include "bridge/core/decide/organisations.h"
#include "bridge/core/decide/pending_answers.h"
#include "bridge/core/decide/process_actions.h"
#include "bridge/core/decide/snapshot.h"
#include "bridge/core/decide/steps.h"
#include "bridge/core/decide/strangers.h"
#include "bridge/core/decide/sync_tickets.h"
#include "bridge/core/decide/timers.h"
#include "bridge/core/decision/field_writes.h"
#include "bridge/core/model/standing.h"
#include "bridge/core/speech/translation.h"
#include "bridge/core/speech/tried.h"
#include "bridge/core/sync/adoption.h"
#include "bridge/core/sync/copies.h"
#include "bridge/core/sync/echo.h"
#include "bridge/core/sync/numbers.h"
#include "bridge/core/sync/recovery.h"
#include "bridge/core/sync/unseen.h"
#include "bridge/core/text/text.h"

namespace saksbro::core {
namespace {

Decision read_again(const SystemName& at, const TicketHint& hint, const Surroundings& around) {
  Decision decision;
  const Phrase why{"Ticket {ticket} of {system} changed: it is read.",
                   {{"ticket", hint.ticket}, {"system", at}}};
  Command command{
      IdempotencyKey{at.text() + "/" + around.cause.text() + "/read/" + hint.ticket.text()}, at,
      ReadTicket{hint.ticket}, 1};
  // A poll's look must not take the place of one that a webhook has asked for: then the change
  // would count as one that nothing had told.
  const char* slot = around.kind == DeliveryKind::poll ? "read/poll" : "read";
  decision.commands.push_back({std::move(command), slot, why, ""});
  decision.because.push_back(why);
  return decision;
}

Decision on_hint(const std::optional<Case>& state, const SystemName& at, const TicketHint& hint,
                 const Surroundings& around) {
  if (!state && hint.elsewhere) return outside(at, hint.ticket.text());
  if (state && hint.updated) {
    const auto seen = state->tickets.find(at);
    const bool known = seen != state->tickets.end() && seen->second.updated >= *hint.updated &&
                       seen->second.read_at >= *hint.updated + kStampGrain;
    if (known) return nothing("Nothing to do: this change has been seen already.");
  }
  return read_again(at, hint, around);
}

bool stale(const TicketView& known, const Ticket& ticket) {
  if (ticket.revision != known.revision) return ticket.revision < known.revision;
  return ticket.updated < known.updated;
}

Decision on_state(const Mapping& mapping, const Case& state, const SystemName& at,
                  const Ticket& ticket, const Surroundings& around) {
  DecisionBuilder b(mapping, state, at, around);
  const auto known = state.tickets.find(at);
  if (known != state.tickets.end() && known->second.key != ticket.key)
    return on_copy(mapping, at, ticket, state.number.text(), known->second.number);
  if (known != state.tickets.end() && stale(known->second, ticket)) {
    if (around.late) {
      apply_late_snapshot(b, ticket);
      return concluded(std::move(b));
    }
    return nothing("Nothing to do: this state of the ticket is older than the one known.");
  }
  if (known == state.tickets.end()) {
    take_up_file_rules(b);
    const bool adopted = is_adopting(state, at);
    const Phrase::Args args{{"ticket", ticket.number}, {"system", at}, {"case", state.number}};
    if (adopted) {
      b.because(
          "Ticket {ticket} in {system} belongs to case {case}: a person has written its number.",
          args);
    } else {
      b.because("Ticket {ticket} in {system} belongs to case {case}: it carries its marker.", args);
    }
    b.fact(TicketLinked{at, ticket.key, ticket.number, ticket.url});
    TicketView first = view_of(ticket);
    if (!adopted) first.entries.clear();
    b.fact(TicketSeen{at, first});
    if (adopted) leave_files(b, ticket);
    forget_what_did_not_arrive(b, ticket);
    if (!state.closed && !tells_an_organisation(mapping, at)) {
      registered_at(b, at);
      hear_registered(b);
    }
    if (mapping.known_system(at).follows_status)
      show_status(b, b.state().status, b.activity().where);
    if (adopted && !state.closed) hear_standing_status(b, ticket);
  }
  apply_snapshot(b, ticket);
  return concluded(std::move(b));
}

// Where people who can do something about a refusal look: the ticket concerned, else the desk's.
std::optional<SystemName> answered_in(const DecisionBuilder& b, const std::string& verb) {
  const SystemName& at = b.at();
  const auto ticket = b.state().tickets.find(at);
  const bool there = ticket != b.state().tickets.end() && !ticket->second.gone;
  const SystemMapping* own = b.mapping().system(at);
  // What we may not do at another party is no business of that party.
  if (own != nullptr && !own->external && there && verb != "comment" && verb != "create") return at;
  const auto desk = b.desk();
  return desk == at && verb == "comment" ? std::nullopt : desk;
}

// One of the fields is the reason, and the others can be written.
void write_one_by_one(DecisionBuilder& b, const std::vector<Intent>& fields) {
  b.because("Each field is now written separately.");
  b.withdraw(b.at(), slot_of_fields(fields));
  b.write_fields_apart(b.at());
  for (const Intent& one : fields) {
    const std::string& last = one.values.back();
    const std::size_t equals = last.find('=');
    b.write_field(b.at(), last.substr(0, equals), last.substr(equals + 1),
                  b.mapping().known_system(b.at()).where);
  }
}

// What people were told of it before: each new text of a case note is a command of its own.
bool was_told(const Memory& before, const SystemName& at, const CommandResult& settled,
              const std::string& why) {
  if (settled.verb == "note") return memory_of(before, at).note_refusal == why;
  const auto told = before.refusals.find(settled.command);
  return told != before.refusals.end() && told->second == why;
}

void tell_refusal(DecisionBuilder& b, const SystemName& told, const Phrase& what,
                  const Phrase& why) {
  const Tongue there = tongue(b.language_of(told), b.mapping(), b.process());
  b.say(told,
        b.text(b.mapping().texts.refused, told,
               {{"what", spoken(what, there)}, {"why", spoken(why, there)}}),
        Visibility::internal, b.mapping().known_system(told).where);
}

// A ticket that is ours and does not show its marker is known by its key: it begins no other case.
void know_by_its_key(DecisionBuilder& b, const CommandResult& settled) {
  if (settled.key.empty() || b.state().tickets.contains(b.at())) return;
  b.fact(TicketOpening{b.at(), origin_of(b.at(), settled.key)});
}

// What did not come by a ticket came by a link, or by an order on the command line.
const SystemName& said_in(const Surroundings& around) {
  return around.kind == DeliveryKind::link ? kLinkSystem : kOrderSystem;
}

}  // namespace

Decision decide(const Mapping& mapping, const std::optional<Case>& state, const SystemName& at,
                const Observation& observation, const Surroundings& around) {
  if (mapping.system(at) == nullptr)
    return nothing("Nothing to do: no mapping for {system}.", {{"system", at}});
  if (const auto* hint = std::get_if<TicketHint>(&observation)) {
    return on_hint(state, at, *hint, around);
  }
  if (const auto* gone = std::get_if<TicketGone>(&observation)) {
    if (const auto lost = state ? activity_missing_from_mapping(mapping, *state) : std::nullopt)
      return nothing("Put aside: {what}.", {{"what", *lost}});
    return on_gone(mapping, state, at, *gone, around);
  }
  if (const auto* version = std::get_if<VersionReleased>(&observation)) {
    return nothing("Version {version} of {system} is released.",
                   {{"version", version->name}, {"system", at}});
  }
  const Ticket& ticket = std::get<TicketState>(observation).ticket;
  if (const auto lost = state ? activity_missing_from_mapping(mapping, *state) : std::nullopt)
    return nothing("Put aside: {what}.", {{"what", *lost}});
  return state ? on_state(mapping, *state, at, ticket, around)
               : on_stranger(mapping, at, ticket, around);
}

Decision decide(const Mapping& mapping, const Case& state, const SystemName& at,
                const CommandResult& settled, const Surroundings& around) {
  if (const auto lost = activity_missing_from_mapping(mapping, state))
    return nothing("Put aside: {what}.", {{"what", *lost}});
  DecisionBuilder b(mapping, state, at, around);
  // Several fields that were refused together are tried one by one: the command itself is done
  // with.
  const auto together = written_together(state, settled.command);
  const bool done = settled.delivered || !together.empty() || settled.decide_again;
  const auto effect = effect_of(state, at, settled);
  const CommandSettled settling{settled.command, at, settled.verb, done, settled.why};
  const bool superseded = !done && is_superseded(state, settling);
  b.fact(settling);
  if (settled.verb == "read" && end_adoption(b, settled)) open_after_all(b, at);
  file_settled(b, settled);
  if (settled.verb == "create" && settled.delivered) know_by_its_key(b, settled);
  if (superseded) {
    b.because("Refused: {command}: {why}. A newer command has replaced it.",
              {{"command", settled.command}, {"why", settled.why}});
    return concluded(std::move(b));
  }
  if (settled.decide_again) {
    files_held_back(b, settled);
    return concluded(std::move(b));
  }
  if (settled.delivered) {
    b.because("Done: {command}.", {{"command", settled.command}}, {}, Phrase::Kind::own_write);
    await_effect(b, settled, effect);
    return concluded(std::move(b));
  }
  b.because("Refused: {command}: {why}.", {{"command", settled.command}, {"why", settled.why}});
  if (!together.empty()) {
    write_one_by_one(b, together);
    return concluded(std::move(b));
  }
  const auto told = answered_in(b, settled.verb);
  const std::string why = in_english(settled.why);
  if (was_told(state.memory, at, settled, why)) {
    b.because("The ticket already shows this.");
  } else if (told) {
    b.remember(settled.verb == "note" ? Memo{NoteRefusalTold{at, why}}
                                      : Memo{RefusalTold{settled.command, why}});
    tell_refusal(b, *told, what_was_asked(state, at, settled), settled.why);
  } else {
    b.because("No ticket can show this; it is listed as a dead letter.");
  }
  return concluded(std::move(b));
}

Decision decide(const Mapping& mapping, const Case& state, const TimerFired& timer,
                const Surroundings& around) {
  if (const auto lost = activity_missing_from_mapping(mapping, state))
    return nothing("Put aside: {what}.", {{"what", *lost}});
  DecisionBuilder b(mapping, state, kTimerSystem, around);
  const bool wanted = !state.closed || is_effect_timer(timer.name) || is_answer_timer(timer.name);
  if (!state.timers.contains(timer.name) || !wanted) {
    return nothing("Nothing to do: the timer {timer} is no longer set.", {{"timer", timer.name}});
  }
  if (!loop_timer_came(b, timer.name) && !effect_timer_came(b, timer.name) &&
      !answer_timer_came(b, timer.name) && !file_timer_came(b, timer.name))
    timer_came(b, timer.name);
  return concluded(std::move(b));
}

namespace {

bool tells_of_a_version(const DecisionBuilder& b, const ExternalSignal& said) {
  return b.process().release && b.process().release->signal == said.signal &&
         said.role.text() == "saksbro";
}

// Each version is told once; a case that comes to wait for it again is told again.
std::optional<std::string> told_before(const DecisionBuilder& b, const ExternalSignal& said) {
  if (!tells_of_a_version(b, said)) return std::nullopt;
  const auto& told = b.state().memory.told_version;
  return told && told->version == said.text ? std::optional(told->when) : std::nullopt;
}

}  // namespace

Decision decide(const Mapping& mapping, const Case& state, const ExternalSignal& said,
                const Surroundings& around) {
  if (const auto lost = activity_missing_from_mapping(mapping, state))
    return nothing("Put aside: {what}.", {{"what", *lost}});
  DecisionBuilder b(mapping, state, said_in(around), around);
  if (const auto when = told_before(b, said)) {
    return nothing("Nothing to do: the case was notified of version {version} on {time}.",
                   {{"version", said.text}, {"time", *when}});
  }
  SignalEvent heard;
  heard.signal = said.signal;
  heard.at = readable_ticket(mapping, state).value_or(SystemName{});
  heard.organisation = said.organisation;
  heard.by = said.by;
  heard.role = said.role;
  heard.text = said.text;
  heard.how = said.how;
  heard.by_link = around.kind == DeliveryKind::link;
  const Hearing hearing = hear(b, heard);
  if (hearing == Hearing::refused && heard.by_link) keep_unawaited(b, heard);
  const bool taken = hearing == Hearing::taken || hearing == Hearing::without_words;
  if (taken && tells_of_a_version(b, said))
    b.remember(VersionTold{said.text, written(mapping.calendar, around.now, Language::nb)});
  return concluded(std::move(b));
}

Decision decide(const Mapping& mapping, const Case& state, const Resumed& resumed,
                const Surroundings& around) {
  if (const auto lost = activity_missing_from_mapping(mapping, state))
    return nothing("Put aside: {what}.", {{"what", *lost}});
  DecisionBuilder b(mapping, state, said_in(around), around);
  end_all_loops(b, resumed.how);
  if (b.silent()) return nothing("Nothing to do: no value of the case is being rewritten.");
  return concluded(std::move(b));
}

bool answers(const Decision& decision, const Mapping& mapping, const SystemName& at) {
  const SystemMapping* system = mapping.system(at);
  if (system == nullptr) return false;
  const auto passed_on = [&](const Signal& signal) {
    const auto cues = system->signals.find(signal);
    return cues != system->signals.end() &&
           std::any_of(cues->second.begin(), cues->second.end(),
                       [](const Cue& cue) { return cue.kind == Cue::Kind::comment; });
  };
  return std::any_of(decision.facts.begin(), decision.facts.end(), [&](const Fact& fact) {
    const auto* heard = std::get_if<SignalHeard>(&fact);
    return heard != nullptr && heard->at == at && !passed_on(heard->signal);
  });
}

}  // namespace saksbro::core
