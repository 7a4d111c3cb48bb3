#include "connectors/redmine/notes.h"

#include <algorithm>

namespace saksbro::redmine {

Phrase not_taken_out() {
  return {
      "Saksbro could not remove it (that needs \"Edit own notes\"): a person must delete it now.",
      {}};
}

std::vector<Note> notes_of(const Json& issue, TextFormat format) {
  std::vector<Note> notes;
  for (const Json& journal : codec::at_path(issue, "journals")) {
    std::string text = unescaped(codec::text_or(journal, "notes", ""), format);
    if (text.empty()) continue;
    notes.push_back({codec::text_or(journal, "id", ""), codec::text_or(journal, "user.id", ""),
                     codec::flag_at(journal, "private_notes"), std::move(text)});
  }
  return notes;
}

std::optional<Note> find_comment(const Json& issue, const std::string& reference,
                                 TextFormat format) {
  const auto notes = notes_of(issue, format);
  const auto ours = std::find_if(notes.begin(), notes.end(), [&](const Note& note) {
    return note.text.find(reference) != std::string::npos;
  });
  return ours == notes.end() ? std::nullopt : std::optional(*ours);
}

StepOr<Reply> write_note(Conversation& conversation, const RemoteKey& ticket,
                         const std::string& text, Visibility visibility, const Json& uploads) {
  Json issue = {{"notes", escaped(text, conversation.settings().text_format)},
                {"private_notes", visibility == Visibility::internal}};
  if (!uploads.empty()) issue["uploads"] = uploads;
  auto put = conversation.write("PUT", issue_path(ticket), {{"issue", std::move(issue)}});
  if (put && !is_success(*put)) return ended(refusal(*put));
  return put;
}

Outcome not_there(const Reply& written) {
  return Rejected(Phrase(
      "{told}, but the note is not there: may this user add notes (and view private ones) "
      "in this project?",
      {{"told", Phrase("{call}: Redmine answered {status}",
                       {{"call", written.call}, {"status", std::to_string(written.status)}})}}));
}

bool leaks(const Note& note, Visibility wanted) {
  return wanted == Visibility::internal && !note.internal;
}

Outcome leaked(const RemoteKey& ticket, const Note& note, Phrase then) {
  return Rejected{
      Phrase("an internal note was PUBLIC in #{ticket} (journal {journal}), and may have been "
             "mailed: Redmine ignores private_notes from a user without the permission \"Set notes "
             "as private\". {then} Give the role of the bridge's user that permission",
             {{"ticket", ticket}, {"journal", note.journal}, {"then", std::move(then)}})};
}

// Redmine lets such a user edit a note (if at all) but never make it private: so its text goes. A
// note that is emptied, and has no changes beside it, is deleted with its journal.
Step take_back(Conversation& conversation, const RemoteKey& ticket, const Note& note) {
  const auto put = conversation.write("PUT", "/journals/" + note.journal + ".json",
                                      {{"journal", {{"notes", ""}}}});
  if (!put) return put.error();
  if (is_success(*put)) {
    const auto after = need_issue(conversation, ticket);
    if (!after) return after.error();
    const auto left = notes_of(after->issue, conversation.settings().text_format);
    const bool still = std::any_of(left.begin(), left.end(), [&](const Note& one) {
      return one.journal == note.journal && one.text == note.text;
    });
    if (!still) return leaked(ticket, note, Phrase("Saksbro has removed the text again.", {}));
  }
  return leaked(ticket, note, not_taken_out());
}

}  // namespace saksbro::redmine
