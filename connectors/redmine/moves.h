// The way from an issue's status to another one, through the workflow of the bridge's user.
#pragma once

#include "connectors/redmine/issue.h"

namespace saksbro::redmine {

[[nodiscard]] Phrase not_known(const std::string& name, const Names& statuses);
[[nodiscard]] Phrase not_allowed(const std::string& from, const std::string& to,
                                 const Names& allowed);

// The status to set next; null: none that leads on is allowed. Asking first is the only way to hear
// a no: Redmine answers 204 to a forbidden move, and does nothing. A Redmine that does not tell
// what is allowed is tried, and read back.
[[nodiscard]] const Named* next_move(const RedmineSettings& settings, const SetStatus& action,
                                     const Json& issue, const Names& statuses,
                                     const Names& allowed);

}  // namespace saksbro::redmine
