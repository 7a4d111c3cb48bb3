#include "bridge/core/decide/departures.h"

#include <vector>

#include "bridge/core/decide/shown.h"
#include "bridge/core/decide/steps.h"
#include "bridge/core/speech/translation.h"

namespace saksbro::core {
namespace {

// Where people look who can do something about it: the desk; without one, wherever the case still
// has a ticket.
std::vector<SystemName> told_of_gone(const Unfolding& u) {
  if (const auto desk = u.desk()) return {*desk};
  std::vector<SystemName> all;
  for (const auto& [name, view] : u.state().tickets) {
    if (!view.gone && u.mapping().system(name) != nullptr) all.push_back(name);
  }
  return all;
}

std::string why_gone_in(const Unfolding& u, const SystemName& reader, const Phrase& why) {
  return spoken(why, tongue(u.language_of(reader), u.mapping(), u.process()));
}

void tell_gone(Unfolding& u, const TicketView& lost, const Phrase& why) {
  for (const SystemName& name : told_of_gone(u)) {
    const SystemMapping& system = u.mapping().known_system(name);
    const bool mail = system.status_words.empty();  // a mail is read by those it is sent to
    if (mail) continue;
    u.say(name,
          u.text(u.mapping().texts.gone, name,
                 {{"ticket", lost.number + " (" + u.at().text() + ")"},
                  {"why", why_gone_in(u, name, why)}}),
          Visibility::internal, system.where);
  }
}

// What the mapping says that it means.
void mean(Unfolding& u, const TicketGone& gone) {
  const auto& rule = u.mapping().known_system(u.at()).gone;
  if (!rule) return;
  Heard heard;
  heard.signal = rule->signal;
  heard.at = u.desk().value_or(u.at());
  heard.role = rule->role;
  heard.text = why_gone_in(u, heard.at, gone.why);
  heard.how = {"The ticket that is gone", {}, rule->where};
  hear(u, heard);
}

}  // namespace

Decision on_gone(const Mapping& mapping, const std::optional<Case>& state, const SystemName& at,
                 const TicketGone& gone, const Surroundings& around) {
  Decision nothing;
  if (!state) {
    nothing.because.push_back({"Nothing to do: the ticket is gone, and belonged to no case.", {}});
    return nothing;
  }
  const auto known = state->tickets.find(at);
  if (known == state->tickets.end() || known->second.key != gone.ticket || known->second.gone) {
    nothing.because.push_back({"Nothing to do: it is known that the ticket is gone.", {}});
    return nothing;
  }
  Unfolding u(mapping, *state, at, around);
  u.because("Ticket {ticket} in {system} is gone: {why}.",
            {{"ticket", known->second.number}, {"system", at}, {"why", gone.why}});
  u.fact(TicketLost{at, gone.why});
  if (state->closed) return std::move(u).finish();
  tell_gone(u, known->second, gone.why);
  mean(u, gone);
  keep_tickets_true(u);
  return std::move(u).finish();
}

}  // namespace saksbro::core
