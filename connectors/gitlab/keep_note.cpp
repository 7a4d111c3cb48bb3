#include <algorithm>

#include "connectors/gitlab/notes.h"
#include "connectors/gitlab/texts.h"
#include "connectors/gitlab/verbs.h"

namespace saksbro::gitlab {
namespace {

std::string_view without_end(std::string_view text) {
  const auto last = text.find_last_not_of(" \t\r\n");
  return last == std::string_view::npos ? std::string_view{} : text.substr(0, last + 1);
}

// Ours ends with the reference. Where a person has quoted it, or written below it, it is theirs.
std::vector<Note> find_our_notes(const Json& snapshot, const KeepNote& action,
                                 const std::string& own) {
  auto notes = notes_of(snapshot);
  std::erase_if(notes, [&](const Note& note) {
    return note.author != own || !without_end(note.text).ends_with(action.reference);
  });
  return notes;
}

bool is_right(const Note& note, const KeepNote& action) {
  return without_end(note.text) == without_end(plain_of(written(action.text, action.reference)));
}

// Whose token it is. A maintainer's token could edit a person's copy of our note: it must not.
StepOr<std::string> own_id(Conversation& conversation) {
  const auto reply = conversation.need("/user");
  if (!reply) return tl::unexpected(reply.error());
  if (auto id = codec::text_at(reply->body, "id")) return *id;
  return ended(
      RetryLater{Phrase("{call} was answered without that user", {{"call", reply->call}})});
}

bool is_as_visible(const Note& note, const KeepNote& action) {
  return note.internal == (action.visibility == Visibility::internal);
}

Outcome deleted_meanwhile(const Reply& reply) {
  return RetryLater{
      Phrase("{call}: somebody deleted the note at the same moment", {{"call", reply.call}})};
}

StepOr<Reply> change(Conversation& conversation, const KeepNote& action, const Note& note) {
  auto put = conversation.write("PUT", note_path(conversation.settings(), action.ticket, note.id),
                                {{"body", written(action.text, action.reference)}});
  if (!put || is_success(*put)) return put;
  return ended(put->status == 404 ? deleted_meanwhile(*put) : refusal(*put));
}

StepOr<Reply> remove(Conversation& conversation, const KeepNote& action, const Note& note) {
  auto deleted = conversation.write(
      "DELETE", note_path(conversation.settings(), action.ticket, note.id), Json());
  if (!deleted || is_success(*deleted) || deleted->status == 404) return deleted;
  return ended(refusal(*deleted));
}

// How visible a note is cannot be changed: one that is wrong goes, and so does a second one that
// came of a lost answer.
StepOr<std::optional<Note>> reduce(Conversation& conversation, const KeepNote& action,
                                   const std::vector<Note>& notes) {
  std::optional<Note> kept;
  for (const Note& note : notes) {
    if (!kept && is_as_visible(note, action)) {
      kept = note;
    } else if (const auto removed = remove(conversation, action, note); !removed) {
      return tl::unexpected(removed.error());
    }
  }
  return kept;
}

}  // namespace

Step keep_note(Conversation& conversation, const KeepNote& action) {
  const auto own = own_id(conversation);
  if (!own) return own.error();
  const auto seen = need_issue(conversation, action.ticket);
  if (!seen) return seen.error();
  const auto ours = find_our_notes(seen->snapshot, action, *own);
  if (ours.size() == 1 && is_right(ours.front(), action) && is_as_visible(ours.front(), action))
    return deliver(conversation, action.ticket, *seen);
  const auto kept = reduce(conversation, action, ours);
  if (!kept) return kept.error();
  Reply last;
  if (!*kept || !is_right(**kept, action)) {
    const auto put = *kept ? change(conversation, action, **kept)
                           : write_note(conversation, action.ticket, action.text, action.reference,
                                        action.visibility);
    if (!put) return put.error();
    last = *put;
  }
  const auto after = need_issue(conversation, action.ticket);
  if (!after) return after.error();
  for (const Note& note : find_our_notes(after->snapshot, action, *own)) {
    if (leaks(note, action.visibility)) return take_back(conversation, action.ticket, note);
    if (is_right(note, action)) return deliver(conversation, action.ticket, *after);
  }
  return not_there(last);
}

}  // namespace saksbro::gitlab
