#include "bridge/core/decide/deeds.h"

#include <algorithm>
#include <set>

#include "bridge/core/decide/organisations.h"
#include "bridge/core/model/overloaded.h"
#include "bridge/core/model/ticket_words.h"
#include "bridge/core/model/to_come.h"
#include "bridge/core/sync/adoption.h"
#include "bridge/core/text/text.h"

namespace saksbro::core {
namespace {

constexpr std::string_view kAlertTimer = "alert/";

// Calls `look` for each deed that the process has anywhere, with the activity that it belongs to.
template <class Look>
void each_deed(const Process& process, Look look) {
  const auto all = [&](const ActivityId& at, const std::vector<Deed>& deeds) {
    for (const Deed& deed : deeds) look(at, deed);
  };
  for (const auto& [id, activity] : process.activities) {
    all(id, activity.deeds);
    for (const Transition& transition : activity.transitions) all(id, transition.deeds);
    for (const TimedMove& timed : activity.timed) all(id, timed.move.deeds);
  }
  for (const Transition& transition : process.anywhere) all(ActivityId{}, transition.deeds);
}

void raise(Unfolding& u, const Alert& alert, const Deed& deed) {
  for (const SystemName& channel : alert.channels) u.alert(channel, alert, deed.where);
  if (!alert.repeat) return;
  u.fact(TimerSet{std::string(kAlertTimer) + u.state().activity.text(),
                  u.around().now + *alert.repeat});
}

// The system of a deed; says why nothing is done when the party is not chosen.
std::optional<SystemName> system_of(Unfolding& u, const SystemName& name, const Deed& deed) {
  const auto system = u.resolve(name);
  if (!system)
    u.because("Not done: the case has not chosen who is {party}.", {{"party", name}}, deed.where);
  return system;
}

// Nothing can be done on a ticket that is gone, and no other is made in its place.
bool is_lost(Unfolding& u, const SystemName& at, const Deed& deed) {
  if (!u.is_gone(at)) return false;
  u.because("Not done: the case's ticket in {system} is gone.", {{"system", at}}, deed.where);
  return true;
}

// The systems of a deed. The chosen one may have no ticket yet; of the others only those count that
// have one.
std::vector<SystemName> systems_of(Unfolding& u, const SystemName& name, Which which,
                                   const Deed& deed) {
  std::vector<SystemName> all;
  if (which == Which::chosen) {
    if (const auto one = system_of(u, name, deed)) all.push_back(*one);
    return all;
  }
  const auto chosen = u.resolve(name);
  const auto party = u.process().parties.find(name);
  for (const SystemName& one :
       party == u.process().parties.end() ? std::vector{name} : party->second.systems) {
    if (u.has_ticket(one) && !(which == Which::others && chosen == one)) all.push_back(one);
  }
  return all;
}

void say_at(Unfolding& u, const SystemName& at, const Say& say, const Deed& deed,
            const std::string& said) {
  if (!u.has_ticket(at)) {
    u.because("Nothing is said in {system}: the case has no ticket there.", {{"system", at}},
              deed.where);
    return;
  }
  if (is_lost(u, at, deed)) return;
  u.say(at, u.text(say.text, at, {{"said", said}}), say.visibility, deed.where);
}

void say(Unfolding& u, const Say& say, const Deed& deed, const std::string& said) {
  for (const SystemName& at : systems_of(u, say.at, say.which, deed))
    say_at(u, at, say, deed, said);
}

void open(Unfolding& u, const OpenTicket& open, const Deed& deed) {
  const auto at = system_of(u, open.at, deed);
  if (!at) return u.obstacle(u.mapping().texts.no_party, {{"party", open.at.text()}});
  if (u.is_gone(*at)) u.obstacle(u.mapping().texts.lost_ticket, {{"system", at->text()}});
  if (u.withholds(*at)) u.obstacle(u.mapping().texts.confidential, {});
  if (u.has_ticket(*at)) {
    u.because("No second ticket is opened in {system}: the case has one.", {{"system", *at}},
              deed.where);
    return;
  }
  if (adopts(u, *at, deed.where)) return;
  u.open(*at, u.text(open.title, *at), u.text(open.text, *at), deed.where);
}

void move(Unfolding& u, const MoveTicket& move, const Deed& deed) {
  for (const SystemName& at : systems_of(u, move.at, move.which, deed)) {
    if (!u.has_ticket(at) || is_lost(u, at, deed)) continue;
    if (u.mapping().known_system(at).status_words.contains(move.status)) {
      u.move(at, move.status, deed.where);
    } else {
      u.because("Not moved: {system} has no statuses.", {{"system", at}}, deed.where);
    }
  }
}

void notify(Unfolding& u, const Notify& notify, const Deed& deed, const std::string& said) {
  const auto address = u.value(notify.to);
  if (!address || address->empty()) {
    u.because("Nobody is notified: the case has no \"{value}\".", {{"value", notify.to}},
              deed.where);
    return;
  }
  const Unfolding::Values more{{"said", said}};
  const std::string link = notify.link ? u.value(notify.link->text() + ".url").value_or("") : "";
  u.notify(notify.through,
           {*address, u.text(notify.title, notify.through, more),
            u.text(notify.text, notify.through, more), link, ""},
           deed.where);
}

// --- telling 1st lines

// One broadcast under way: 1st lines that share a ticket are told there once.
struct Telling1stLines {
  const Broadcast& broadcast;
  const Deed& deed;
  std::string said;
  std::map<SystemName, IdempotencyKey> comments;
};

bool is_meant(const Unfolding& u, const Broadcast& broadcast, const Organisation& organisation) {
  switch (broadcast.whom) {
    case Broadcast::Whom::all:
      return true;
    case Broadcast::Whom::own:
      return u.value(u.mapping().organisation_value) == organisation.id;
    case Broadcast::Whom::told:
      return u.state().tellings.contains(organisation.id);
  }
  return false;
}

IdempotencyKey tell_by_comment(Unfolding& u, const Organisation& organisation,
                               Telling1stLines& telling, const Unfolding::Values& more) {
  const auto said = telling.comments.find(organisation.system);
  if (said != telling.comments.end()) return said->second;
  const auto key =
      u.say(organisation.system, u.text(telling.broadcast.text, organisation.system, more),
            Visibility::everyone, telling.deed.where);
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
void reopen(Unfolding& u, const SystemName& at, const Telling1stLines& telling) {
  const auto& status = telling.broadcast.reopen;
  const auto* system = u.mapping().system(at);
  const auto ticket = u.state().tickets.find(at);
  if (!status || system == nullptr || ticket == u.state().tickets.end()) return;
  if (!system->status_words.contains(*status)) return;
  if (is_done_with(u.process(), *system, status_to_come(u.state(), at)))
    u.move(at, *status, telling.deed.where);
}

void tell_organisation(Unfolding& u, const Organisation& organisation, Telling1stLines& telling) {
  const Unfolding::Values more{{"said", telling.said},
                               {"organisation", organisation.name},
                               {"organisation.id", organisation.id}};
  const SystemName& system = organisation.system;
  IdempotencyKey key;
  const bool by_notice = organisation.channel == Organisation::Channel::notice ||
                         (telling.broadcast.by_notice && !organisation.address.empty());
  if (by_notice) {
    const SystemName& channel = organisation.notices;
    key = u.notify(channel,
                   {organisation.address, u.text(telling.broadcast.title, channel, more),
                    u.text(telling.broadcast.text, channel, more),
                    u.desk() ? u.state().tickets.at(*u.desk()).url : "", ""},
                   telling.deed.where);
  } else if (u.has_ticket(system)) {
    if (organisation.channel == Organisation::Channel::ticket) reopen(u, system, telling);
    key = tell_by_comment(u, organisation, telling, more);
  } else if (organisation.channel == Organisation::Channel::ticket) {
    key = u.open(system, u.text(telling.broadcast.title, system, more),
                 u.text(telling.broadcast.text, system, more), telling.deed.where);
  } else {
    u.because("{organisation} cannot be told: the case has no ticket in {system}.",
              {{"organisation", organisation.id}, {"system", system}}, organisation.where);
    return;
  }
  u.fact(OrganisationTold{organisation.id, key});
}

void broadcast(Unfolding& u, const Broadcast& broadcast, const Deed& deed,
               const std::string& said) {
  Telling1stLines telling{broadcast, deed, said, {}};
  bool anybody = false;
  for (const Organisation& organisation : u.mapping().organisations) {
    if (!is_meant(u, broadcast, organisation)) continue;
    anybody = true;
    tell_organisation(u, organisation, telling);
  }
  if (!anybody) u.because("No organisation is told: none is meant.", {}, deed.where);
}

void suggest(Unfolding& u, const SuggestSolutions& suggest, const Deed& deed) {
  const auto own = u.value(u.mapping().organisation_value);
  std::string list;
  for (const SimilarCase& one : u.around().similar) {
    const bool ours = own && !own->empty() && one.organisation == *own;
    if (!ours && !suggest.across_organisations) continue;
    list += (list.empty() ? "" : "\n\n") + one.number.text() + ": " + one.title + "\n" +
            std::string(trimmed(one.solution));
  }
  if (list.empty()) {
    u.because("No solved case is like this one.", {}, deed.where);
    return;
  }
  if (u.has_ticket(suggest.at))
    u.say(suggest.at, u.text(suggest.text, suggest.at, {{"solutions", list}}), suggest.visibility,
          deed.where);
}

}  // namespace

void stop_alerts(Unfolding& u) {
  const auto timers = u.state().timers;
  for (const auto& [name, due] : timers) {
    if (name.starts_with(kAlertTimer)) u.fact(TimerStopped{name});
  }
  std::set<SystemName> channels;
  each_deed(u.process(), [&](const ActivityId&, const Deed& deed) {
    const auto* alert = std::get_if<Alert>(&deed.doing);
    if (alert != nullptr) channels.insert(alert->channels.begin(), alert->channels.end());
  });
  for (const SystemName& channel : channels) u.withdraw(channel, "alert");
}

void open_after_all(Unfolding& u, const SystemName& at) {
  const Deed* found = nullptr;
  each_deed(u.process(), [&](const ActivityId& activity, const Deed& deed) {
    const auto* open = std::get_if<OpenTicket>(&deed.doing);
    if (open == nullptr || u.resolve(open->at) != at) return;
    if (found == nullptr || activity == u.state().activity) found = &deed;
  });
  if (found == nullptr) return;
  const auto& open = std::get<OpenTicket>(found->doing);
  u.open(at, u.text(open.title, at), u.text(open.text, at), found->where);
}

const Alert* alert_behind(const Unfolding& u, const std::string& timer) {
  if (!timer.starts_with(kAlertTimer)) return nullptr;
  const ActivityId wanted{timer.substr(kAlertTimer.size())};
  const Alert* found = nullptr;
  each_deed(u.process(), [&](const ActivityId& at, const Deed& deed) {
    const auto* alert = std::get_if<Alert>(&deed.doing);
    if (alert != nullptr && found == nullptr && (at == wanted || at.empty())) found = alert;
  });
  return found;
}

void perform(Unfolding& u, const std::vector<Deed>& deeds, const std::string& said) {
  for (const Deed& deed : deeds) {
    if (!u.holds(deed.when)) {
      u.because("Not done, its condition does not hold: {place}.", {{"place", deed.where}}, {},
                Phrase::Kind::condition);
      continue;
    }
    std::visit(Overloaded{
                   [&](const OpenTicket& one) { open(u, one, deed); },
                   [&](const Say& one) { say(u, one, deed, said); },
                   [&](const MoveTicket& one) { move(u, one, deed); },
                   [&](const Alert& one) { raise(u, one, deed); },
                   [&](const StopAlert&) { stop_alerts(u); },
                   [&](const Notify& one) { notify(u, one, deed, said); },
                   [&](const Broadcast& one) { broadcast(u, one, deed, said); },
                   [&](const SuggestSolutions& one) { suggest(u, one, deed); },
               },
               deed.doing);
  }
}

}  // namespace saksbro::core
