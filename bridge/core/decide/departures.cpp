#include "bridge/core/decide/departures.h"

#include <vector>

#include "bridge/core/decide/steps.h"
#include "bridge/core/decide/sync_tickets.h"
#include "bridge/core/speech/translation.h"

namespace saksbro::core {
namespace {

// Where people look who can do something about it: the desk; without one, wherever the case still
// has a ticket.
std::vector<SystemName> told_of_gone(const DecisionBuilder& b) {
  if (const auto desk = b.desk()) return {*desk};
  std::vector<SystemName> all;
  for (const auto& [name, view] : b.state().tickets) {
    if (!view.gone && b.mapping().system(name) != nullptr) all.push_back(name);
  }
  return all;
}

std::string why_gone_in(const DecisionBuilder& b, const SystemName& reader, const Phrase& why) {
  return spoken(why, tongue(b.language_of(reader), b.mapping(), b.process()));
}

void tell_gone(DecisionBuilder& b, const TicketView& lost, const Phrase& why) {
  for (const SystemName& name : told_of_gone(b)) {
    const SystemMapping& system = b.mapping().known_system(name);
    const bool mail = system.status_words.empty();  // a mail is read by those it is sent to
    if (mail) continue;
    b.say(name,
          b.text(b.mapping().texts.gone, name,
                 {{"ticket", lost.number + " (" + b.at().text() + ")"},
                  {"why", why_gone_in(b, name, why)}}),
          Visibility::internal, system.where);
  }
}

// What the mapping says that it means.
void mean(DecisionBuilder& b, const TicketGone& gone) {
  const auto& rule = b.mapping().known_system(b.at()).gone;
  if (!rule) return;
  SignalEvent heard;
  heard.signal = rule->signal;
  heard.at = b.desk().value_or(b.at());
  heard.role = rule->role;
  heard.text = why_gone_in(b, heard.at, gone.why);
  heard.how = {"The ticket that is gone", {}, rule->where};
  hear(b, heard);
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
    nothing.because.push_back({"Nothing to do: the ticket is already known to be gone.", {}});
    return nothing;
  }
  DecisionBuilder b(mapping, *state, at, around);
  b.because("Ticket {ticket} in {system} is gone: {why}.",
            {{"ticket", known->second.number}, {"system", at}, {"why", gone.why}});
  b.fact(TicketLost{at, gone.why});
  if (state->closed) return std::move(b).finish();
  tell_gone(b, known->second, gone.why);
  mean(b, gone);
  sync_tickets(b);
  return std::move(b).finish();
}

}  // namespace saksbro::core
