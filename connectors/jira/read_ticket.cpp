#include "bridge/codec/url.h"
#include "connectors/jira/issue.h"
#include "connectors/jira/verbs.h"
#include "connectors/tracker/snapshot.h"

namespace saksbro::jira {
namespace {

// 404 is believed only when Jira shows the project to the same credentials: without the right to
// browse it, or behind a wrong address, every issue would seem to be gone.
Step gone_if_the_project_is_there(Conversation& conversation, const RemoteKey& key) {
  const std::string& project = conversation.settings().project;
  const auto reply = conversation.look("/project/" + codec::percent_encode(project));
  if (!reply) return reply.error();
  if (reply->status == 200 && !codec::text_or(reply->body, "id", "").empty())
    return Outcome{tracker::gone(
        key,
        Phrase("Jira no longer has this issue, or no longer shows it to the bridge's user", {}))};
  return Outcome{RetryLater{
      Phrase("{call} was answered {code}: is the url of this system right, and may the bridge's "
             "user browse the project?",
             {{"call", reply->call}, {"code", std::to_string(reply->status)}}),
      {},
      Scope::system}};
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
