#include "connectors/mail/mail_system.h"
#include "connectors/mail/record.h"
#include "connectors/mail/thread.h"

namespace saksbro::mail {
namespace {

// The field that a create's marker comes back in; a mapping says "marker: marker".
constexpr const char* kMarkerField = "marker";

Observation opened_state(const MailSettings& settings, const Opened& opened, Instant at) {
  Ticket ticket;
  ticket.key = opened.thread;
  ticket.number = number_of(opened.thread);
  ticket.title = opened.title;
  ticket.text = opened.text;
  ticket.author = {settings.from.address, settings.from.name};
  ticket.fields[kMarkerField] = opened.marker;
  ticket.created = at;
  ticket.updated = at;
  ticket.read_at = at;
  return TicketState{std::move(ticket)};
}

}  // namespace

Result<std::vector<Observation>> MailSystem::normalise(const Delivery& delivery) const {
  const std::string where = settings_.name.text() + ": " + delivery.id.text();
  const auto record = codec::parse_json(delivery.body, where);
  if (!record) return tl::unexpected(record.error());
  if (record->contains("opened"))
    return std::vector{opened_state(settings_, read_opened(*record), delivery.received_at)};
  return fail(where, "this is no record of a mail");
}

PollStep MailSystem::poll(const Cursor& cursor, Transcript) const {
  return Page{{}, cursor, false};
}

}  // namespace saksbro::mail
