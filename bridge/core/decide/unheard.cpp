#include "bridge/core/decide/unheard.h"

#include <algorithm>
#include <sstream>

#include "bridge/core/model/memory.h"
#include "bridge/core/text/text.h"

namespace saksbro::core {
namespace {

std::string written_unheard(const Unheard& one) {
  std::string name = one.by.name;
  std::replace(name.begin(), name.end(), '\n', ' ');
  return one.word + "\n" + one.signal + "\n" + one.role + "\n" + one.by.id + "\n" + name;
}

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
  b.fact(ValueKept{unheard_at(heard.at),
                   written_unheard({word, heard.signal.text(), heard.role.text(), heard.by})});
}

std::optional<Unheard> kept_unheard(const Case& state, const SystemName& at) {
  const auto found = state.values.find(unheard_at(at));
  if (found == state.values.end() || found->second.empty()) return std::nullopt;
  std::istringstream lines(found->second);
  Unheard one;
  for (std::string* line : {&one.word, &one.signal, &one.role, &one.by.id, &one.by.name})
    std::getline(lines, *line);
  return one;
}

}  // namespace saksbro::core
