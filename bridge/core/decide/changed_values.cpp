#include "bridge/core/decide/changed_values.h"

#include <algorithm>

#include "bridge/core/decide/steps.h"

namespace saksbro::core {
namespace {

std::string value_in(const Case& state, const std::string& name) {
  const auto found = state.values.find(name);
  return found == state.values.end() ? "" : found->second;
}

// The last person who wrote a field from which this ticket gives the value. None: nobody did.
const News* last_news_of(const SystemMapping& system, const std::string& value,
                         const std::vector<Heeded>& news) {
  const News* last = nullptr;
  for (const Heeded& one : news) {
    if (one.heed != Heed::news || one.news.kind != News::Kind::field) continue;
    const bool read =
        std::any_of(system.reads.begin(), system.reads.end(), [&](const ReadField& field) {
          return field.value == value && field.field == one.news.attribute;
        });
    if (read) last = &one.news;
  }
  return last;
}

void hear_change(Unfolding& u, const Signal& signal, const std::string& value, const Case& before,
                 const Ticket& ticket, const News& edit) {
  const SystemMapping& system = u.mapping().known_system(u.at());
  const auto role = system.role_of(edit.by, ticket.groups);
  if (!role) return;
  Heard heard;
  heard.signal = signal;
  heard.at = u.at();
  heard.by = edit.by;
  heard.role = *role;
  heard.text = value_in(before, value);
  heard.how = {"{field} = \"{word}\"", {{"field", edit.attribute}, {"word", edit.value}}};
  heard.visibility = Visibility::everyone;
  hear(u, heard);
}

}  // namespace

void hear_changed_values(Unfolding& u, const Case& before, const Ticket& ticket,
                         const std::vector<Heeded>& news) {
  const SystemMapping& system = u.mapping().known_system(u.at());
  for (const auto& [signal, cues] : system.signals) {
    for (const Cue& cue : cues) {
      if (cue.kind != Cue::Kind::change) continue;
      const std::string now = value_in(u.state(), cue.what);
      if (now.empty() || now == value_in(before, cue.what)) continue;
      const News* edit = last_news_of(system, cue.what, news);
      if (edit != nullptr) hear_change(u, signal, cue.what, before, ticket, *edit);
    }
  }
}

}  // namespace saksbro::core
