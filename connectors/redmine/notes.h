// Notes on an issue: written, found again, and taken back when one is public that should not be.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "connectors/redmine/issue.h"

namespace saksbro::redmine {

struct Note {
  std::string journal;
  std::string user;  // the id of its author
  bool internal = false;
  std::string text;  // as its reader sees it
};

[[nodiscard]] std::vector<Note> notes_of(const Json& issue, TextFormat format);  // oldest first

// Our comment, by its reference. The first note with it is ours; a later one may be somebody's
// quotation of it.
[[nodiscard]] std::optional<Note> find_comment(const Json& issue, const std::string& reference,
                                               TextFormat format);

// `uploads`: see attachments.h. A refusal ends it. Whether the note is there, and as private as it
// should be, tells another look.
[[nodiscard]] StepOr<Reply> write_note(Conversation& conversation, const RemoteKey& ticket,
                                       const std::string& text, Visibility visibility,
                                       const Json& uploads = {});

// How a note ends that was written and is not in the issue.
[[nodiscard]] Outcome not_there(const Reply& written);

[[nodiscard]] bool leaks(const Note& note, Visibility wanted);

// The refusal that says so, naming the permission. `then`: what became of it.
[[nodiscard]] Outcome leaked(const RemoteKey& ticket, const Note& note, Phrase then);
[[nodiscard]] Phrase not_taken_out();

// Takes the text of a note that leaks out again, and ends the command with that refusal.
[[nodiscard]] Step take_back(Conversation& conversation, const RemoteKey& ticket, const Note& note);

}  // namespace saksbro::redmine
