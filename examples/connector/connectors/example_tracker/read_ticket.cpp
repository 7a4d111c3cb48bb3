#include "bridge/codec/url.h"
#include "connectors/example_tracker/ticket.h"
#include "connectors/example_tracker/verbs.h"
#include "connectors/tracker/snapshot.h"

namespace saksbro::example_tracker {

namespace {

// A ticket that is gone is something to tell, not a failure. But a 404 is believed only when the
// tracker shows the queue to the same token: behind a wrong address every ticket would be gone.
Step gone_if_queue_is_there(Conversation& conversation, const RemoteKey& key) {
  const std::string& name = conversation.settings().queue;
  const auto queue = conversation.look("/queues/" + codec::percent_encode(name));
  if (!queue) return queue.error();
  if (queue->status != 200)
    return Outcome{
        RetryLater{Phrase("{call} was answered {code}: is the address of this system right?",
                          {{"call", queue->call}, {"code", std::to_string(queue->status)}}),
                   {},
                   Scope::system}};
  return Outcome{tracker::gone(key, Phrase("Example Tracker no longer has this ticket", {}))};
}

}  // namespace

Step read_ticket(Conversation& conversation, const ReadTicket& action) {
  const auto reply = conversation.look(ticket_path(action.ticket));
  if (!reply) return reply.error();
  if (reply->status == 404) return gone_if_queue_is_there(conversation, action.ticket);
  if (reply->status != 200) return refusal(*reply);
  const auto seen = seen_in(*reply, action.ticket);
  return seen ? deliver(action.ticket, *seen) : seen.error();
}

}  // namespace saksbro::example_tracker
