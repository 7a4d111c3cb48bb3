#include "bridge/codec/rfc3339.h"
#include "connectors/example_tracker/ticket.h"
#include "connectors/tracker/snapshot.h"

namespace saksbro::example_tracker {
namespace {

using Observations = Result<std::vector<Observation>>;

// A webhook and a row of a poll are believed in one thing: that the ticket is worth reading.
Observations hint(const ExampleTrackerSettings& settings, const Json& ticket,
                  const std::string& where) {
  const auto id = codec::integer_at(ticket, "id");
  if (!id || *id < 1) return fail(where, Phrase("expected a ticket with its id", {}));
  TicketHint hint{RemoteKey(std::to_string(*id)),
                  codec::parse_rfc3339(codec::text_or(ticket, "updated", ""))};
  hint.elsewhere = codec::text_or(ticket, "queue", settings.queue) != settings.queue;
  return std::vector<Observation>{std::move(hint)};
}

}  // namespace

Observations ExampleTrackerSystem::normalise(const Delivery& delivery) const {
  const std::string where = settings_.name.text() + ": " + delivery.id.text();
  const auto body = codec::parse_json(delivery.body, where);
  if (!body) return tl::unexpected(body.error());
  if (delivery.kind == DeliveryKind::webhook)
    return hint(settings_, codec::at_path(*body, "ticket"), where);
  if (delivery.kind == DeliveryKind::poll) return hint(settings_, *body, where);
  if (auto gone = tracker::gone_in(*body)) return std::vector<Observation>{*std::move(gone)};
  auto ticket = ticket_from(settings_, *body, where);
  if (!ticket) return tl::unexpected(std::move(ticket.error()));
  return std::vector<Observation>{TicketState{std::move(*ticket)}};
}

}  // namespace saksbro::example_tracker
