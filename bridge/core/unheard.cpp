#include "bridge/core/unheard.h"

#include <algorithm>
#include <sstream>

#include "bridge/core/memory.h"
#include "bridge/core/text.h"

namespace saksbro::core {
namespace {

// What is kept, a line each.
struct Unheard {
  std::string word;  // the status as the ticket shows it
  std::string signal;
  std::string role;
  Person by;
};

std::string written_unheard(const Unheard& one) {
  std::string name = one.by.name;
  std::replace(name.begin(), name.end(), '\n', ' ');
  return one.word + "\n" + one.signal + "\n" + one.role + "\n" + one.by.id + "\n" + name;
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

bool word_says(const SystemMapping& system, const std::string& word, const Signal& signal) {
  const auto status = system.status_from(word);
  const auto cues = system.signals.find(signal);
  if (!status || cues == system.signals.end()) return false;
  return std::any_of(cues->second.begin(), cues->second.end(), [&](const Cue& cue) {
    return cue.kind == Cue::Kind::status && cue.what == status->text();
  });
}

bool write_is_on_its_way(const Case& state, const SystemName& at) {
  return std::any_of(state.intents.begin(), state.intents.end(), [&](const Intent& one) {
    return one.at == at && one.attribute == kStatusAttribute;
  });
}

bool counts_now(const Unfolding& u, const Unheard& one) {
  const auto open = open_transitions(u);
  return std::any_of(open.begin(), open.end(), [&](const Transition* transition) {
    return transition->on.text() == one.signal && allows(*transition, Role{one.role}) &&
           u.holds(transition->when);
  });
}

void hear_at(Unfolding& u, const SystemName& at, const Unheard& one) {
  const bool stands = u.state().tickets.at(at).status == one.word;
  if (stands && (write_is_on_its_way(u.state(), at) || !counts_now(u, one))) return;
  u.fact(ValueKept{unheard_at(at), ""});
  if (!stands) return;
  Heard heard;
  heard.signal = Signal{one.signal};
  heard.at = at;
  heard.by = one.by;
  heard.role = Role{one.role};
  heard.how = Phrase("Status \"{word}\", which the ticket shows since before it counted,",
                     {{"word", one.word}});
  heard.visibility = Visibility::everyone;
  heard.explicit_move = true;
  (void)hear(u, heard);
}

}  // namespace

// Only the desk's: the status of another party's ticket answers what it was asked then.
void keep_unheard(Unfolding& u, const Heard& heard) {
  const SystemMapping* system = u.mapping().system(heard.at);
  const auto ticket = u.state().tickets.find(heard.at);
  if (system == nullptr || !system->follows_status || ticket == u.state().tickets.end()) return;
  if (heard.attribute != kStatusAttribute || heard.signal.empty()) return;
  const std::string& word = ticket->second.status;
  if (!word_says(*system, word, heard.signal)) return;  // changed again meanwhile
  u.fact(ValueKept{unheard_at(heard.at),
                   written_unheard({word, heard.signal.text(), heard.role.text(), heard.by})});
}

void hear_what_stands(Unfolding& u) {
  if (u.state().process.empty()) return;
  for (const auto& [name, system] : u.mapping().systems) {
    const auto ticket = u.state().tickets.find(name);
    if (ticket == u.state().tickets.end() || ticket->second.gone || u.state().closed) continue;
    if (const auto one = kept_unheard(u.state(), name)) hear_at(u, name, *one);
  }
}

}  // namespace saksbro::core
