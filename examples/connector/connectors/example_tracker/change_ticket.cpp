#include "connectors/example_tracker/ticket.h"
#include "connectors/example_tracker/verbs.h"

namespace saksbro::example_tracker {
namespace {

bool has_all(const Json& ticket, const std::map<std::string, std::string>& fields) {
  for (const auto& [name, value] : fields) {
    if (field_of(ticket, name) != value) return false;
  }
  return true;
}

// Writes, and reads back: a tracker may answer 200 and do nothing.
StepOr<SeenTicket> put(Conversation& conversation, const RemoteKey& key, const Json& changes) {
  const auto written = conversation.write("PUT", ticket_path(key), changes);
  if (!written) return tl::unexpected(written.error());
  if (!is_success(*written)) return ended(refusal(*written));
  return need_ticket(conversation, key);
}

}  // namespace

Step set_status(Conversation& conversation, const SetStatus& action) {
  auto seen = need_ticket(conversation, action.ticket);
  if (!seen) return seen.error();
  if (codec::text_or(seen->ticket, "status", "") == action.status)
    return deliver(action.ticket, *seen);
  seen = put(conversation, action.ticket, {{"status", action.status}});
  if (!seen) return seen.error();
  const std::string now = codec::text_or(seen->ticket, "status", "");
  if (now == action.status) return deliver(action.ticket, *seen);
  return Outcome{
      Rejected{Phrase("Example Tracker leaves #{ticket} at \"{from}\" instead of \"{to}\"",
                      {{"ticket", action.ticket}, {"from", now}, {"to", action.status}})}};
}

Step set_fields(Conversation& conversation, const SetFields& action) {
  auto seen = need_ticket(conversation, action.ticket);
  if (!seen) return seen.error();
  if (has_all(seen->ticket, action.fields)) return deliver(action.ticket, *seen);
  seen = put(conversation, action.ticket, {{"fields", action.fields}});
  if (!seen) return seen.error();
  if (has_all(seen->ticket, action.fields)) return deliver(action.ticket, *seen);
  return Outcome{Rejected{Phrase("Example Tracker did not store all fields of #{ticket}",
                                 {{"ticket", action.ticket}})}};
}

}  // namespace saksbro::example_tracker
