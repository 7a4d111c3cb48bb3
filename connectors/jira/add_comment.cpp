#include "connectors/jira/comments.h"
#include "connectors/jira/verbs.h"
#include "connectors/tracker/comment_once.h"

namespace saksbro::jira {
namespace {

std::optional<Step> settle(Conversation& conversation, const AddComment& action,
                           const SeenIssue& seen) {
  const auto ours = find_comment(conversation.settings(), seen.comments(), action.reference);
  if (!ours) return std::nullopt;
  if (leaks(*ours, action.visibility)) return take_back(conversation, seen, *ours);
  return deliver(conversation, action.ticket, seen);
}

}  // namespace

Step add_comment(Conversation& conversation, const AddComment& action, int attempt) {
  const auto look = [&] { return need_issue(conversation, action.ticket); };
  return tracker::comment_once<SeenIssue>(
      {.look_before = look,
       .write = [&] { return write_comment(conversation, action); },
       .look_after = look,
       .settle = [&](const SeenIssue& seen) { return settle(conversation, action, seen); },
       .missing = not_there},
      attempt);
}

}  // namespace saksbro::jira
