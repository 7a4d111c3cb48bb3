#include "bridge/core/deviations.h"

#include "bridge/core/signals.h"
#include "bridge/core/text.h"
#include "bridge/core/unheard.h"

namespace saksbro::core {
namespace {

void answer_not_now(Unfolding& u, const Heard& heard) {
  if (heard.at.empty()) return;  // said by a link, and the case has no ticket to answer on
  const SystemMapping& system = u.mapping().known_system(heard.at);
  const auto& texts = u.mapping().texts;
  u.say(heard.at,
        u.text(texts.not_now, heard.at,
               {{"command", heard.typed.substr(heard.typed.find(' ') + 1)},
                {"activity", u.state().activity.text()},
                {"possible", possible_now(u, heard.at, heard.role)}}),
        answered_for(system, heard.visibility), system.where);
}

// As it was: a status is the case's, a field what stood there before.
void take_back(Unfolding& u, const Heard& heard) {
  if (heard.at.empty()) return;
  const SystemMapping& system = u.mapping().known_system(heard.at);
  if (heard.attribute == kStatusAttribute) {
    const auto was = system.status_from(heard.from);
    const Status status = system.follows_status || !was ? u.state().status : *was;
    if (system.status_words.contains(status)) u.move(heard.at, status, system.where);
  } else if (!heard.attribute.empty()) {
    for (const ReadField& read : system.reads) {
      if (read.field == heard.attribute) u.fact(ValueKept{read.value, our_word(read, heard.from)});
    }
    u.write_field(heard.at, heard.attribute, heard.from, system.where);
  }
}

Treatment treatment_of(const Process& process, const Signal& signal) {
  const auto rule = process.deviations.find(signal.empty() ? Signal{kStatusAttribute} : signal);
  return rule == process.deviations.end() ? process.deviation : rule->second;
}

// The words that came with a command stay where they were written: everybody at the desk reads the
// case note.
Phrase how_without_words(const Heard& heard) {
  const std::string_view how = trimmed(heard.typed);
  const std::string words = heard.text.substr(0, heard.text.find('\n'));
  if (!heard.command || words.empty() || !how.ends_with(words)) return heard.how;
  return std::string(trimmed(how.substr(0, how.size() - words.size())));
}

Phrase what_is_not_possible(const Unfolding& u, const Heard& heard, const Phrase& how) {
  return {heard.signal.empty()
              ? Sentence("{how} by {role} is not possible at {activity}")
              : Sentence("{how} (\"{signal}\") by {role} is not possible at {activity}"),
          {{"how", how},
           {"signal", heard.signal},
           {"role", heard.role},
           {"activity", u.state().activity}}};
}

Sentence became(Treatment treatment, bool other_role_may) {
  switch (treatment) {
    case Treatment::allow:
      return other_role_may ? Sentence("{what}: another role decides that there, and is let be.")
                            : Sentence("{what}, and is let be.");
    case Treatment::revert:
      return other_role_may
                 ? Sentence("{what}: another role decides that there, and is taken back.")
                 : Sentence("{what}, and is taken back.");
    case Treatment::flag:
      break;
  }
  return other_role_may ? Sentence("{what}: another role decides that there.")
                        : Sentence("{what}.");
}

}  // namespace

void not_possible(Unfolding& u, const Heard& heard, bool other_role_may) {
  const Phrase how = how_without_words(heard);
  const Phrase what = what_is_not_possible(u, heard, how);
  if (!heard.explicit_move) {
    u.because("Nothing to do: {what}.", {{"what", what}});
    return;
  }
  if (u.state().closed) {
    u.because("The case is closed: {what}.", {{"what", what}});
    if (heard.command) answer_not_now(u, heard);
    return;
  }
  keep_unheard(u, heard);
  const Treatment treatment = treatment_of(u.process(), heard.signal);
  u.because(became(treatment, other_role_may), {{"what", what}}, u.activity().where);
  if (treatment == Treatment::allow) return;
  u.fact(DeviationNoted{heard.at, heard.by, heard.role, heard.signal, how, what});
  if (treatment == Treatment::revert) take_back(u, heard);
  if (heard.command) answer_not_now(u, heard);
}

}  // namespace saksbro::core
