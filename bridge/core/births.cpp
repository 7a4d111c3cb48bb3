// How a case begins: which ticket starts one, where, and what is taken over from it.
#include "bridge/core/births.h"

#include <algorithm>
#include <utility>

#include "bridge/core/copies.h"
#include "bridge/core/echo.h"
#include "bridge/core/numbers.h"
#include "bridge/core/recovery.h"
#include "bridge/core/see.h"
#include "bridge/core/shown.h"
#include "bridge/core/signals.h"
#include "bridge/core/steps.h"
#include "bridge/core/strangers.h"
#include "bridge/core/titles.h"
#include "bridge/core/unheard.h"

namespace saksbro::core {

Decision nothing(Sentence because, Phrase::Args args) {
  Decision decision;
  decision.because.emplace_back(because, std::move(args));
  return decision;
}

Decision outside(const SystemName& at, const std::string& ticket) {
  return nothing(
      "Nothing to do: ticket {ticket} of {system} is outside of what is configured of that system.",
      {{"ticket", ticket}, {"system", at}});
}

Decision concluded(Unfolding&& u) {
  hear_what_stands(u);
  u.tell_withheld();
  keep_tickets_true(u);
  return std::move(u).finish();
}

namespace {

Decision from_before(const Ticket& ticket) {
  return nothing("Nothing to do: ticket {ticket} was registered before Saksbro began here.",
                 {{"ticket", ticket.number}});
}

const Begin* begin_for(const Mapping& mapping, const Unfolding& trial, const Ticket& ticket,
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
void keep_origin(Unfolding& u, const Ticket& ticket) {
  u.fact(ValueKept{"origin", origin_of(u.at(), ticket.key)});
  u.fact(
      ValueKept{"title", title_or_made_up(u, {ticket.title, ticket.text, named(ticket)}, u.at())});
  u.fact(ValueKept{"text", ticket.text});
  u.fact(ValueKept{"reporter", ticket.author.name});
  const auto role = u.mapping().known_system(u.at()).role_of(ticket.author, ticket.groups);
  if (role) u.fact(ValueKept{"reporter.role", role->text()});
  keep_read_values(u, ticket);
}

// The status that entering brings: tried, and thrown away.
Status status_at_birth(const Mapping& mapping, const Case& born, const SystemName& at,
                       const Ticket& ticket, const ProcessId& process, const ActivityId& activity,
                       const Surroundings& around) {
  Unfolding trial(mapping, born, at, around);
  trial.fact(CaseOpened{process});
  trial.fact(TicketLinked{at, ticket.key, ticket.number, ticket.url});
  keep_origin(trial, ticket);
  enter(trial, activity);
  return trial.state().status;
}

// Of a ticket that was there before Saksbro nothing that has happened is heard again, and nothing
// that stands on it is changed: a journal that is replayed would set the ticket back.
Decision begin_as_it_stands(Unfolding u, const Ticket& ticket, const ActivityId& activity) {
  u.because("It was there before Saksbro: it is taken as it stands.");
  u.fact(TicketSeen{u.at(), view_of(ticket)});
  u.hold_status(true);
  enter(u, activity);
  hear_standing_status(u, ticket);
  u.hold_status(false);
  return concluded(std::move(u));
}

Decision begin_case(const Mapping& mapping, const SystemName& at, const Ticket& ticket,
                    const Surroundings& around) {
  Case born;
  born.number = around.next_number;
  Unfolding trial(mapping, born, at, around);
  keep_origin(trial, ticket);
  const Process* process = nullptr;
  const Begin* begin = begin_for(mapping, trial, ticket, &process);
  const bool before = was_there_before(ticket, around);
  if (begin == nullptr && before) return from_before(ticket);
  if (begin == nullptr)
    return nothing("Nothing to do: no process begins with a ticket in {system}.", {{"system", at}});
  if (is_over(mapping, *process, at, ticket))
    return nothing("Left alone: ticket {ticket} is closed already.", {{"ticket", ticket.number}});

  Unfolding u(mapping, born, at, around);
  u.because("Case {case} begins with ticket {ticket} in {system}.",
            {{"case", born.number}, {"ticket", ticket.number}, {"system", at}}, begin->where);
  u.fact(CaseOpened{process->id});
  u.fact(TicketLinked{at, ticket.key, ticket.number, ticket.url});
  keep_origin(u, ticket);
  if (before) return begin_as_it_stands(std::move(u), ticket, begin->activity);
  // The ticket's status at its birth is its own; entering must not write one onto it.
  TicketView first = view_of(ticket);
  first.entries.clear();
  first.fields.clear();  // what was filled in at registration may say something
  const SystemMapping& system = mapping.known_system(at);
  const Status status =
      status_at_birth(mapping, born, at, ticket, process->id, begin->activity, around);
  // Nobody has moved it yet: it gets the status that entering brings. Any other says something.
  const auto unmoved = system.status_words.find(process->statuses.front());
  const bool untouched = unmoved != system.status_words.end() && unmoved->second == ticket.status;
  const auto brought = system.status_words.find(status);
  if (system.follows_status && brought != system.status_words.end() && !untouched)
    first.status = brought->second;
  u.fact(TicketSeen{at, first});
  take_number(u, ticket);
  enter(u, begin->activity);
  see(u, ticket, ticket.author);
  return concluded(std::move(u));
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
        "Left alone: ticket {ticket} carries the marker \"{marker}\" of a case that is not in this "
        "store. Was a backup restored?",
        {{"ticket", ticket.number}, {"marker", marker}});
  }
  if (const std::string marker = misplaced_marker(mapping, at, ticket); !marker.empty()) {
    return nothing(
        "Left alone: ticket {ticket} was made by Saksbro. Its marker \"{marker}\" does not stand "
        "in "
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
