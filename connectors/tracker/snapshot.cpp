#include "connectors/tracker/snapshot.h"

#include "bridge/codec/phrase_json.h"

namespace saksbro::tracker {

using codec::Json;

Delivered gone(const RemoteKey& key, const Phrase& why) {
  return {key, codec::write_json({{"gone", key.text()}, {"why", codec::phrase_json(why)}})};
}

std::optional<TicketGone> gone_in(const Json& snapshot) {
  const auto key = codec::text_at(snapshot, "gone");
  if (!key) return std::nullopt;
  return TicketGone{RemoteKey(*key), codec::phrase_from(codec::at_path(snapshot, "why"))};
}

void add_groups(Ticket& ticket, const Json& groups) {
  if (!groups.is_object()) return;
  for (const auto& [person, names] : groups.items()) {
    for (const Json& name : names) {
      if (name.is_string()) ticket.groups[person].insert(name.get<std::string>());
    }
  }
}

}  // namespace saksbro::tracker
