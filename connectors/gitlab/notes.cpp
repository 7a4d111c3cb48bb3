#include "connectors/gitlab/notes.h"

#include <algorithm>

#include "bridge/codec/url.h"
#include "connectors/gitlab/texts.h"

namespace saksbro::gitlab {
namespace {

Outcome leaked(const RemoteKey& ticket, const Note& note, Phrase then) {
  return Rejected{
      Phrase("an internal note was PUBLIC in #{ticket} (note {note}), and may have been mailed: "
             "GitLab drops \"internal\" from a user below Planner (before 17.7: Reporter), and "
             "before GitLab 15.5 from everybody. {then} Give the bridge's user that role",
             {{"ticket", ticket}, {"note", note.id}, {"then", std::move(then)}})};
}

}  // namespace

// "confidential" is its name before 15.5. Of two words the careful one counts.
bool is_internal(const Json& note) {
  return codec::flag_at(note, "internal") || codec::flag_at(note, "confidential");
}

std::vector<Note> notes_of(const Json& snapshot) {
  std::vector<Note> notes;
  for (const Json& note : codec::at_path(snapshot, "notes")) {
    if (codec::flag_at(note, "system")) continue;
    notes.push_back({codec::text_or(note, "id", ""), codec::text_or(note, "author.id", ""),
                     is_internal(note), plain_of(codec::text_or(note, "body", ""))});
  }
  return notes;
}

std::optional<Note> find_comment(const Json& snapshot, const std::string& reference) {
  const auto notes = notes_of(snapshot);
  const auto ours = std::find_if(notes.begin(), notes.end(), [&](const Note& note) {
    return note.text.find(reference) != std::string::npos;
  });
  return ours == notes.end() ? std::nullopt : std::optional(*ours);
}

std::string note_path(const GitlabSettings& settings, const RemoteKey& ticket,
                      const std::string& note) {
  return issue_path(settings, ticket) + "/notes/" + codec::percent_encode(note);
}

StepOr<Reply> write_note(Conversation& conversation, const RemoteKey& ticket,
                         const std::string& text, const std::string& reference,
                         Visibility visibility, const std::string& files) {
  auto posted = conversation.write("POST", issue_path(conversation.settings(), ticket) + "/notes",
                                   {{"body", written(text, reference) + files},
                                    {"internal", visibility == Visibility::internal}});
  if (posted && !is_success(*posted)) return ended(refusal(*posted));
  return posted;
}

Outcome not_there(const Reply& written) {
  return Rejected(
      Phrase("{call}: GitLab answered {status}, but the note is not there: may the "
             "bridge's user see internal notes in this project?",
             {{"call", written.call}, {"status", std::to_string(written.status)}}));
}

bool leaks(const Note& note, Visibility wanted) {
  return wanted == Visibility::internal && !note.internal;
}

// "internal" cannot be changed later: the note must go.
Step take_back(Conversation& conversation, const RemoteKey& ticket, const Note& note) {
  const std::string path = note_path(conversation.settings(), ticket, note.id);
  const auto deleted = conversation.write("DELETE", path, Json());
  if (!deleted) return deleted.error();
  const auto after = conversation.look(path, Conversation::Forbidden::is_told);
  if (!after) return after.error();
  if (after->status == 404)
    return leaked(ticket, note, Phrase("Saksbro has deleted it again.", {}));
  return leaked(ticket, note,
                Phrase("Saksbro could not delete it: a person must delete it now.", {}));
}

}  // namespace saksbro::gitlab
