#include "connectors/redmine/issue.h"
#include "connectors/redmine/verbs.h"

namespace saksbro::redmine {
namespace {

struct Note {
  std::string journal;
  bool internal = false;
};

// The first note with the reference is ours; a later one may be somebody's quotation of it.
std::optional<Note> find_note(const Json& issue, const AddComment& action, TextFormat format) {
  for (const Json& journal : codec::at_path(issue, "journals")) {
    const std::string notes = unescaped(codec::text_or(journal, "notes", ""), format);
    if (notes.find(action.reference) == std::string::npos) continue;
    return Note{codec::text_or(journal, "id", ""), codec::flag_at(journal, "private_notes")};
  }
  return std::nullopt;
}

bool leaks(const Note& note, const AddComment& action) {
  return action.visibility == Visibility::internal && !note.internal;
}

std::string leaked(const AddComment& action, const Note& note, const std::string& then) {
  return "an internal note was PUBLIC in #" + action.ticket.text() + " (journal " + note.journal +
         "), and may have been mailed: Redmine ignores private_notes from a user without the "
         "permission \"Set notes as private\". " +
         then + " Give the role of the bridge's user that permission";
}

// Redmine lets such a user edit a note (if at all) but never make it private: so its text goes. A
// note that is emptied, and has no changes beside it, is deleted with its journal.
Step take_back(Talk& talk, const AddComment& action, const Note& note) {
  const auto put =
      talk.write("PUT", "/journals/" + note.journal + ".json", {{"journal", {{"notes", ""}}}});
  if (!put) return put.error();
  if (put->status / 100 == 2) {
    const auto after = need_issue(talk, action.ticket);
    if (!after) return after.error();
    const auto still = find_note(after->issue, action, talk.settings().text_format);
    if (!still || still->journal != note.journal) {
      return Outcome{Rejected{leaked(action, note, "The text has been taken out again.")}};
    }
  }
  return Outcome{Rejected{leaked(action, note,
                                 "It could not be taken out (that needs \"Edit own notes\"): a "
                                 "person must delete it now.")}};
}

Step settle(Talk& talk, const AddComment& action, const SeenIssue& seen, const Note& note) {
  if (leaks(note, action)) return take_back(talk, action, note);
  return deliver(talk, action.ticket, seen);
}

}  // namespace

Step add_comment(Talk& talk, const AddComment& action, int attempt) {
  const TextFormat format = talk.settings().text_format;
  if (attempt > 1) {
    const auto before = need_issue(talk, action.ticket);
    if (!before) return before.error();
    const auto note = find_note(before->issue, action, format);
    if (note) return settle(talk, action, *before, *note);
  }
  const Json issue = {{"notes", escaped(action.text, format)},
                      {"private_notes", action.visibility == Visibility::internal}};
  const auto put = talk.write("PUT", issue_path(action.ticket), {{"issue", issue}});
  if (!put) return put.error();
  if (put->status / 100 != 2) return Outcome{refusal(*put)};
  const auto after = need_issue(talk, action.ticket);
  if (!after) return after.error();
  if (const auto note = find_note(after->issue, action, format)) {
    return settle(talk, action, *after, *note);
  }
  return Outcome{Rejected{put->call + ": Redmine answered " + std::to_string(put->status) +
                          ", but the note is not there: may this user add notes (and view private "
                          "ones) in this project?"}};
}

}  // namespace saksbro::redmine
