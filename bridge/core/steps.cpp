#include "bridge/core/steps.h"

#include <algorithm>
#include <set>

#include "bridge/core/text.h"

namespace saksbro::core {
namespace {

constexpr int kChainMost =
    32;  // load refuses endless `then:` chains; this is the belt to that brace
constexpr const char* kRegistered = "registrert";

template <class... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};

std::string alert_timer(const ActivityId& activity) { return "alert/" + activity.text(); }

void raise(Unfolding& u, const Alert& alert, const Deed& deed) {
  for (const SystemName& channel : alert.channels) {
    u.alert(channel, alert, deed.where);
  }
  if (alert.repeat) {
    u.fact(TimerSet{alert_timer(u.state().activity), u.around().now + *alert.repeat});
  }
}

std::set<SystemName> alert_channels(const Process& process) {
  std::set<SystemName> channels;
  const auto add = [&](const std::vector<Deed>& deeds) {
    for (const Deed& deed : deeds) {
      const auto* alert = std::get_if<Alert>(&deed.doing);
      if (alert != nullptr) channels.insert(alert->channels.begin(), alert->channels.end());
    }
  };
  for (const auto& [id, activity] : process.activities) {
    add(activity.deeds);
    for (const Transition& transition : activity.transitions) add(transition.deeds);
  }
  return channels;
}

void stop_alerts(Unfolding& u) {
  const auto timers = u.state().timers;
  for (const auto& [name, due] : timers) {
    if (name.starts_with("alert/")) u.fact(TimerStopped{name});
  }
  for (const SystemName& channel : alert_channels(u.process())) u.withdraw(channel, "alert");
}

void say(Unfolding& u, const Say& say, const Deed& deed, const std::string& said) {
  if (!u.has_ticket(say.at)) {
    u.because("Nothing is said in " + say.at.text() + ": the case has no ticket there (" +
              deed.where + ").");
    return;
  }
  u.say(say.at, u.text(say.text, say.at, said), say.visibility, deed.where);
}

void open(Unfolding& u, const OpenTicket& open, const Deed& deed) {
  if (u.has_ticket(open.at)) {
    u.because("No second ticket is opened in " + open.at.text() + ": the case has one (" +
              deed.where + ").");
    return;
  }
  u.open(open.at, u.text(open.title, open.at), u.text(open.text, open.at), deed.where);
}

// The status that the ticket will show when all that we have sent is done.
std::string status_to_come(const Case& state, const SystemName& at) {
  for (const Intent& intent : state.intents) {
    if (intent.at == at && intent.attribute == kStatusAttribute) return intent.values.back();
  }
  return state.tickets.at(at).status;
}

void take(Unfolding& u, const Transition& transition, const std::string& said) {
  for (const auto& [name, source] : transition.keep) {
    if (source == "text" && said.empty()) continue;  // what the case has is better than nothing
    u.fact(ValueKept{name, source == "text" ? said : source});
  }
  perform(u, transition.deeds, said);
  if (transition.next) enter(u, *transition.next);
}

// The words that a move needs, when neither it nor the case has them: it waits for them.
bool must_wait(Unfolding& u, const Transition& transition, const Heard& heard) {
  if (!transition.needs || !heard.text.empty()) return false;
  const auto known = u.value(*transition.needs);
  if (known && !known->empty()) return false;
  u.because(heard.how + " was heard, and waits for the words of \"" + *transition.needs + "\" (" +
            transition.where + ").");
  if (u.state().waiting && u.state().waiting->signal == heard.signal) return true;
  u.fact(Waited{Waiting{heard.signal, heard.at, heard.by, *transition.needs}});
  const Words& words = u.mapping().texts.need;
  const SystemMapping& system = *u.mapping().system(heard.at);
  u.say(heard.at,
        fill(words.in(system.language),
             [&](std::string_view) { return std::optional<std::string>(*transition.needs); }),
        Visibility::internal, transition.where);
  return true;
}

void answer_not_now(Unfolding& u, const Heard& heard) {
  const SystemMapping& system = *u.mapping().system(heard.at);
  const std::string possible = possible_now(u, heard.at, heard.role);
  u.say(heard.at,
        fill(u.mapping().texts.not_now.in(system.language),
             [&](std::string_view name) -> std::optional<std::string> {
               if (name == "command") return heard.how.substr(heard.how.find(' ') + 1);
               if (name == "activity") return u.state().activity.text();
               return possible;
             }),
        Visibility::internal, system.where);
}

// What waits for words is over when it has been said, or when nobody listens for it any more.
void end_waiting(Unfolding& u, const Signal& heard) {
  const auto& waiting = u.state().waiting;
  if (!waiting) return;
  const auto& transitions = u.activity().transitions;
  const bool still_heard =
      std::any_of(transitions.begin(), transitions.end(),
                  [&](const Transition& one) { return one.on == waiting->signal; });
  if (waiting->signal == heard || !still_heard) u.fact(Waited{});
}

void not_possible(Unfolding& u, const Heard& heard, bool other_role_may) {
  const std::string what = heard.how + " (\"" + heard.signal.text() + "\") by " +
                           heard.role.text() + " is not possible at " + u.state().activity.text();
  if (!heard.explicit_move) {
    u.because("Nothing to do: " + what + ".");
    return;
  }
  u.because(what + (other_role_may ? ": another role decides that there" : "") + " (" +
            u.activity().where + ").");
  u.fact(DeviationNoted{heard.at, heard.by, what});
  if (heard.command) answer_not_now(u, heard);
}

}  // namespace

bool allows(const Transition& transition, const Role& role) {
  return std::find(transition.by.begin(), transition.by.end(), role) != transition.by.end();
}

void show_status(Unfolding& u, const Status& status, std::string_view where) {
  for (const auto& [name, system] : u.mapping().systems) {
    if (!system.follows_status || !u.has_ticket(name)) continue;
    const auto ticket = u.state().tickets.find(name);
    if (ticket == u.state().tickets.end()) continue;  // shown when it is registered
    const std::string& word = system.status_words.at(status);
    if (status_to_come(u.state(), name) != word) {
      u.move(name, status, where);
    } else if (ticket->second.status == word) {
      // A dead letter of an older status must not come back over what a person has set.
      u.withdraw(name, "status");
    }
  }
}

void perform(Unfolding& u, const std::vector<Deed>& deeds, const std::string& said) {
  for (const Deed& deed : deeds) {
    if (!u.holds(deed.when)) {
      u.because("Not done, its condition does not hold: " + deed.where + ".");
      continue;
    }
    std::visit(Overloaded{
                   [&](const OpenTicket& one) { open(u, one, deed); },
                   [&](const Say& one) { say(u, one, deed, said); },
                   [&](const MoveTicket& one) {
                     if (u.has_ticket(one.at)) u.move(one.at, one.status, deed.where);
                   },
                   [&](const Alert& one) { raise(u, one, deed); },
                   [&](const StopAlert&) { stop_alerts(u); },
               },
               deed.doing);
  }
}

void enter(Unfolding& u, const ActivityId& id) {
  std::optional<ActivityId> next = id;
  for (int steps = 0; next && steps < kChainMost; ++steps) {
    u.fact(ActivityEntered{*next});
    const Activity& activity = u.activity();
    u.because("Enters " + next->text() + " (" + activity.where + ").");
    if (activity.status && *activity.status != u.state().status) {
      u.fact(StatusChanged{*activity.status});
      show_status(u, *activity.status, activity.where);
    }
    perform(u, activity.deeds, "");
    if (activity.ends) {
      stop_alerts(u);
      u.fact(CaseClosed{});
    }
    next = activity.then;
  }
}

bool hear(Unfolding& u, const Heard& heard) {
  bool other_role_may = false;
  for (const Transition& transition : u.activity().transitions) {
    if (transition.on != heard.signal || !u.holds(transition.when)) continue;
    if (!allows(transition, heard.role)) {
      other_role_may = true;
      continue;
    }
    if (must_wait(u, transition, heard)) return true;
    u.because(heard.how + " by " + heard.role.text() + " means \"" + heard.signal.text() +
              "\" at " + u.state().activity.text() + " (" + transition.where + ").");
    u.fact(SignalHeard{heard.signal, heard.at, heard.role, heard.by, heard.text});
    take(u, transition, heard.text);
    end_waiting(u, heard.signal);
    return true;
  }
  not_possible(u, heard, other_role_may);
  return false;
}

void registered(Unfolding& u, const SystemName& where) {
  for (const Transition& transition : u.activity().transitions) {
    if (transition.on.text() != kRegistered || !u.holds(transition.when)) continue;
    u.because("The ticket in " + where.text() + " is registered (" + transition.where + ").");
    take(u, transition, "");
    return;
  }
}

std::string possible_now(const Unfolding& u, const SystemName& at, const Role& role) {
  const SystemMapping& system = *u.mapping().system(at);
  std::string possible;
  for (const Transition& transition : u.activity().transitions) {
    const auto cues = system.signals.find(transition.on);
    if (!allows(transition, role) || cues == system.signals.end()) continue;
    for (const Cue& cue : cues->second) {
      if (cue.kind != Cue::Kind::command) continue;
      possible += (possible.empty() ? "/sak " : ", /sak ") + cue.what;
      break;
    }
  }
  return possible.empty() ? u.mapping().texts.nothing.in(system.language) : possible;
}

void keep_fields_true(Unfolding& u) {
  for (const auto& [name, system] : u.mapping().systems) {
    const auto ticket = u.state().tickets.find(name);
    if (ticket == u.state().tickets.end()) continue;
    for (const WrittenField& written : system.writes) {
      const auto value = u.value(written.value);
      const std::string memory = "written/" + name.text() + "/" + written.field;
      const auto before = u.state().values.find(memory);
      if (!value || value->empty()) continue;
      if (before != u.state().values.end() && before->second == *value) continue;
      u.fact(ValueKept{memory, *value});
      u.write_field(name, written.field, *value, written.where);
    }
  }
}

}  // namespace saksbro::core
