#include "connectors/jira/issue.h"
#include "connectors/jira/verbs.h"
#include "connectors/tracker/snapshot.h"

namespace saksbro::jira {
namespace {

Step gone_if_the_project_is_there(Conversation& conversation, const RemoteKey& key) {
  const auto project = need_project(conversation);
  if (!project) return project.error();
  return Outcome{tracker::gone(
      key,
      Phrase("Jira no longer has this issue, or no longer shows it to the bridge's user", {}))};
}

}  // namespace

Step read_ticket(Conversation& conversation, const ReadTicket& action) {
  const auto reply = conversation.look(look_path(action.ticket), Conversation::Forbidden::is_told);
  if (!reply) return reply.error();
  if (reply->status == 404 || reply->status == 403 || reply->status == 410)
    return gone_if_the_project_is_there(conversation, action.ticket);
  const auto seen = with_lists(conversation, action.ticket, *reply);
  if (!seen) return seen.error();
  return deliver(conversation, action.ticket, *seen);
}

}  // namespace saksbro::jira
