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

DecisionBuilder::Values values_of(const DecisionBuilder& b, const SignalEvent& heard,
                                  const SystemMapping& desk) {
  const SystemMapping* there = b.mapping().system(heard.at);
  return {{"who", b.who_speaks(desk.language)},
          {"answer", words_for(desk, heard.signal)},
          {"said", heard.text},
          {"activity", b.state().activity.text()},
          {"system", there == nullptr ? heard.at.text() : there->title.in(desk.language)}};
}

// It stands on the desk's ticket itself, or is none of the desk's business: what an organisation
// does on its own ticket is shown there.
bool shows_already(const DecisionBuilder& b, const SignalEvent& heard, const SystemName& desk) {
  if (heard.by_link) return false;
  return heard.at == desk || heard.role.text() == "saksbro" ||
         (heard.text.empty() && tells_an_organisation(b.mapping(), heard.at));
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

void leave_a_word(DecisionBuilder& b, const Transition& transition, const SignalEvent& heard,
                  long said_before) {
  const auto desk = b.desk();
  if (!desk || shows_already(b, heard, *desk) || b.comments_in(*desk) > said_before) return;
  const HouseTexts& texts = b.mapping().texts;
  b.say(*desk,
        b.text(heard.by_link ? texts.acted_by_link : texts.acted_elsewhere, *desk,
               values_of(b, heard, b.mapping().known_system(*desk))),
        readers_of(transition), transition.where);
}

void keep_unawaited(DecisionBuilder& b, const SignalEvent& heard) {
  const auto desk = b.desk();
  if (!desk) return b.because("The desk has no ticket that the answer could be written on.");
  const SystemMapping& system = b.mapping().known_system(*desk);
  b.speaks(heard.by, heard.role, heard.organisation);
  b.say(*desk, b.text(b.mapping().texts.unawaited_by_link, *desk, values_of(b, heard, system)),
        Visibility::everyone, system.where);
}

}  // namespace saksbro::core
