// Notes on an issue: written, found again, and deleted when one is public that should not be.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "connectors/gitlab/issue.h"

namespace saksbro::gitlab {

struct Note {
  std::string id;
  std::string author;  // the id of a person
  bool internal = false;
  std::string text;  // as its reader sees it
};

[[nodiscard]] bool is_internal(const Json& note);
[[nodiscard]] std::vector<Note> notes_of(const Json& snapshot);  // oldest first

// Our comment, by its reference. The first note with it is ours; a later one may be somebody's
// quotation of it.
[[nodiscard]] std::optional<Note> find_comment(const Json& snapshot, const std::string& reference);

// `files`: the lines that name them (upload).
[[nodiscard]] StepOr<Reply> write_note(Conversation& conversation, const RemoteKey& ticket,
                                       const std::string& text, const std::string& reference,
                                       Visibility visibility, const std::string& files = {});

[[nodiscard]] std::string note_path(const GitlabSettings& settings, const RemoteKey& ticket,
                                    const std::string& note);

// How a note ends that was written and is not in the issue.
[[nodiscard]] Outcome not_there(const Reply& written);

[[nodiscard]] bool leaks(const Note& note, Visibility wanted);

// Deletes a note that leaks, and ends the command with a refusal that says so.
[[nodiscard]] Step take_back(Conversation& conversation, const RemoteKey& ticket, const Note& note);

}  // namespace saksbro::gitlab
