#include <algorithm>

#include "connectors/redmine/notes.h"
#include "connectors/redmine/verbs.h"

namespace saksbro::redmine {
namespace {

std::string_view without_tail(std::string_view text) {
  const auto last = text.find_last_not_of(" \t\r\n");
  return last == std::string_view::npos ? std::string_view{} : text.substr(0, last + 1);
}

// Ours ends with the reference. Where a person has quoted it, or written below it, it is theirs.
std::vector<Note> find_our_notes(const Json& issue, const KeepNote& action, TextFormat format) {
  auto notes = notes_of(issue, format);
  std::erase_if(notes, [&](const Note& note) {
    return !without_tail(note.text).ends_with(action.reference);
  });
  return notes;
}

bool is_right(const Note& note, const KeepNote& action, TextFormat format) {
  const std::string wanted = unescaped(escaped(action.text, format), format);
  return without_tail(note.text) == without_tail(wanted) &&
         note.internal == (action.visibility == Visibility::internal);
}

// Whose key it is. A person's copy of our note must not be edited, even where Redmine would let us.
StepOr<std::string> own_id(Conversation& conversation) {
  const auto reply = conversation.need("/users/current.json");
  if (!reply) return tl::unexpected(reply.error());
  if (auto id = codec::text_at(reply->body, "user.id")) return *id;
  return ended(
      RetryLater{Phrase("{call} was answered without that user", {{"call", reply->call}})});
}

StepOr<Reply> change(Conversation& conversation, const Note& note, const Json& journal) {
  auto put =
      conversation.write("PUT", "/journals/" + note.journal + ".json", {{"journal", journal}});
  if (!put || is_success(*put)) return put;
  if (put->status == 404) {
    return ended(RetryLater{
        Phrase("{call}: somebody deleted the note at the same moment", {{"call", put->call}})});
  }
  Outcome outcome = refusal(*put);
  if (auto* refused = std::get_if<Rejected>(&outcome)) {
    refused->why = {
        "{why}. To keep the case note up to date, the role of the bridge's user needs \"Edit "
        "own notes\"",
        {{"why", refused->why}}};
  }
  return ended(std::move(outcome));
}

// A second one came of a lost answer; a public one must not be there if it is to be internal.
StepOr<Reply> empty(Conversation& conversation, const KeepNote& action, const Note& note) {
  auto put = change(conversation, note, {{"notes", ""}});
  const bool refused = !put && std::holds_alternative<Outcome>(put.error()) &&
                       std::holds_alternative<Rejected>(std::get<Outcome>(put.error()));
  if (refused && leaks(note, action.visibility)) {
    return ended(leaked(action.ticket, note, not_taken_out()));
  }
  return put;
}

// What is left of `notes` after all but the first fit one have been emptied: one or none.
StepOr<std::vector<Note>> reduce(Conversation& conversation, const KeepNote& action,
                                 const std::vector<Note>& notes) {
  std::vector<Note> kept;
  for (const Note& note : notes) {
    if (kept.empty() && !leaks(note, action.visibility)) {
      kept.push_back(note);
    } else if (const auto put = empty(conversation, action, note); !put) {
      return tl::unexpected(put.error());
    }
  }
  return kept;
}

// `theirs`: people's copies, which are not what is written here. (Not a list of all numbers that
// were there before: SQLite gives the number of a journal that was deleted again.)
Step write_anew(Conversation& conversation, const KeepNote& action,
                const std::vector<Note>& theirs) {
  const auto written = write_note(conversation, action.ticket, action.text, action.visibility);
  if (!written) return written.error();
  const auto after = need_issue(conversation, action.ticket);
  if (!after) return after.error();
  for (const Note& note :
       find_our_notes(after->issue, action, conversation.settings().text_format)) {
    const bool is_new = std::none_of(theirs.begin(), theirs.end(), [&](const Note& copy) {
      return copy.journal == note.journal;
    });
    if (!is_new) continue;
    if (leaks(note, action.visibility)) return take_back(conversation, action.ticket, note);
    return deliver(conversation, action.ticket, *after);
  }
  return not_there(*written);
}

Outcome unchanged(const KeepNote& action, const Note& note) {
  return Rejected(Phrase(
      "Redmine answered 2xx, but the case note of #{ticket} (journal {journal}) is not as it "
      "was written: may this user edit own notes, and set notes as private, in this project?",
      {{"ticket", action.ticket}, {"journal", note.journal}}));
}

Step edit(Conversation& conversation, const KeepNote& action, const Note& note) {
  const TextFormat format = conversation.settings().text_format;
  if (!is_right(note, action, format)) {
    const auto put = change(conversation, note,
                            {{"notes", escaped(action.text, format)},
                             {"private_notes", action.visibility == Visibility::internal}});
    if (!put) return put.error();
  }
  const auto after = need_issue(conversation, action.ticket);
  if (!after) return after.error();
  for (const Note& now : notes_of(after->issue, format)) {
    if (now.journal != note.journal) continue;
    if (leaks(now, action.visibility)) return take_back(conversation, action.ticket, now);
    if (is_right(now, action, format)) return deliver(conversation, action.ticket, *after);
  }
  return unchanged(action, note);
}

}  // namespace

Step keep_note(Conversation& conversation, const KeepNote& action) {
  const TextFormat format = conversation.settings().text_format;
  const auto seen = need_issue(conversation, action.ticket);
  if (!seen) return seen.error();
  const auto found = find_our_notes(seen->issue, action, format);
  if (found.size() == 1 && is_right(found.front(), action, format)) {
    return deliver(conversation, action.ticket, *seen);
  }
  if (found.empty()) return write_anew(conversation, action, found);
  const auto own = own_id(conversation);
  if (!own) return own.error();
  std::vector<Note> ours;
  std::vector<Note> theirs;
  for (const Note& note : found) (note.user == *own ? ours : theirs).push_back(note);
  const auto kept = reduce(conversation, action, ours);
  if (!kept) return kept.error();
  return kept->empty() ? write_anew(conversation, action, theirs)
                       : edit(conversation, action, kept->front());
}

}  // namespace saksbro::redmine
