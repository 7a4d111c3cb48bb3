#include "connectors/gitlab/issue.h"
#include "connectors/gitlab/verbs.h"
#include "connectors/tracker/snapshot.h"

namespace saksbro::gitlab {
namespace {

Step gone_if_the_project_is_there(Conversation& conversation, const RemoteKey& key) {
  const auto project = need_project(conversation);
  if (!project) return project.error();
  return Outcome{tracker::gone(
      key, Phrase("GitLab no longer has this issue, or the bridge's user may not see it", {}))};
}

}  // namespace

Step read_ticket(Conversation& conversation, const ReadTicket& action) {
  const RemoteKey& key = action.ticket;
  const auto reply = conversation.look(issue_path(conversation.settings(), key));
  if (!reply) return reply.error();
  if (reply->status == 404) return gone_if_the_project_is_there(conversation, key);
  if (reply->status != 200 || !is_issue(reply->body, key))
    return Outcome{
        RetryLater{Phrase("{call} was answered without that issue", {{"call", reply->call}})}};
  if (const auto moved = codec::text_at(reply->body, "moved_to_id"))
    return Outcome{tracker::gone(
        key, Phrase("somebody moved the issue to another project, where it has the id {id}: the "
                    "last note on it names it",
                    {{"id", *moved}}))};
  SeenIssue bare;
  bare.snapshot["issue"] = reply->body;
  bare.at = reply->at;
  const auto seen = with_lists(conversation, std::move(bare));
  return seen ? deliver(conversation, key, *seen) : seen.error();
}

}  // namespace saksbro::gitlab
