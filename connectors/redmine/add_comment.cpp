#include <algorithm>

#include "connectors/redmine/notes.h"
#include "connectors/redmine/verbs.h"

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

Step settle(Conversation& conversation, const AddComment& action, const SeenIssue& seen,
            const Note& note) {
  if (leaks(note, action.visibility)) return take_back(conversation, action.ticket, note);
  return deliver(conversation, action.ticket, seen);
}

}  // namespace

Step add_comment(Conversation& conversation, const AddComment& action, int attempt) {
  const TextFormat format = conversation.settings().text_format;
  if (attempt > 1) {
    const auto before = need_issue(conversation, action.ticket);
    if (!before) return before.error();
    const auto note = find_our_comment(before->issue, action, format);
    if (note) return settle(conversation, action, *before, *note);
  }
  const auto written = write_note(conversation, action.ticket, action.text, action.visibility);
  if (!written) return written.error();
  if (const auto note = find_our_comment(written->after.issue, action, format)) {
    return settle(conversation, action, written->after, *note);
  }
  return not_there(*written);
}

}  // namespace saksbro::redmine
