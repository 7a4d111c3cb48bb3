#include <algorithm>

#include "bridge/codec/json.h"
#include "bridge/codec/phrase_json.h"
#include "bridge/codec/rfc3339.h"
#include "bridge/contract/ascii.h"
#include "connectors/rt/rt_system.h"
#include "connectors/rt/ticket.h"
#include "connectors/tracker/snapshot.h"

namespace saksbro::rt {
namespace {

using codec::Json;
using Observations = Result<std::vector<Observation>>;

// A hint is all that the scrip's message and a poll's item are good for: no comments, no changes.
Observations hint(const Json& ticket, const char* stamp, const std::string& where) {
  const auto id = codec::integer_at(ticket, "id");
  if (!id || *id < 1) return fail(where, Phrase("expected the ticket's number as \"id\"", {}));
  return std::vector<Observation>{TicketHint{
      RemoteKey(std::to_string(*id)), codec::parse_rfc3339(codec::text_or(ticket, stamp, ""))}};
}

// A ticket that has left our queue is our business once more: it is read, and found to be gone.
Observations from_webhook(const Json& body, const RtSettings& settings, const std::string& where) {
  const Json& ticket = codec::at_path(body, "ticket");
  const auto queue = codec::text_at(ticket, "queue");
  if (!queue)
    return fail(where, Phrase("expected the message of connectors/rt/webhook-scrip.pl", {}));
  const std::string before = codec::text_or(ticket, "queue_before", "");
  if (!same_queue(*queue, settings.queue) && !same_queue(before, settings.queue)) {
    return std::vector<Observation>{};
  }
  return hint(ticket, "last_updated", where);
}

Observations from_answer(const Json& body, const RtSettings& settings) {
  if (auto gone = tracker::gone_in(body)) return std::vector<Observation>{*std::move(gone)};
  // As it was written before 2026-12: such an answer may wait in an inbox.
  if (const auto gone = codec::text_at(body, "gone.ticket")) {
    return std::vector<Observation>{
        TicketGone{RemoteKey(*gone), codec::phrase_from(codec::at_path(body, "gone.why"))}};
  }
  auto ticket = ticket_from(body, settings);
  if (!ticket) return tl::unexpected(std::move(ticket.error()));
  return std::vector<Observation>{TicketState{std::move(*ticket)}};
}

}  // namespace

bool same_queue(std::string_view one, std::string_view other) {
  return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                    [](char a, char b) { return lower(a) == lower(b); });
}

Result<std::vector<Observation>> RtSystem::normalise(const Delivery& delivery) const {
  const bool webhook = delivery.kind == DeliveryKind::webhook;
  const bool poll = delivery.kind == DeliveryKind::poll;
  const std::string where = settings_.name.text() + (webhook ? ": webhook"
                                                     : poll  ? ": poll"
                                                             : ": snapshot");
  const auto body = codec::parse_json(delivery.body, where);
  if (!body) return tl::unexpected(body.error());
  if (webhook) return from_webhook(*body, settings_, where);
  if (poll) return hint(*body, "LastUpdated", where);
  return from_answer(*body, settings_);
}

}  // namespace saksbro::rt
