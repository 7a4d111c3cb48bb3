#include "bridge/core/decide/steps.h"

#include <algorithm>

#include "bridge/core/decide/acted.h"
#include "bridge/core/decide/activity_timers.h"
#include "bridge/core/decide/deeds.h"
#include "bridge/core/decide/deviations.h"
#include "bridge/core/decide/given.h"
#include "bridge/core/decide/organisations.h"
#include "bridge/core/decide/shown.h"
#include "bridge/core/model/audience.h"
#include "bridge/core/model/memory.h"
#include "bridge/core/speech/translation.h"
#include "bridge/core/sync/numbers.h"
#include "bridge/core/text/text.h"

namespace saksbro::core {
namespace {

constexpr int kChainMost =
    32;  // load refuses endless `then:` chains; this is the belt to that brace

// None: nothing to keep, what the case has is better.
std::optional<std::string> kept_word(const Unfolding& u, const std::string& source,
                                     const std::string& said) {
  if (source == "text") return said.empty() ? std::nullopt : std::optional(said);
  if (source == "text or nothing") return said;
  if (source == "nothing") return "";
  if (source.starts_with('{') && source.ends_with('}'))
    return u.value(std::string_view(source).substr(1, source.size() - 2));
  return source;
}

// A case that comes to wait for a version again is told of it again.
void wait_for_version(Unfolding& u, const std::string& name, const std::string& value) {
  const auto& release = u.process().release;
  const std::string told = told_of_version(value);
  if (release && release->value == name && u.state().values.contains(told))
    u.fact(ValueKept{told, ""});
}

// What was given in its own field holds against words that merely stand near the move.
bool field_holds(const Unfolding& u, const std::string& name, const Heard& heard) {
  return heard.beside && is_given_in_a_field(u, name);
}

void keep_values(Unfolding& u, const Transition& transition, const Heard& heard) {
  for (const auto& [name, source] : transition.keep) {
    if (is_words(source) && field_holds(u, name, heard)) {
      u.because("\"{value}\" stays what its field says: the words stand beside the move.",
                {{"value", name}}, transition.where);
      continue;
    }
    const auto value = kept_word(u, source, heard.text);
    if (!value) continue;
    if (adopts_number(u, name, *value)) {
      hear_registered(u);
      continue;
    }
    wait_for_version(u, name, *value);
    u.fact(ValueKept{name, *value});
  }
}

bool speaks_of_words(const Words& words) {
  return words.nb.find("{said}") != std::string::npos ||
         words.en.find("{said}") != std::string::npos;
}

bool speaks_of_words(const Deed& deed) {
  return std::visit(
      [](const auto& doing) {
        if constexpr (requires { doing.text; }) return speaks_of_words(doing.text);
        return false;
      },
      deed.doing);
}

// Whether the words that came with it have a use in this transition.
bool uses_words(const Unfolding& u, const Transition& transition, const Heard& heard) {
  const bool kept = std::any_of(
      transition.keep.begin(), transition.keep.end(),
      [&](const auto& one) { return is_words(one.second) && !field_holds(u, one.first, heard); });
  return kept || std::any_of(transition.deeds.begin(), transition.deeds.end(),
                             [](const Deed& deed) { return speaks_of_words(deed); });
}

void give_receipt(Unfolding& u, const Transition& transition, const Heard& heard) {
  if (!transition.receipt) return;
  const std::string organisation = organisation_of(u, heard);
  if (u.state().tellings.contains(organisation)) {
    u.fact(ReceiptGiven{organisation, *transition.receipt});
  } else {
    u.because(organisation.empty() ? Sentence("No receipt is kept: it is not known which "
                                              "organisation this is from.")
                                   : Sentence("No receipt is kept: {organisation} has not been "
                                              "told anything."),
              {{"organisation", organisation}}, transition.where);
  }
}

// Words of an earlier move are no words of this one ("/sak korriger" twice); what stands in a field
// is.
bool has_what_it_needs(const Unfolding& u, const Transition& transition, const Heard& heard) {
  const auto known = u.value(*transition.needs);
  const bool is_known = known && !known->empty();
  if (!takes_words_as(transition, *transition.needs)) return is_known;
  return !heard.text.empty() || (is_known && is_given_in_a_field(u, *transition.needs));
}

// What a move needs, when neither it nor the case has it: it waits for that.
bool must_wait(Unfolding& u, const Transition& transition, const Heard& heard) {
  if (!transition.needs || has_what_it_needs(u, transition, heard)) return false;
  u.because("{how} was heard, and waits for the words of \"{value}\".",
            {{"how", heard.how}, {"value", *transition.needs}}, transition.where);
  if (u.state().waiting && u.state().waiting->signal == heard.signal) return true;
  if (heard.at.empty()) {
    u.because("Nobody is asked for them: the case has no ticket to ask on.");
    return true;
  }
  u.fact(Waited{Waiting{heard.signal, heard.at, heard.by, *transition.needs}});
  const auto value = u.process().values.find(*transition.needs);
  const bool titled = value != u.process().values.end() && !value->second.title.nb.empty();
  const std::string need =
      titled ? value->second.title.in(u.language_of(heard.at)) : *transition.needs;
  // Words can be a reply; any other value is filled in where it stands.
  const HouseTexts& texts = u.mapping().texts;
  u.say(heard.at,
        u.text(takes_words_as(transition, *transition.needs) ? texts.need : texts.missing, heard.at,
               {{"need", need}, {"missing", need}}),
        answered_for(u.mapping().known_system(heard.at), heard.visibility), transition.where);
  return true;
}

// Tries the move on a copy. Half a move would leave the case waiting for a ticket that nobody has
// opened, so a move is made with all its deeds or not at all.
bool cannot_be_done(Unfolding& u, const Transition& transition, const Heard& heard) {
  Unfolding trial = u;
  take(trial, transition, heard);
  if (trial.obstacles().empty()) return false;
  const Unfolding::Obstacle& first = trial.obstacles().front();
  const std::string why = std::string(trimmed(u.text(*first.why, heard.at, first.values)));
  u.because("Not done: {how}: {why}", {{"how", heard.how}, {"why", why}}, transition.where);
  if (heard.at.empty()) return true;
  const std::string what =
      spoken(heard.how, tongue(u.language_of(heard.at), u.mapping(), u.process()));
  u.say(heard.at, u.text(u.mapping().texts.undoable, heard.at, {{"what", what}, {"why", why}}),
        answered_for(u.mapping().known_system(heard.at), heard.visibility), transition.where);
  return true;
}

// What waits for words is over when it has been said, or when nobody listens for it any more.
void end_waiting_unheard(Unfolding& u, const Signal& heard) {
  const auto& waiting = u.state().waiting;
  if (!waiting) return;
  const auto open = open_transitions(u);
  const bool still_heard = std::any_of(
      open.begin(), open.end(), [&](const Transition* one) { return one->on == waiting->signal; });
  if (waiting->signal == heard || !still_heard) u.fact(Waited{});
}

void ask_for_missing(Unfolding& u, const Activity& activity) {
  const auto desk = u.desk();
  if (!desk) return;
  std::string missing;
  for (const std::string& name : activity.wants) {
    const auto known = u.value(name);
    if (known && !known->empty()) continue;
    const auto value = u.process().values.find(name);
    const bool titled = value != u.process().values.end() && !value->second.title.nb.empty();
    missing += (missing.empty() ? "" : ", ") +
               (titled ? value->second.title.in(u.language_of(*desk)) : name);
  }
  if (missing.empty()) return;
  u.say(*desk, u.text(u.mapping().texts.missing, *desk, {{"missing", missing}}),
        Visibility::everyone, activity.where);
}

void ask(Unfolding& u, const Question& question) {
  u.fact(ValueKept{asked(question.name), "yes"});
  if (u.has_ticket(question.at))
    u.say(question.at, u.text(question.text, question.at), question.visibility, question.where);
}

// A question that has its answer is not overtaken any more.
void answered(Unfolding& u, const Heard& heard) {
  for (const Question& one : u.process().questions) {
    const bool answers =
        std::find(one.answers.begin(), one.answers.end(), heard.signal) != one.answers.end();
    if (answers && u.value(asked(one.name)) == "yes") u.fact(ValueKept{asked(one.name), ""});
  }
}

void arrive(Unfolding& u, const Activity& activity) {
  if (u.state().closed && !activity.ends) u.fact(CaseReopened{});
  if (activity.status && *activity.status != u.state().status) {
    u.fact(StatusChanged{*activity.status});
    show_status(u, *activity.status, activity.where);
  }
  set_timers(u);
  ask_for_missing(u, activity);
  perform(u, activity.deeds, "");
  if (activity.question) ask(u, *activity.question);
  if (!activity.ends) return;
  stop_alerts(u);
  u.fact(CaseClosed{});
}

void registered(Unfolding& u, const SystemName& where) {
  for (const Transition* transition : open_transitions(u)) {
    if (transition->on != u.process().registered || !u.holds(transition->when)) continue;
    u.because("The ticket in {system} is registered.", {{"system", where}}, transition->where);
    take(u, *transition, {});
    return;
  }
}

}  // namespace

void take(Unfolding& u, const Transition& transition, const Heard& heard) {
  keep_values(u, transition, heard);
  perform(u, transition.deeds, heard.text);
  if (transition.next) enter(u, *transition.next);
}

void enter(Unfolding& u, const ActivityId& id) {
  std::optional<ActivityId> next = id;
  for (int steps = 0; next && steps < kChainMost; ++steps) {
    u.fact(ActivityEntered{*next});
    const Activity& activity = u.activity();
    u.because("Enters {activity.titled}.", {{"activity.titled", *next}}, activity.where);
    arrive(u, activity);
    const auto onward = std::find_if(activity.then.begin(), activity.then.end(),
                                     [&](const Onward& one) { return u.holds(one.when); });
    next = onward == activity.then.end() ? std::nullopt : std::optional(onward->next);
  }
}

Hearing hear(Unfolding& u, const Heard& heard) {
  bool other_role_may = false;
  for (const Transition* transition : open_transitions(u)) {
    if (transition->on != heard.signal || !u.holds(transition->when)) continue;
    if (!allows(*transition, heard.role)) {
      other_role_may = true;
      continue;
    }
    if (must_wait(u, *transition, heard)) return Hearing::waits;
    if (cannot_be_done(u, *transition, heard)) return Hearing::refused;
    u.because("{how} by {role} means \"{signal}\" at {activity}.",
              {{"how", heard.how},
               {"role", heard.role},
               {"signal", heard.signal},
               {"activity", u.state().activity}},
              transition->where);
    u.fact(SignalHeard{heard.signal, heard.at, heard.role, heard.by, heard.text});
    const bool for_one = tells_an_organisation(u.mapping(), heard.at);
    u.speaks(heard.by, heard.role, for_one ? organisation_of(u, heard) : heard.organisation);
    end_deviation(u, heard);
    answered(u, heard);
    const bool used = heard.text.empty() || uses_words(u, *transition, heard);
    const auto said_before = u.desk() ? u.comments_in(*u.desk()) : 0;
    give_receipt(u, *transition, heard);
    take(u, *transition, heard);
    end_waiting_unheard(u, heard.signal);
    leave_a_word(u, *transition, heard, said_before);
    return used ? Hearing::taken : Hearing::without_words;
  }
  not_possible(u, heard, other_role_may);
  return Hearing::refused;
}

void hear_registered(Unfolding& u) {
  for (const SystemName& where : u.take_registered()) registered(u, where);
}

}  // namespace saksbro::core
