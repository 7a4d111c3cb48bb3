// How a case begins: which ticket starts one, where, and what is taken over from it.
#include "bridge/core/decide/births.h"

#include <algorithm>
#include <utility>

#include "bridge/core/decide/files.h"
#include "bridge/core/decide/late_statuses.h"
#include "bridge/core/decide/snapshot.h"
#include "bridge/core/decide/steps.h"
#include "bridge/core/decide/strangers.h"
#include "bridge/core/decide/sync_tickets.h"
#include "bridge/core/sync/copies.h"
#include "bridge/core/sync/echo.h"
#include "bridge/core/sync/numbers.h"
#include "bridge/core/sync/read_values.h"
#include "bridge/core/sync/recovery.h"

namespace saksbro::core {

Decision nothing(Sentence because, Phrase::Args args) {
  Decision decision;
  decision.because.emplace_back(because, std::move(args));
  return decision;
}

Decision outside(const SystemName& at, const std::string& ticket) {
  return nothing(
      "Nothing to do: ticket {ticket} of {system} is outside the configured scope of that system.",
      {{"ticket", ticket}, {"system", at}});
}

Decision concluded(DecisionBuilder&& b) {
  hear_what_stands(b);
  b.tell_withheld();
  sync_tickets(b);
  sync_files(b);
  b.tell_withheld();
  return std::move(b).finish();
}

namespace {

Decision from_before(const Ticket& ticket) {
  return nothing("Nothing to do: ticket {ticket} was registered before Saksbro began here.",
                 {{"ticket", ticket.number}});
}

const Begin* begin_for(const Mapping& mapping, const DecisionBuilder& trial, const Ticket& ticket,
                       const Process** process) {
  for (const Process& one : mapping.processes) {
    for (const Begin& begin : one.begins) {
      if (begin.at != trial.at() || !trial.holds(begin.when)) continue;
      if (!begins_with(mapping, one, begin, ticket, trial.around())) continue;
      *process = &one;
      return &begin;
    }
  }
  return nullptr;
}

// Whom it is from, as far as anybody knows.
std::string named(const Ticket& ticket) {
  if (!ticket.author.name.empty()) return ticket.author.name;
  return ticket.author.id.empty() ? ticket.number : ticket.author.id;
}

// Case values that every process may use, taken from the ticket that a case begins with.
void keep_origin(DecisionBuilder& b, const Ticket& ticket) {
  b.remember(OriginKept{origin_of(b.at(), ticket.key)});
  b.fact(ValueKept{"title", b.titled({ticket.title, ticket.text, named(ticket)}, b.at())});
  b.fact(ValueKept{"text", ticket.text});
  b.fact(ValueKept{"reporter", ticket.author.name});
  const auto role = b.mapping().known_system(b.at()).role_of(ticket.author, ticket.groups);
  if (role) b.fact(ValueKept{"reporter.role", role->text()});
  keep_read_values(b, ticket);
}

// The status that entering brings: tried, and thrown away.
Status status_at_birth(DecisionBuilder trial, const Ticket& ticket, const ProcessId& process,
                       const ActivityId& activity) {
  trial.fact(CaseOpened{process});
  trial.fact(TicketLinked{trial.at(), ticket.key, ticket.number, ticket.url});
  keep_origin(trial, ticket);
  enter(trial, activity);
  return trial.state().status;
}

// Of a ticket that was there before Saksbro nothing that has happened is heard again, and nothing
// that stands on it is changed: a journal that is replayed would set the ticket back.
Decision begin_as_it_stands(DecisionBuilder b, const Ticket& ticket, const ActivityId& activity) {
  b.because("The ticket is older than Saksbro: it is adopted as it is.");
  b.fact(TicketSeen{b.at(), view_of(ticket)});
  b.hold_status(true);
  enter(b, activity);
  hear_standing_status(b, ticket);
  b.hold_status(false);
  return concluded(std::move(b));
}

Decision begin_case(const Mapping& mapping, const SystemName& at, const Ticket& ticket,
                    const Surroundings& around) {
  Case born;
  born.number = around.next_number;
  DecisionBuilder trial(mapping, born, at, around);
  keep_origin(trial, ticket);
  const Process* process = nullptr;
  const Begin* begin = begin_for(mapping, trial, ticket, &process);
  const bool before = was_there_before(ticket, around);
  if (begin == nullptr && before) return from_before(ticket);
  if (begin == nullptr)
    return nothing("Nothing to do: no process begins with a ticket in {system}.", {{"system", at}});
  if (is_over(mapping, *process, at, ticket))
    return nothing("Ignored: ticket {ticket} is already closed.", {{"ticket", ticket.number}});
  if (born.number.empty()) {
    Decision decision = std::move(trial).finish();
    decision.needs_number = true;
    return decision;
  }

  DecisionBuilder b(mapping, born, at, around);
  b.because("Case {case} begins with ticket {ticket} in {system}.",
            {{"case", born.number}, {"ticket", ticket.number}, {"system", at}}, begin->where);
  b.fact(CaseOpened{process->id});
  take_up_file_rules(b);
  b.fact(TicketLinked{at, ticket.key, ticket.number, ticket.url});
  keep_origin(b, ticket);
  if (before) return begin_as_it_stands(std::move(b), ticket, begin->activity);
  // The ticket's status at its birth is its own; entering must not write one onto it.
  TicketView first = view_of(ticket);
  first.entries.clear();
  first.fields.clear();  // what was filled in at registration may say something
  const SystemMapping& system = mapping.known_system(at);
  const Status status =
      status_at_birth({mapping, born, at, around}, ticket, process->id, begin->activity);
  // Nobody has moved it yet: it gets the status that entering brings. Any other says something.
  const auto unmoved = system.status_words.find(process->statuses.front());
  const bool untouched = unmoved != system.status_words.end() && unmoved->second == ticket.status;
  const auto brought = system.status_words.find(status);
  if (system.follows_status && brought != system.status_words.end() && !untouched)
    first.status = brought->second;
  b.fact(TicketSeen{at, first});
  take_number(b, ticket);
  enter(b, begin->activity);
  apply_snapshot(b, ticket, ticket.author);
  return concluded(std::move(b));
}

bool is_asked_for_anywhere(const Mapping& mapping, const SystemName& at, const Ticket& ticket) {
  return std::any_of(mapping.processes.begin(), mapping.processes.end(),
                     [&](const Process& one) { return is_asked_for(mapping, one, at, ticket); });
}

}  // namespace

Decision on_stranger(const Mapping& mapping, const SystemName& at, const Ticket& ticket,
                     const Surroundings& around) {
  if (const std::string marker = borne_marker(mapping, at, ticket); !marker.empty()) {
    return nothing(
        "Ignored: ticket {ticket} carries the marker \"{marker}\" of a case that is not in this "
        "store. Was a backup restored?",
        {{"ticket", ticket.number}, {"marker", marker}});
  }
  if (const std::string marker = misplaced_marker(mapping, at, ticket); !marker.empty()) {
    return nothing(
        "Ignored: ticket {ticket} was created by Saksbro, but its marker \"{marker}\" is not in "
        "the field \"{field}\".",
        {{"ticket", ticket.number},
         {"marker", marker},
         {"field", mapping.known_system(at).marker_field}});
  }
  if (ticket.elsewhere) return outside(at, ticket.number);
  // After a restore it may be the number that the lost store gave it.
  const std::string number =
      around.recovering ? around.copied : number_in_field(mapping, at, ticket);
  if (number.empty()) return begin_case(mapping, at, ticket, around);
  if (!was_there_before(ticket, around)) return on_copy(mapping, at, ticket, number, "");
  // A number of before is no case of this store's; who asks for one gets a new number.
  if (!is_asked_for_anywhere(mapping, at, ticket)) return from_before(ticket);
  return begin_case(mapping, at, ticket, around);
}

}  // namespace saksbro::core
