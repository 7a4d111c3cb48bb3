#include "connectors/redmine/attachments.h"
#include "connectors/redmine/notes.h"
#include "connectors/redmine/verbs.h"
#include "connectors/tracker/comment_once.h"

namespace saksbro::redmine {
namespace {

std::optional<Step> settle(Conversation& conversation, const AddComment& action,
                           const SeenIssue& seen) {
  const auto note = find_comment(seen.issue, action.reference, conversation.settings().text_format);
  if (!note) return std::nullopt;
  if (leaks(*note, action.visibility)) return take_back(conversation, action.ticket, *note);
  if (auto missing = files_missing(conversation.settings(), seen.issue, *note, action))
    return *std::move(missing);
  return deliver(conversation, action.ticket, seen);
}

// The bytes of files first: a lost answer to them leaves nothing on the issue.
StepOr<Reply> write(Conversation& conversation, const AddComment& action) {
  const auto uploads = upload(conversation, action.files);
  if (!uploads) return tl::unexpected(uploads.error());
  return write_note(conversation, action.ticket, action.text, action.visibility, *uploads);
}

}  // namespace

Step add_comment(Conversation& conversation, const AddComment& action, int attempt) {
  if (!action.files.empty() && action.visibility == Visibility::internal)
    return no_internal_files(action);
  const auto look = [&] { return need_issue(conversation, action.ticket); };
  return tracker::comment_once<SeenIssue>(
      {.look_before = look,
       .write = [&] { return write(conversation, action); },
       .look_after = look,
       .settle = [&](const SeenIssue& seen) { return settle(conversation, action, seen); },
       .missing = not_there},
      attempt);
}

}  // namespace saksbro::redmine
