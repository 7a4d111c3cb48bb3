// Comments on an issue: written, found again, and taken back when one is public that should not be.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "connectors/jira/issue.h"

namespace saksbro::jira {

struct Written {
  std::string id;
  std::string author;
  bool internal = false;  // not everybody who sees the issue sees it
  bool hidden = false;    // as internal as the settings want it
  std::string text;       // as its reader sees it
  Instant at{};
};

[[nodiscard]] std::vector<Written> comments_of(const JiraSettings& settings, const Json& comments);

// By its reference. The first comment with it is ours; a later one may be somebody's quotation.
[[nodiscard]] std::optional<Written> find_comment(const JiraSettings& settings,
                                                  const Json& comments,
                                                  const std::string& reference);

// A comment as a call of its own says it, and as a part of another call does.
[[nodiscard]] Json comment_json(const JiraSettings& settings, const std::string& text,
                                const std::string& reference, Visibility visibility);
// As above, of one that is there already: in a service desk it may have been internal.
[[nodiscard]] Json edited_comment_json(const JiraSettings& settings, const std::string& text,
                                       const std::string& reference, Visibility visibility);
// An internal comment of a service desk is a call of its own: one that lost its property on the way
// would be read by the customer.
[[nodiscard]] bool goes_with_others(const JiraSettings& settings, Visibility visibility);

// Why a comment of that kind is never written.
[[nodiscard]] std::optional<Phrase> cannot_comment(const JiraSettings& settings,
                                                   Visibility visibility);

// A refusal ends it. Whether the comment is there, and as internal as it should be, tells a look.
[[nodiscard]] StepOr<Reply> write_comment(Conversation& conversation, const AddComment& action);

[[nodiscard]] Outcome not_there(const Reply& written);

// An internal one that is not hidden from everybody, or could not be: the project is no service
// desk.
[[nodiscard]] bool leaks(const JiraSettings& settings, const SeenIssue& seen,
                         const Written& comment, Visibility wanted);
// Deletes a comment of `seen` that leaks, and ends the command with the refusal that says so.
[[nodiscard]] Step take_back(Conversation& conversation, const SeenIssue& seen,
                             const Written& comment);

}  // namespace saksbro::jira
