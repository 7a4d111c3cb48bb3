// What an issue, the list of statuses and a snapshot look like in Redmine's JSON.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "connectors/redmine/conversation.h"

namespace saksbro::redmine {

struct Named {  // a status, a tracker, a priority
  std::string id;
  std::string name;
};
using Names = std::vector<Named>;

struct SeenIssue {
  Json issue;  // the object inside {"issue": ...}
  Instant at{};
};

// {"issue_statuses":[{id,name}...]}, {"trackers":[...]} and the like, from the member `list`.
[[nodiscard]] Names named_things(const Json& list);
[[nodiscard]] StepOr<Names> need_names(Conversation& conversation, const std::string& path,
                                       const std::string& member);
// Statuses by the names that the configuration has for their ids, where it has one.
[[nodiscard]] StepOr<Names> need_statuses(Conversation& conversation);
// It starts no case: `tracker` of the configuration is the one that does.
[[nodiscard]] bool is_of_another_tracker(const RedmineSettings& settings, const Json& issue);

[[nodiscard]] Names as_configured(const RedmineSettings& settings, Names statuses);
[[nodiscard]] std::string status_of(const RedmineSettings& settings, const Json& issue);
[[nodiscard]] const Named* find_named(const Names& things, std::string_view name);
[[nodiscard]] std::string names_of(const Names& things);  // "Ny, Under arbeid"

// The id of the tracker or the priority that people call so.
[[nodiscard]] StepOr<std::string> id_of(Conversation& conversation, const std::string& path,
                                        const std::string& member, const Sentence& unknown,
                                        const std::string& name);
inline constexpr const char* kPriority = "priority";  // Redmine's own attribute, as a field
[[nodiscard]] StepOr<std::string> priority_id(Conversation& conversation, const std::string& name);

inline constexpr const char* kWholeIssue = "journals,attachments";

// An issue with its journals and files, which the brought JSON really is.
[[nodiscard]] StepOr<SeenIssue> need_issue(Conversation& conversation, const RemoteKey& key,
                                           const std::string& include = kWholeIssue);

[[nodiscard]] std::string issue_path(const RemoteKey& key);  // "/issues/7.json"

// Asks for what the snapshot of `seen` needs besides (the statuses, unless they are known, and its
// people's roles, if wanted): then the end, Delivered.
[[nodiscard]] Step deliver(Conversation& conversation, const RemoteKey& key, const SeenIssue& seen);
[[nodiscard]] Step deliver(Conversation& conversation, const RemoteKey& key, const SeenIssue& seen,
                           const Names& statuses);

// A custom field's value as people see it, several joined by ", ".
[[nodiscard]] std::string value_of(const Json& custom_field);
// None: the issue lacks the field.
[[nodiscard]] std::optional<std::string> custom_value(const Json& issue, std::string_view id);
[[nodiscard]] bool takes_several(const Json& issue, std::string_view id);

}  // namespace saksbro::redmine
