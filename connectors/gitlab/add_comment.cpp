#include "connectors/gitlab/files.h"
#include "connectors/gitlab/notes.h"
#include "connectors/gitlab/verbs.h"
#include "connectors/tracker/comment_once.h"

namespace saksbro::gitlab {
namespace {

std::optional<Step> settle(Conversation& conversation, const AddComment& action,
                           const SeenIssue& seen) {
  const auto note = find_comment(seen.snapshot, action.reference);
  if (!note) return std::nullopt;
  if (leaks(*note, action.visibility)) return take_back(conversation, action.ticket, *note);
  return deliver(conversation, action.ticket, seen);
}

// The bytes of files first: a lost answer to them leaves nothing on the issue.
StepOr<Reply> write(Conversation& conversation, const AddComment& action) {
  const auto files = upload(conversation, action.files);
  if (!files) return tl::unexpected(files.error());
  return write_note(conversation, action.ticket, action.text, action.reference, action.visibility,
                    *files);
}

}  // namespace

Step add_comment(Conversation& conversation, const AddComment& action, int attempt) {
  const auto look = [&] { return need_issue(conversation, action.ticket); };
  return tracker::comment_once<SeenIssue>(
      {.look_before = look,
       .write = [&] { return write(conversation, action); },
       .look_after = look,
       .settle = [&](const SeenIssue& seen) { return settle(conversation, action, seen); },
       .missing = not_there},
      attempt);
}

}  // namespace saksbro::gitlab
