#include "bridge/core/decide/acted.h"

#include "bridge/core/decide/organisations.h"

namespace saksbro::core {
namespace {

// A receipt or an acknowledgement is the desk's own matter; what moves the case is for all who
// follow it.
Visibility readers_of(const Transition& transition) {
  const bool moves = !transition.keep.empty() || transition.next.has_value();
  return moves && !transition.receipt ? Visibility::everyone : Visibility::internal;
}

Unfolding::Values values_of(const Unfolding& u, const Heard& heard, const SystemMapping& desk) {
  const SystemMapping* there = u.mapping().system(heard.at);
  return {{"who", u.who_speaks(desk.language)},
          {"answer", words_for(desk, heard.signal)},
          {"said", heard.text},
          {"activity", u.state().activity.text()},
          {"system", there == nullptr ? heard.at.text() : there->title.in(desk.language)}};
}

// It stands on the desk's ticket itself, or is none of the desk's business: what an organisation
// does on its own ticket is shown there.
bool shows_already(const Unfolding& u, const Heard& heard, const SystemName& desk) {
  if (heard.by_link) return false;
  return heard.at == desk || heard.role.text() == "saksbro" ||
         (heard.text.empty() && tells_an_organisation(u.mapping(), heard.at));
}

}  // namespace

std::string words_for(const SystemMapping& system, const Signal& signal) {
  const auto cues = system.signals.find(signal);
  if (cues == system.signals.end()) return signal.text();
  for (const Cue& cue : cues->second) {
    if (cue.kind == Cue::Kind::command && cue.language == system.language) return cue.what;
  }
  return signal.text();
}

void leave_a_word(Unfolding& u, const Transition& transition, const Heard& heard,
                  long said_before) {
  const auto desk = u.desk();
  if (!desk || shows_already(u, heard, *desk) || u.comments_in(*desk) > said_before) return;
  const HouseTexts& texts = u.mapping().texts;
  u.say(*desk,
        u.text(heard.by_link ? texts.acted_by_link : texts.acted_elsewhere, *desk,
               values_of(u, heard, u.mapping().known_system(*desk))),
        readers_of(transition), transition.where);
}

void keep_unawaited(Unfolding& u, const Heard& heard) {
  const auto desk = u.desk();
  if (!desk) return u.because("The desk has no ticket that could keep the answer.");
  const SystemMapping& system = u.mapping().known_system(*desk);
  u.speaks(heard.by, heard.role, heard.organisation);
  u.say(*desk, u.text(u.mapping().texts.unawaited_by_link, *desk, values_of(u, heard, system)),
        Visibility::everyone, system.where);
}

}  // namespace saksbro::core
