#include "connectors/redmine/issue.h"
#include "connectors/redmine/verbs.h"
#include "connectors/tracker/snapshot.h"

namespace saksbro::redmine {
namespace {

// 404 and 403 are believed only when Redmine serves something else to the same key: with the REST
// API switched off, or a proxy gone astray, every ticket would seem to be gone.
Step gone_if_others_answer(Conversation& conversation, const RemoteKey& key, int status) {
  const auto statuses = need_statuses(conversation);
  if (!statuses) return statuses.error();
  return Outcome{tracker::gone(
      key, status == 404 ? Phrase("Redmine no longer has this issue", {})
                         : Phrase("the issue is no longer visible to the bridge's user", {}))};
}

}  // namespace

Step read_ticket(Conversation& conversation, const ReadTicket& action) {
  const RemoteKey& key = action.ticket;
  const auto reply = conversation.look(issue_path(key) + "?include=" + kWholeIssue,
                                       Conversation::Forbidden::is_told);
  if (!reply) return reply.error();
  if (reply->status == 404 || reply->status == 403) {
    return gone_if_others_answer(conversation, key, reply->status);
  }
  const Json& issue = codec::at_path(reply->body, "issue");
  if (codec::text_or(issue, "id", "") != key.text()) {
    return Outcome{
        RetryLater{Phrase("{call} was answered without that issue", {{"call", reply->call}})}};
  }
  return deliver(conversation, key, {issue, reply->at});
}

}  // namespace saksbro::redmine
