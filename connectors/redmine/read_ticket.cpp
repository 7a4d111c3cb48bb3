#include "connectors/redmine/issue.h"
#include "connectors/redmine/verbs.h"

namespace saksbro::redmine {
namespace {

// 404 and 403 are believed only when Redmine serves something else to the same key: with the REST
// API switched off, or a proxy gone astray, every ticket would seem to be gone.
Step gone_if_others_answer(Talk& talk, const RemoteKey& key, int status) {
  const auto statuses = need_statuses(talk);
  if (!statuses) return statuses.error();
  return Outcome{
      gone(key, status == 404 ? Phrase("Redmine has no such issue any more", {})
                              : Phrase("the issue is no longer visible to the bridge's user", {}))};
}

}  // namespace

Step read_ticket(Talk& talk, const ReadTicket& action) {
  const RemoteKey& key = action.ticket;
  const auto reply = talk.look(issue_path(key) + "?include=journals", Talk::Forbidden::is_told);
  if (!reply) return reply.error();
  if (reply->status == 404 || reply->status == 403) {
    return gone_if_others_answer(talk, key, reply->status);
  }
  const Json& issue = codec::at_path(reply->body, "issue");
  if (codec::text_or(issue, "id", "") != key.text()) {
    return Outcome{
        RetryLater{Phrase("{call} was answered without that issue", {{"call", reply->call}})}};
  }
  return deliver(talk, key, {issue, reply->at});
}

}  // namespace saksbro::redmine
