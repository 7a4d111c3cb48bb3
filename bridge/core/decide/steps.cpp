#include "bridge/core/decide/steps.h"

#include <algorithm>

#include "bridge/core/decide/acted.h"
#include "bridge/core/decide/activity_timers.h"
#include "bridge/core/decide/deviations.h"
#include "bridge/core/decide/given.h"
#include "bridge/core/decide/organisations.h"
#include "bridge/core/decide/process_actions.h"
#include "bridge/core/decide/sync_tickets.h"
#include "bridge/core/model/audience.h"
#include "bridge/core/model/word_titles.h"
#include "bridge/core/speech/translation.h"
#include "bridge/core/sync/numbers.h"
#include "bridge/core/text/text.h"

namespace saksbro::core {
namespace {

// Belt and braces: load already rejects endless `then:` chains.
constexpr int kChainMost = 32;

// None: nothing to keep, what the case has is better.
std::optional<std::string> kept_word(const DecisionBuilder& b, const std::string& source,
                                     const std::string& said) {
  if (source == "text") return said.empty() ? std::nullopt : std::optional(said);
  if (source == "text or nothing") return said;
  if (source == "nothing") return "";
  if (source.starts_with('{') && source.ends_with('}'))
    return b.value(std::string_view(source).substr(1, source.size() - 2));
  return source;
}

// A case that comes to wait for a version again is told of it again.
void wait_for_version(DecisionBuilder& b, const std::string& name, const std::string& value) {
  const auto& release = b.process().release;
  const auto& told = b.state().memory.told_version;
  if (release && release->value == name && told && told->version == value)
    b.remember(VersionTold{value, ""});
}

// What was given in its own field holds against words that merely stand near the move.
bool field_holds(const DecisionBuilder& b, const std::string& name, const SignalEvent& heard) {
  return heard.beside && is_given_in_a_field(b, name);
}

void keep_values(DecisionBuilder& b, const Transition& transition, const SignalEvent& heard) {
  for (const auto& [name, source] : transition.keep) {
    if (is_words(source) && field_holds(b, name, heard)) {
      b.because("\"{value}\" keeps the value of its field: the text only accompanies the move.",
                {{"value", name}}, transition.where);
      continue;
    }
    const auto value = kept_word(b, source, heard.text);
    if (!value) continue;
    if (adopts_number(b, name, *value)) {
      hear_registered(b);
      continue;
    }
    wait_for_version(b, name, *value);
    b.fact(ValueKept{name, listed_word(b.mapping(), b.state().process, name, *value)});
  }
}

bool speaks_of_words(const Words& words) {
  return words.nb.find("{said}") != std::string::npos ||
         words.en.find("{said}") != std::string::npos;
}

bool speaks_of_words(const ProcessAction& action) {
  return std::visit(
      [](const auto& kind) {
        if constexpr (requires { kind.text; }) return speaks_of_words(kind.text);
        return false;
      },
      action.kind);
}

// Whether the words that came with it have a use in this transition.
bool uses_words(const DecisionBuilder& b, const Transition& transition, const SignalEvent& heard) {
  const bool kept = std::any_of(
      transition.keep.begin(), transition.keep.end(),
      [&](const auto& one) { return is_words(one.second) && !field_holds(b, one.first, heard); });
  return kept || std::any_of(transition.actions.begin(), transition.actions.end(),
                             [](const ProcessAction& action) { return speaks_of_words(action); });
}

void give_receipt(DecisionBuilder& b, const Transition& transition, const SignalEvent& heard) {
  if (!transition.receipt) return;
  const std::string organisation = organisation_of(b, heard);
  if (b.state().organisation_receipts.contains(organisation)) {
    b.fact(ReceiptGiven{organisation, *transition.receipt});
  } else {
    b.because(
        organisation.empty()
            ? Sentence("No receipt is stored: the organisation that sent it is unknown.")
            : Sentence("No receipt is stored: {organisation} has not been notified of anything."),
        {{"organisation", organisation}}, transition.where);
  }
}

// Words of an earlier move are no words of this one ("/sak korriger" twice); what stands in a field
// is.
bool has_what_it_needs(const DecisionBuilder& b, const Transition& transition,
                       const SignalEvent& heard) {
  const auto known = b.value(*transition.needs);
  const bool is_known = known && !known->empty();
  if (!takes_words_as(transition, *transition.needs)) return is_known;
  return !heard.text.empty() || (is_known && is_given_in_a_field(b, *transition.needs));
}

// What a move needs, when neither it nor the case has it: it waits for that.
bool must_wait(DecisionBuilder& b, const Transition& transition, const SignalEvent& heard) {
  if (!transition.needs || has_what_it_needs(b, transition, heard)) return false;
  b.because("{how} was received, and waits for the text of \"{value}\".",
            {{"how", heard.how}, {"value", *transition.needs}}, transition.where,
            Phrase::Kind::waits);
  if (b.state().waiting && b.state().waiting->signal == heard.signal) return true;
  if (heard.at.empty()) {
    b.because("Nobody is asked for the text: the case has no ticket to ask on.");
    return true;
  }
  b.fact(SignalDeferred{PendingSignal{heard.signal, heard.at, heard.by, *transition.needs}});
  const auto value = b.process().values.find(*transition.needs);
  const bool titled = value != b.process().values.end() && !value->second.title.nb.empty();
  const std::string need =
      titled ? value->second.title.in(b.language_of(heard.at)) : *transition.needs;
  // Words can be a reply; any other value is filled in where it stands.
  const HouseTexts& texts = b.mapping().texts;
  b.say(heard.at,
        b.text(takes_words_as(transition, *transition.needs) ? texts.need : texts.missing, heard.at,
               {{"need", need}, {"missing", need}}),
        answered_for(b.mapping().known_system(heard.at), heard.visibility), transition.where);
  return true;
}

// Tries the move on a copy. Half a move would leave the case waiting for a ticket that nobody has
// opened, so a move is made with all its actions or not at all.
bool cannot_be_done(DecisionBuilder& b, const Transition& transition, const SignalEvent& heard) {
  DecisionBuilder trial = b;
  take(trial, transition, heard);
  if (trial.obstacles().empty()) return false;
  const DecisionBuilder::Obstacle& first = trial.obstacles().front();
  const std::string why = std::string(trimmed(b.text(*first.why, heard.at, first.values)));
  b.because("Not done: {how}: {why}", {{"how", heard.how}, {"why", why}}, transition.where);
  if (heard.at.empty()) return true;
  const std::string what =
      spoken(heard.how, tongue(b.language_of(heard.at), b.mapping(), b.process()));
  b.say(heard.at, b.text(b.mapping().texts.undoable, heard.at, {{"what", what}, {"why", why}}),
        answered_for(b.mapping().known_system(heard.at), heard.visibility), transition.where);
  return true;
}

// What waits for words is over when it has been said, or when nobody listens for it any more.
void end_waiting_unheard(DecisionBuilder& b, const Signal& heard) {
  const auto& waiting = b.state().waiting;
  if (!waiting) return;
  const auto open = open_transitions(b);
  const bool still_heard = std::any_of(
      open.begin(), open.end(), [&](const Transition* one) { return one->on == waiting->signal; });
  if (waiting->signal == heard || !still_heard) b.fact(SignalDeferred{});
}

void ask_for_missing(DecisionBuilder& b, const Activity& activity) {
  const auto desk = b.desk();
  if (!desk) return;
  std::string missing;
  for (const std::string& name : activity.wants) {
    const auto known = b.value(name);
    if (known && !known->empty()) continue;
    const auto value = b.process().values.find(name);
    const bool titled = value != b.process().values.end() && !value->second.title.nb.empty();
    missing += (missing.empty() ? "" : ", ") +
               (titled ? value->second.title.in(b.language_of(*desk)) : name);
  }
  if (missing.empty()) return;
  b.say(*desk, b.text(b.mapping().texts.missing, *desk, {{"missing", missing}}),
        Visibility::everyone, activity.where);
}

void ask(DecisionBuilder& b, const Question& question) {
  b.remember(QuestionAsked{question.name});
  if (b.has_ticket(question.at))
    b.say(question.at, b.text(question.text, question.at), question.visibility, question.where);
}

// A question that has its answer is not overtaken any more.
void answered(DecisionBuilder& b, const SignalEvent& heard) {
  for (const Question& one : b.process().questions) {
    const bool answers =
        std::find(one.answers.begin(), one.answers.end(), heard.signal) != one.answers.end();
    if (answers && b.state().memory.asked.contains(one.name))
      b.remember(QuestionAnswered{one.name});
  }
}

void arrive(DecisionBuilder& b, const Activity& activity) {
  if (b.state().closed && !activity.ends) b.fact(CaseReopened{});
  if (activity.status && *activity.status != b.state().status) {
    b.fact(StatusChanged{*activity.status});
    show_status(b, *activity.status, activity.where);
  }
  set_timers(b);
  ask_for_missing(b, activity);
  perform(b, activity.actions, "");
  if (activity.question) ask(b, *activity.question);
  if (!activity.ends) return;
  stop_alerts(b);
  b.fact(CaseClosed{});
}

void registered(DecisionBuilder& b, const SystemName& where) {
  for (const Transition* transition : open_transitions(b)) {
    if (transition->on != b.process().registered || !b.holds(transition->when)) continue;
    b.because("The ticket in {system} is registered.", {{"system", where}}, transition->where);
    take(b, *transition, {});
    return;
  }
}

}  // namespace

void take(DecisionBuilder& b, const Transition& transition, const SignalEvent& heard) {
  keep_values(b, transition, heard);
  perform(b, transition.actions, heard.text);
  if (transition.next) enter(b, *transition.next);
}

void enter(DecisionBuilder& b, const ActivityId& id) {
  std::optional<ActivityId> next = id;
  for (int steps = 0; next && steps < kChainMost; ++steps) {
    b.fact(ActivityEntered{*next});
    const Activity& activity = b.activity();
    b.because("Enters {activity.titled}.", {{"activity.titled", *next}}, activity.where);
    arrive(b, activity);
    const auto onward = std::find_if(activity.then.begin(), activity.then.end(),
                                     [&](const Onward& one) { return b.holds(one.when); });
    next = onward == activity.then.end() ? std::nullopt : std::optional(onward->next);
  }
}

Hearing hear(DecisionBuilder& b, const SignalEvent& heard) {
  bool other_role_may = false;
  for (const Transition* transition : open_transitions(b)) {
    if (transition->on != heard.signal || !b.holds(transition->when)) continue;
    if (!allows(*transition, heard.role)) {
      other_role_may = true;
      continue;
    }
    if (must_wait(b, *transition, heard)) return Hearing::waits;
    if (cannot_be_done(b, *transition, heard)) return Hearing::refused;
    b.because("{how} by {role} means \"{signal}\" at {activity}.",
              {{"how", heard.how},
               {"role", heard.role},
               {"signal", heard.signal},
               {"activity", b.state().activity}},
              transition->where);
    b.fact(SignalHeard{heard.signal, heard.at, heard.role, heard.by, heard.text});
    const bool for_one = tells_an_organisation(b.mapping(), heard.at);
    b.speaks(heard.by, heard.role, for_one ? organisation_of(b, heard) : heard.organisation);
    end_deviation(b, heard);
    answered(b, heard);
    const bool used = heard.text.empty() || uses_words(b, *transition, heard);
    const auto said_before = b.desk() ? b.comments_in(*b.desk()) : 0;
    give_receipt(b, *transition, heard);
    take(b, *transition, heard);
    end_waiting_unheard(b, heard.signal);
    leave_a_word(b, *transition, heard, said_before);
    return used ? Hearing::taken : Hearing::without_words;
  }
  not_possible(b, heard, other_role_may);
  return Hearing::refused;
}

void hear_registered(DecisionBuilder& b) {
  for (const SystemName& where : b.take_registered()) registered(b, where);
}

}  // namespace saksbro::core
