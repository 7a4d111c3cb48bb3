#include "bridge/core/decide/deviations.h"

#include <algorithm>

#include "bridge/core/decide/help.h"
#include "bridge/core/decide/unheard.h"
#include "bridge/core/model/audience.h"
#include "bridge/core/model/ticket_words.h"
#include "bridge/core/speech/translation.h"
#include "bridge/core/text/text.h"

namespace saksbro::core {
namespace {

// What was done there, as hear_status() and hear_field() tell it; "" for none.
std::string argument(const Phrase& how, std::string_view name) {
  const auto found = how.args.find(name);
  return found == how.args.end() ? "" : found->second.words;
}

bool is_put_right(const Phrase& how, const TicketChange& news) {
  return news.kind == TicketChange::Kind::field && argument(how, "field") == news.attribute &&
         argument(how, "word") != news.value;
}

void answer_not_now(DecisionBuilder& b, const SignalEvent& heard) {
  if (heard.at.empty()) return;  // said by a link, and the case has no ticket to answer on
  const SystemMapping& system = b.mapping().known_system(heard.at);
  const auto& texts = b.mapping().texts;
  const std::string others = who_may(b, heard.signal, system.language);
  b.say(heard.at,
        b.text(others.empty() ? texts.not_now : texts.not_yours, heard.at,
               {{"roles", others},
                {"command", heard.typed.substr(heard.typed.find(' ') + 1)},
                {"activity", b.state().activity.text()},
                {"possible", possible_now(b, heard.at, heard.role)}}),
        answered_for(system, heard.visibility), system.where);
}

// As it was: a status is the case's, a field what stood there before.
void take_back(DecisionBuilder& b, const SignalEvent& heard) {
  if (heard.at.empty()) return;
  const SystemMapping& system = b.mapping().known_system(heard.at);
  if (heard.attribute == kStatusAttribute) {
    const auto was = system.status_from(heard.from);
    const Status status = system.follows_status || !was ? b.state().status : *was;
    if (system.status_words.contains(status)) b.move(heard.at, status, system.where);
  } else if (!heard.attribute.empty()) {
    for (const ReadField& read : system.reads) {
      if (read.field == heard.attribute)
        b.fact(ValueKept{read.value, our_word(b.mapping(), b.state(), read, heard.from)});
    }
    b.write_field(heard.at, heard.attribute, heard.from, system.where);
  }
}

// Everybody who sees the move sees why it did not last. A command is answered anyway.
void tell_taken_back(DecisionBuilder& b, const SignalEvent& heard, const Phrase& how) {
  if (heard.at.empty()) return;
  const auto& texts = b.mapping().texts;
  const SystemMapping& system = b.mapping().known_system(heard.at);
  const auto reason = b.process().reverted_because.find(heard.signal);
  const DecisionBuilder::Values activity{{"activity", b.state().activity.text()}};
  const std::string why =
      b.text(reason == b.process().reverted_because.end() ? texts.not_allowed : reason->second,
             heard.at, activity);
  const Tongue language = tongue(b.language_of(heard.at), b.mapping(), b.process());
  b.say(heard.at,
        b.text(texts.taken_back, heard.at,
               {{"how", spoken(how, language)}, {"why", std::string(trimmed(why))}}),
        answered_for(system, heard.visibility), system.where);
}

// A question was asked, and time has answered it before this role did.
bool comes_too_late(const DecisionBuilder& b, const SignalEvent& heard) {
  for (const Question& one : b.process().questions) {
    const bool answers =
        std::find(one.answers.begin(), one.answers.end(), heard.signal) != one.answers.end();
    if (answers && one.of == heard.role && b.state().memory.asked.contains(one.name)) return true;
  }
  return false;
}

void answer_too_late(DecisionBuilder& b, const SignalEvent& heard) {
  if (heard.at.empty()) return;
  const SystemMapping& system = b.mapping().known_system(heard.at);
  b.say(heard.at,
        b.text(b.mapping().texts.too_late, heard.at,
               {{"command", heard.typed.substr(heard.typed.find(' ') + 1)},
                {"activity", b.state().activity.text() + " " +
                                 b.activity().title.in(b.language_of(heard.at))}}),
        answered_for(system, heard.visibility), system.where);
}

Treatment treatment_of(const Process& process, const Signal& signal) {
  const auto rule = process.deviations.find(signal.empty() ? Signal{kStatusAttribute} : signal);
  return rule == process.deviations.end() ? process.deviation : rule->second;
}

// The words that came with a command stay where they were written: everybody at the desk reads the
// case note.
Phrase how_without_words(const SignalEvent& heard) {
  const std::string_view how = trimmed(heard.typed);
  const std::string words = heard.text.substr(0, heard.text.find('\n'));
  if (!heard.command || words.empty() || !how.ends_with(words)) return heard.how;
  return std::string(trimmed(how.substr(0, how.size() - words.size())));
}

Phrase what_is_not_possible(const DecisionBuilder& b, const SignalEvent& heard, const Phrase& how) {
  return {heard.signal.empty()
              ? Sentence("{how} by {role} is not possible at {activity}")
              : Sentence("{how} (\"{signal}\") by {role} is not possible at {activity}"),
          {{"how", how},
           {"signal", heard.signal},
           {"role", heard.role},
           {"activity", b.state().activity}}};
}

Sentence became(Treatment treatment, bool other_role_may) {
  switch (treatment) {
    case Treatment::allow:
      return other_role_may
                 ? Sentence("{what}: another role decides that there. The change is left as it is.")
                 : Sentence("{what}, and is left as it is.");
    case Treatment::revert:
      return other_role_may
                 ? Sentence("{what}: another role decides that there. The change is taken back.")
                 : Sentence("{what}, and is taken back.");
    case Treatment::flag:
      break;
  }
  return other_role_may ? Sentence("{what}: another role decides that there.")
                        : Sentence("{what}.");
}

}  // namespace

void not_possible(DecisionBuilder& b, const SignalEvent& heard, bool other_role_may) {
  const Phrase how = how_without_words(heard);
  const Phrase what = what_is_not_possible(b, heard, how);
  if (!heard.explicit_move) {
    b.because("Nothing to do: {what}.", {{"what", what}});
    return;
  }
  if (b.state().closed) {
    b.because("The case is closed: {what}.", {{"what", what}});
    if (heard.command) answer_not_now(b, heard);
    return;
  }
  if (comes_too_late(b, heard)) {
    b.because("{what}. This is not a deviation: the case moved on before the answer came.",
              {{"what", what}});
    if (heard.command) answer_too_late(b, heard);
    return;
  }
  keep_unheard(b, heard);
  const Treatment treatment = treatment_of(b.process(), heard.signal);
  b.because(became(treatment, other_role_may), {{"what", what}}, b.activity().where);
  if (treatment == Treatment::allow) return;
  b.fact(DeviationNoted{heard.at, heard.by, heard.role, heard.signal, how, what});
  if (treatment == Treatment::revert) take_back(b, heard);
  if (heard.command) {
    answer_not_now(b, heard);
  } else if (treatment == Treatment::revert) {
    tell_taken_back(b, heard, how);
  }
}

void end_deviation(DecisionBuilder& b, const SignalEvent& heard) {
  if (heard.explicit_move && b.state().deviations.contains(heard.at))
    b.fact(DeviationEnded{heard.at});
}

void end_deviation(DecisionBuilder& b, const Ticket& ticket,
                   const std::vector<AttributedChange>& news) {
  const auto found = b.state().deviations.find(b.at());
  if (found == b.state().deviations.end()) return;
  const SystemMapping& system = b.mapping().known_system(b.at());
  const Phrase& how = found->second;
  const bool is_status = !argument(how, "word").empty() && argument(how, "field").empty();
  const bool status_is_right =
      system.follows_status && is_status && system.status_from(ticket.status) == b.state().status;
  const bool field_is_other =
      std::any_of(news.begin(), news.end(),
                  [&](const AttributedChange& one) { return is_put_right(how, one.change); });
  if (status_is_right || field_is_other) b.fact(DeviationEnded{b.at()});
}

}  // namespace saksbro::core
