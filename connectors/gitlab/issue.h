// An issue as GitLab tells it, with its notes and events; and what ends a command well.
#pragma once

#include <string>

#include "connectors/gitlab/conversation.h"

namespace saksbro::gitlab {

struct SeenIssue {
  Json snapshot;  // issue, notes, label_events, state_events, milestone_events
  Instant at{};

  [[nodiscard]] const Json& issue() const { return codec::at_path(snapshot, "issue"); }
};

[[nodiscard]] std::string issue_path(const GitlabSettings& settings, const RemoteKey& key);

// The issue alone: one call.
[[nodiscard]] StepOr<SeenIssue> need_bare_issue(Conversation& conversation, const RemoteKey& key);
// The lists that the snapshot of `seen` still lacks: four calls, and one for each further page.
[[nodiscard]] StepOr<SeenIssue> with_lists(Conversation& conversation, SeenIssue seen);
[[nodiscard]] StepOr<SeenIssue> need_issue(Conversation& conversation, const RemoteKey& key);

// Is it the JSON of that issue?
[[nodiscard]] bool is_issue(const Json& json, const RemoteKey& key);

// That GitLab shows the project to the same token: else the system waits. Behind a wrong address,
// or with a token that lost its rights, everything would seem to be gone.
[[nodiscard]] StepOr<bool> need_project(Conversation& conversation);

// Asks for the groups of its people, where the settings say so; then the end, Delivered.
[[nodiscard]] Step deliver(Conversation& conversation, const RemoteKey& key, const SeenIssue& seen);

}  // namespace saksbro::gitlab
