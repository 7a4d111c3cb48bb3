#include "bridge/core/decide/process_actions.h"

#include <algorithm>
#include <set>

#include "bridge/core/model/overloaded.h"
#include "bridge/core/model/ticket_words.h"
#include "bridge/core/model/to_come.h"
#include "bridge/core/sync/adoption.h"
#include "bridge/core/text/text.h"

namespace saksbro::core {
namespace {

constexpr std::string_view kAlertTimer = "alert/";

// Calls `look` for each action that the process has anywhere, with the activity that it belongs to.
template <class Look>
void each_action(const Process& process, Look look) {
  const auto all = [&](const ActivityId& at, const std::vector<ProcessAction>& actions) {
    for (const ProcessAction& action : actions) look(at, action);
  };
  for (const auto& [id, activity] : process.activities) {
    all(id, activity.actions);
    for (const Transition& transition : activity.transitions) all(id, transition.actions);
    for (const TimedMove& timed : activity.timed) all(id, timed.move.actions);
  }
  for (const Transition& transition : process.anywhere) all(ActivityId{}, transition.actions);
}

void raise(DecisionBuilder& b, const Alert& alert, const ProcessAction& action) {
  for (const SystemName& channel : alert.channels) b.alert(channel, alert, action.where);
  if (!alert.repeat) return;
  b.fact(TimerSet{std::string(kAlertTimer) + b.state().activity.text(),
                  b.around().now + *alert.repeat});
}

// The system of a action; says why nothing is done when the party is not chosen.
std::optional<SystemName> system_of(DecisionBuilder& b, const SystemName& name,
                                    const ProcessAction& action) {
  const auto system = b.resolve(name);
  if (!system)
    b.because("Not done: the case has not chosen who is {party}.", {{"party", name}}, action.where);
  return system;
}

// Nothing can be done on a ticket that is gone, and no other is made in its place.
bool is_lost(DecisionBuilder& b, const SystemName& at, const ProcessAction& action) {
  if (!b.is_gone(at)) return false;
  b.because("Not done: the case's ticket in {system} is gone.", {{"system", at}}, action.where);
  return true;
}

// The systems of a action. The chosen one may have no ticket yet; of the others only those count
// that have one.
std::vector<SystemName> systems_of(DecisionBuilder& b, const SystemName& name, Which which,
                                   const ProcessAction& action) {
  std::vector<SystemName> all;
  if (which == Which::chosen) {
    if (const auto one = system_of(b, name, action)) all.push_back(*one);
    return all;
  }
  const auto chosen = b.resolve(name);
  const auto party = b.process().parties.find(name);
  for (const SystemName& one :
       party == b.process().parties.end() ? std::vector{name} : party->second.systems) {
    if (b.has_ticket(one) && !(which == Which::others && chosen == one)) all.push_back(one);
  }
  return all;
}

void say_at(DecisionBuilder& b, const SystemName& at, const Say& say, const ProcessAction& action,
            const std::string& said) {
  if (!b.has_ticket(at)) {
    b.because("No comment is written in {system}: the case has no ticket there.", {{"system", at}},
              action.where);
    return;
  }
  if (is_lost(b, at, action)) return;
  b.say(at, b.text(say.text, at, {{"said", said}}), say.visibility, action.where);
}

void say(DecisionBuilder& b, const Say& say, const ProcessAction& action, const std::string& said) {
  for (const SystemName& at : systems_of(b, say.at, say.which, action))
    say_at(b, at, say, action, said);
}

void open(DecisionBuilder& b, const OpenTicket& open, const ProcessAction& action) {
  const auto at = system_of(b, open.at, action);
  if (!at) return b.obstacle(b.mapping().texts.no_party, {{"party", open.at.text()}});
  if (b.is_gone(*at)) b.obstacle(b.mapping().texts.lost_ticket, {{"system", at->text()}});
  if (b.withholds(*at)) b.obstacle(b.mapping().texts.confidential, {});
  if (b.has_ticket(*at)) {
    b.because("No second ticket is opened in {system}: the case has one.", {{"system", *at}},
              action.where);
    return;
  }
  if (adopts(b, *at, action.where)) return;
  b.open(*at, b.text(open.title, *at), b.text(open.text, *at), action.where);
}

void move(DecisionBuilder& b, const MoveTicket& move, const ProcessAction& action) {
  for (const SystemName& at : systems_of(b, move.at, move.which, action)) {
    if (!b.has_ticket(at) || is_lost(b, at, action)) continue;
    if (b.mapping().known_system(at).status_words.contains(move.status)) {
      b.move(at, move.status, action.where);
    } else {
      b.because("Not moved: {system} has no statuses.", {{"system", at}}, action.where);
    }
  }
}

void notify(DecisionBuilder& b, const Notify& notify, const ProcessAction& action,
            const std::string& said) {
  const auto address = b.value(notify.to);
  if (!address || address->empty()) {
    b.because("Nobody is notified: the case has no \"{value}\".", {{"value", notify.to}},
              action.where);
    return;
  }
  const DecisionBuilder::Values more{{"said", said}};
  const std::string link = notify.link ? b.value(notify.link->text() + ".url").value_or("") : "";
  b.notify(notify.through,
           {*address, b.text(notify.title, notify.through, more),
            b.text(notify.text, notify.through, more), link, ""},
           action.where);
}

// --- telling 1st lines

// One broadcast under way: 1st lines that share a ticket are told there once.
struct Telling1stLines {
  const Broadcast& broadcast;
  const ProcessAction& action;
  std::string said;
  std::map<SystemName, IdempotencyKey> comments;
};

bool is_meant(const DecisionBuilder& b, const Broadcast& broadcast,
              const Organisation& organisation) {
  switch (broadcast.whom) {
    case Broadcast::Whom::all:
      return true;
    case Broadcast::Whom::own:
      return b.value(b.mapping().organisation_value) == organisation.id;
    case Broadcast::Whom::told:
      return b.state().organisation_receipts.contains(organisation.id);
  }
  return false;
}

IdempotencyKey tell_by_comment(DecisionBuilder& b, const Organisation& organisation,
                               Telling1stLines& telling, const DecisionBuilder::Values& more) {
  const auto said = telling.comments.find(organisation.system);
  if (said != telling.comments.end()) return said->second;
  const auto key =
      b.say(organisation.system, b.text(telling.broadcast.text, organisation.system, more),
            Visibility::everyone, telling.action.where);
  telling.comments.emplace(organisation.system, key);
  return key;
}

bool gives_informed(const Process& process, const Signal& signal) {
  const auto in = [&](const std::vector<Transition>& all) {
    return std::any_of(all.begin(), all.end(), [&](const Transition& one) {
      return one.on == signal && one.receipt == Receipt::informed;
    });
  };
  return in(process.anywhere) ||
         std::any_of(process.activities.begin(), process.activities.end(),
                     [&](const auto& one) { return in(one.second.transitions); });
}

// The ticket shows that its people have informed theirs, or stands at the end of a case's life.
// Others are still in work: the news itself is enough there, and a move would be noise.
bool is_done_with(const Process& process, const SystemMapping& system, const std::string& word) {
  if (system.status_from(word) == process.statuses.back()) return true;
  const auto signals = said_by_status(system, word);
  return std::any_of(signals.begin(), signals.end(),
                     [&](const Signal& one) { return gives_informed(process, one); });
}

// What it was told before may be done with: a ticket that shows so is opened for the news.
void reopen(DecisionBuilder& b, const SystemName& at, const Telling1stLines& telling) {
  const auto& status = telling.broadcast.reopen;
  const auto* system = b.mapping().system(at);
  const auto ticket = b.state().tickets.find(at);
  if (!status || system == nullptr || ticket == b.state().tickets.end()) return;
  if (!system->status_words.contains(*status)) return;
  if (is_done_with(b.process(), *system, status_to_come(b.state(), at)))
    b.move(at, *status, telling.action.where);
}

void tell_organisation(DecisionBuilder& b, const Organisation& organisation,
                       Telling1stLines& telling) {
  const DecisionBuilder::Values more{{"said", telling.said},
                                     {"organisation", organisation.name},
                                     {"organisation.id", organisation.id}};
  const SystemName& system = organisation.system;
  IdempotencyKey key;
  const bool by_notice = organisation.channel == Organisation::Channel::notice ||
                         (telling.broadcast.by_notice && !organisation.address.empty());
  if (by_notice) {
    const SystemName& channel = organisation.notices;
    key = b.notify(channel,
                   {organisation.address, b.text(telling.broadcast.title, channel, more),
                    b.text(telling.broadcast.text, channel, more),
                    b.desk() ? b.state().tickets.at(*b.desk()).url : "", ""},
                   telling.action.where);
  } else if (b.has_ticket(system)) {
    if (organisation.channel == Organisation::Channel::ticket) reopen(b, system, telling);
    key = tell_by_comment(b, organisation, telling, more);
  } else if (organisation.channel == Organisation::Channel::ticket) {
    key = b.open(system, b.text(telling.broadcast.title, system, more),
                 b.text(telling.broadcast.text, system, more), telling.action.where);
  } else {
    b.because("{organisation} cannot be notified: the case has no ticket in {system}.",
              {{"organisation", organisation.id}, {"system", system}}, organisation.where);
    return;
  }
  b.fact(OrganisationTold{organisation.id, key});
}

void broadcast(DecisionBuilder& b, const Broadcast& broadcast, const ProcessAction& action,
               const std::string& said) {
  Telling1stLines telling{broadcast, action, said, {}};
  bool anybody = false;
  for (const Organisation& organisation : b.mapping().organisations) {
    if (!is_meant(b, broadcast, organisation)) continue;
    anybody = true;
    tell_organisation(b, organisation, telling);
  }
  if (!anybody)
    b.because("No organisation is notified: the message is meant for none.", {}, action.where);
}

void suggest(DecisionBuilder& b, const SuggestSolutions& suggest, const ProcessAction& action) {
  const auto own = b.value(b.mapping().organisation_value);
  std::string list;
  for (const SimilarCase& one : b.around().similar) {
    const bool ours = own && !own->empty() && one.organisation == *own;
    if (!ours && !suggest.across_organisations) continue;
    list += (list.empty() ? "" : "\n\n") + one.number.text() + ": " + one.title + "\n" +
            std::string(trimmed(one.solution));
  }
  if (list.empty()) {
    b.because("No solved case is like this one.", {}, action.where);
    return;
  }
  if (b.has_ticket(suggest.at))
    b.say(suggest.at, b.text(suggest.text, suggest.at, {{"solutions", list}}), suggest.visibility,
          action.where);
}

}  // namespace

void stop_alerts(DecisionBuilder& b) {
  const auto timers = b.state().timers;
  for (const auto& [name, due] : timers) {
    if (name.starts_with(kAlertTimer)) b.fact(TimerStopped{name});
  }
  std::set<SystemName> channels;
  each_action(b.process(), [&](const ActivityId&, const ProcessAction& action) {
    const auto* alert = std::get_if<Alert>(&action.kind);
    if (alert != nullptr) channels.insert(alert->channels.begin(), alert->channels.end());
  });
  for (const SystemName& channel : channels) b.withdraw(channel, "alert");
}

void open_after_all(DecisionBuilder& b, const SystemName& at) {
  const ProcessAction* found = nullptr;
  each_action(b.process(), [&](const ActivityId& activity, const ProcessAction& action) {
    const auto* open = std::get_if<OpenTicket>(&action.kind);
    if (open == nullptr || b.resolve(open->at) != at) return;
    if (found == nullptr || activity == b.state().activity) found = &action;
  });
  if (found == nullptr) return;
  const auto& open = std::get<OpenTicket>(found->kind);
  b.open(at, b.text(open.title, at), b.text(open.text, at), found->where);
}

const Alert* alert_behind(const DecisionBuilder& b, const std::string& timer) {
  if (!timer.starts_with(kAlertTimer)) return nullptr;
  const ActivityId wanted{timer.substr(kAlertTimer.size())};
  const Alert* found = nullptr;
  each_action(b.process(), [&](const ActivityId& at, const ProcessAction& action) {
    const auto* alert = std::get_if<Alert>(&action.kind);
    if (alert != nullptr && found == nullptr && (at == wanted || at.empty())) found = alert;
  });
  return found;
}

void perform(DecisionBuilder& b, const std::vector<ProcessAction>& actions,
             const std::string& said) {
  for (const ProcessAction& action : actions) {
    if (!b.holds(action.when)) {
      b.because("Not done, its condition does not hold: {place}.", {{"place", action.where}}, {},
                Phrase::Kind::condition);
      continue;
    }
    std::visit(Overloaded{
                   [&](const OpenTicket& one) { open(b, one, action); },
                   [&](const Say& one) { say(b, one, action, said); },
                   [&](const MoveTicket& one) { move(b, one, action); },
                   [&](const Alert& one) { raise(b, one, action); },
                   [&](const StopAlert&) { stop_alerts(b); },
                   [&](const Notify& one) { notify(b, one, action, said); },
                   [&](const Broadcast& one) { broadcast(b, one, action, said); },
                   [&](const SuggestSolutions& one) { suggest(b, one, action); },
               },
               action.kind);
  }
}

}  // namespace saksbro::core
