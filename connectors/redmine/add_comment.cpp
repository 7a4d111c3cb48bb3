#include <algorithm>

#include "connectors/redmine/notes.h"
#include "connectors/redmine/verbs.h"
#include "connectors/tracker/comment_once.h"

namespace saksbro::redmine {
namespace {

// The first note with the reference is ours; a later one may be somebody's quotation of it.
std::optional<Note> find_our_comment(const Json& issue, const AddComment& action,
                                     TextFormat format) {
  const auto notes = notes_of(issue, format);
  const auto ours = std::find_if(notes.begin(), notes.end(), [&](const Note& note) {
    return note.text.find(action.reference) != std::string::npos;
  });
  return ours == notes.end() ? std::nullopt : std::optional(*ours);
}

std::optional<Step> settle(Conversation& conversation, const AddComment& action,
                           const SeenIssue& seen) {
  const auto note = find_our_comment(seen.issue, action, conversation.settings().text_format);
  if (!note) return std::nullopt;
  if (leaks(*note, action.visibility)) return take_back(conversation, action.ticket, *note);
  return deliver(conversation, action.ticket, seen);
}

}  // namespace

Step add_comment(Conversation& conversation, const AddComment& action, int attempt) {
  const auto look = [&] { return need_issue(conversation, action.ticket); };
  return tracker::comment_once<SeenIssue>(
      {.look_before = look,
       .write =
           [&] { return write_note(conversation, action.ticket, action.text, action.visibility); },
       .look_after = look,
       .settle = [&](const SeenIssue& seen) { return settle(conversation, action, seen); },
       .missing = not_there},
      attempt);
}

}  // namespace saksbro::redmine
