#include "bridge/core/decide/changed_values.h"

#include <algorithm>

#include "bridge/core/decide/given.h"
#include "bridge/core/decide/steps.h"
#include "bridge/core/model/word_titles.h"

namespace saksbro::core {
namespace {

// The last person who wrote a field from which this ticket gives the value. None: nobody did.
const TicketChange* last_news_of(const SystemMapping& system, const std::string& value,
                                 const std::vector<AttributedChange>& news) {
  const TicketChange* last = nullptr;
  for (const AttributedChange& one : news) {
    if (one.attribution != Attribution::others || one.change.kind != TicketChange::Kind::field)
      continue;
    const bool read =
        std::any_of(system.reads.begin(), system.reads.end(), [&](const ReadField& field) {
          return field.value == value && field.field == one.change.attribute;
        });
    if (read) last = &one.change;
  }
  return last;
}

void hear_change(DecisionBuilder& b, const Signal& signal, const std::string& value,
                 const Case& before, const Ticket& ticket, const TicketChange& edit) {
  const SystemMapping& system = b.mapping().known_system(b.at());
  const auto role = system.role_of(edit.by, ticket.groups);
  if (!role) return;
  SignalEvent heard;
  heard.signal = signal;
  heard.at = b.at();
  heard.by = edit.by;
  heard.role = *role;
  heard.text = title_of_word(b.process(), value, value_in(before, value),
                             b.language_of(b.desk().value_or(b.at())));
  heard.how = {"{field} = \"{word}\"", {{"field", edit.attribute}, {"word", edit.value}}};
  heard.visibility = Visibility::everyone;
  hear(b, heard);
}

}  // namespace

void hear_changed_values(DecisionBuilder& b, const Case& before, const Ticket& ticket,
                         const std::vector<AttributedChange>& news) {
  const SystemMapping& system = b.mapping().known_system(b.at());
  for (const auto& [signal, cues] : system.signals) {
    for (const Cue& cue : cues) {
      if (cue.kind != Cue::Kind::change) continue;
      const std::string now = value_in(b.state(), cue.what);
      if (now.empty() || now == value_in(before, cue.what)) continue;
      const TicketChange* edit = last_news_of(system, cue.what, news);
      if (edit != nullptr) hear_change(b, signal, cue.what, before, ticket, *edit);
    }
  }
}

}  // namespace saksbro::core
