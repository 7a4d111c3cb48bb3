// Files of an issue: read, and brought with a comment.
#pragma once

#include <string>
#include <vector>

#include "connectors/jira/comments.h"

namespace saksbro::jira {

// Jira tells of no file which comment brought it: the first comment that shows it did, else one of
// the same person and time that says its name. The customer of a service desk sees what a request
// began with and what public comments show. Elsewhere everybody sees all files, and those that only
// internal comments have are not meant for everybody.
[[nodiscard]] std::vector<Attachment> files_of(const JiraSettings& settings, const Json& snapshot);

// Why the files of a comment are never written.
[[nodiscard]] std::optional<Outcome> cannot_bring(const JiraSettings& settings,
                                                  const AddComment& action);

// Those that came with our comment are of its author, and no older than it.
[[nodiscard]] std::vector<OutgoingFile> files_missing(const SeenIssue& seen, const Written& comment,
                                                      const AddComment& action);
[[nodiscard]] Outcome files_not_there(const SeenIssue& seen,
                                      const std::vector<OutgoingFile>& missing);

// Puts them on the issue, one call a file.
[[nodiscard]] StepOr<bool> attach(Conversation& conversation, const RemoteKey& ticket,
                                  const std::vector<OutgoingFile>& files);

// The customer of a service desk sees files only of a comment that the service desk made of them.
[[nodiscard]] bool is_for_customer(const JiraSettings& settings, const AddComment& action);
[[nodiscard]] StepOr<Reply> write_for_customer(Conversation& conversation,
                                               const AddComment& action);

}  // namespace saksbro::jira
