#include "bridge/core/decide/unheard.h"

#include <algorithm>

#include "bridge/core/text/text.h"

namespace saksbro::core {
namespace {

bool word_says(const SystemMapping& system, const std::string& word, const Signal& signal) {
  const auto status = system.status_from(word);
  const auto cues = system.signals.find(signal);
  if (!status || cues == system.signals.end()) return false;
  return std::any_of(cues->second.begin(), cues->second.end(), [&](const Cue& cue) {
    return cue.kind == Cue::Kind::status && cue.what == status->text();
  });
}

}  // namespace

// Only the desk's: the status of another party's ticket answers what it was asked then.
void keep_unheard(DecisionBuilder& b, const SignalEvent& heard) {
  const SystemMapping* system = b.mapping().system(heard.at);
  const auto ticket = b.state().tickets.find(heard.at);
  if (system == nullptr || !system->follows_status || ticket == b.state().tickets.end()) return;
  if (heard.attribute != kStatusAttribute || heard.signal.empty()) return;
  const std::string& word = ticket->second.status;
  if (!word_says(*system, word, heard.signal)) return;  // changed again meanwhile
  b.remember(StatusUnheard{heard.at, Unheard{word, heard.signal, heard.role, heard.by}});
}

}  // namespace saksbro::core
