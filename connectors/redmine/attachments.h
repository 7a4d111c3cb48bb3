// Files of an issue: read, fetched, and added with a note.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bridge/contract/ticket.h"
#include "connectors/redmine/notes.h"

namespace saksbro::redmine {

// Of an issue that was read with `include=journals,attachments`. Internal is a file that came with
// a private note.
[[nodiscard]] std::vector<Attachment> attachments_of(const Json& issue);

// The name that Redmine keeps of one that is sent.
[[nodiscard]] std::string stored_name(const RedmineSettings& settings, std::string_view name);

// Sends the bytes, one call a file. Brings the member `uploads` of the issue that a PUT changes;
// what no PUT names, Redmine deletes after a day.
[[nodiscard]] StepOr<Json> upload(Conversation& conversation,
                                  const std::vector<OutgoingFile>& files);

// How it ends when files that were sent with our note are not with it; nothing when all are.
[[nodiscard]] std::optional<Outcome> files_missing(const RedmineSettings& settings,
                                                   const Json& issue, const Note& note,
                                                   const AddComment& action);

// Files of an internal comment: Redmine shows a file to all who see the issue, the note private or
// not.
[[nodiscard]] Outcome no_internal_files(const AddComment& action);

}  // namespace saksbro::redmine
