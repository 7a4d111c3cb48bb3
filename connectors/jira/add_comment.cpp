#include "connectors/jira/files.h"
#include "connectors/jira/verbs.h"
#include "connectors/tracker/comment_once.h"

namespace saksbro::jira {
namespace {

// The comment stands before its files: what a lost answer leaves is found by it.
Step attach_missing(Conversation& conversation, const AddComment& action,
                    const std::vector<OutgoingFile>& missing) {
  const auto sent = attach(conversation, action.ticket, missing);
  if (!sent) return sent.error();
  const auto after = need_issue(conversation, action.ticket);
  if (!after) return after.error();
  const auto ours = find_comment(conversation.settings(), after->comments(), action.reference);
  const auto left = ours ? files_missing(*after, *ours, action) : missing;
  if (!left.empty()) return Outcome{files_not_there(*after, left)};
  return deliver(conversation, action.ticket, *after);
}

std::optional<Step> settle(Conversation& conversation, const AddComment& action,
                           const SeenIssue& seen) {
  const auto ours = find_comment(conversation.settings(), seen.comments(), action.reference);
  if (!ours) return std::nullopt;
  if (leaks(conversation.settings(), seen, *ours, action.visibility))
    return take_back(conversation, seen, *ours);
  const auto missing = files_missing(seen, *ours, action);
  if (missing.empty()) return deliver(conversation, action.ticket, seen);
  if (is_for_customer(conversation.settings(), action)) return Step{files_not_there(seen, missing)};
  return attach_missing(conversation, action, missing);
}

StepOr<Reply> write(Conversation& conversation, const AddComment& action) {
  return is_for_customer(conversation.settings(), action) ? write_for_customer(conversation, action)
                                                          : write_comment(conversation, action);
}

}  // namespace

Step add_comment(Conversation& conversation, const AddComment& action, int attempt) {
  if (auto why = cannot_bring(conversation.settings(), action)) return *std::move(why);
  const auto look = [&] { return need_issue(conversation, action.ticket); };
  return tracker::comment_once<SeenIssue>(
      {.look_before = look,
       .write = [&] { return write(conversation, action); },
       .look_after = look,
       .settle = [&](const SeenIssue& seen) { return settle(conversation, action, seen); },
       .missing = not_there},
      attempt);
}

}  // namespace saksbro::jira
