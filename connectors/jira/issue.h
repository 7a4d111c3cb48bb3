// An issue as Jira tells it, with its comments and its change log; and what ends a command well.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "connectors/jira/conversation.h"

namespace saksbro::jira {

struct SeenIssue {
  Json snapshot;  // issue, comments, histories
  Instant at{};

  [[nodiscard]] const Json& issue() const { return codec::at_path(snapshot, "issue"); }
  [[nodiscard]] const Json& comments() const { return codec::at_path(snapshot, "comments"); }
};

[[nodiscard]] std::string issue_path(const RemoteKey& key);  // "/issue/10001"

// With all comments and the whole log: one call on Cloud, two on a service desk of Data Center, and
// one for each further page.
[[nodiscard]] StepOr<SeenIssue> need_issue(Conversation& conversation, const RemoteKey& key);
// The same, of an issue that has been answered.
[[nodiscard]] StepOr<SeenIssue> with_lists(Conversation& conversation, const RemoteKey& key,
                                           const Reply& reply);
[[nodiscard]] std::string look_path(const RemoteKey& key);

[[nodiscard]] bool is_issue(const Json& json, const RemoteKey& key);

// Its status by the name that the mapping has for it.
[[nodiscard]] std::string status_of(const JiraSettings& settings, const Json& status);

// Of another project, or of a type that starts no case. What is not told is not held against it.
[[nodiscard]] bool is_elsewhere(const JiraSettings& settings, const Json& issue);

// accountId on Cloud, the name on Data Center.
[[nodiscard]] std::string person_id(const Json& person);
[[nodiscard]] Person person_of(const Json& person);

// That Jira shows the project to the bridge's user: else the system waits. Without that right, or
// behind a wrong address, everything would seem to be gone.
[[nodiscard]] StepOr<bool> need_project(Conversation& conversation);

// Asks for the groups of its people, where the settings say so; then the end, Delivered.
[[nodiscard]] Step deliver(Conversation& conversation, const RemoteKey& key, const SeenIssue& seen);

}  // namespace saksbro::jira
